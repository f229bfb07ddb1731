"""What a name in use refers to: members in scope, the package, imports; and what is wrong where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cxc.bind.plan import Kinds, member_kinds
from cxc.bind.symbols import FileNames, Imported, Symbol, SymbolTable
from cxc.diagnostics import Diagnostic, Edit, Related, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.rules.names import ambiguous_name, unknown_reference, wrong_kind_of_reference
from cxc.source import Span

_ARTICLE_VOWELS = "aeiou"


class Resolved(NamedTuple):
    """The symbol a name refers to, or the problem with it; neither, where the reason was reported elsewhere."""

    symbol: Symbol | None
    problem: Diagnostic | None = None
    suggestion: str | None = None


def with_article(word: str) -> str:
    """Return a word of the language with its article: `a team`, `an entity`."""
    return f"{'an' if word[0] in _ARTICLE_VOWELS else 'a'} {word}"


def one_of(words: tuple[str, ...]) -> str:
    """Return several words as alternatives: `a team or a partner`."""
    named = list(dict.fromkeys(with_article(word) for word in words))
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


class FileScope:
    """Resolves the names that one file uses, and remembers which imports it needed."""

    def __init__(self, table: SymbolTable, names: FileNames) -> None:
        self.table = table
        self.names = names
        self.own = table.packages[names.package]
        self.used_imports: set[Imported] = set()
        self._reported_ambiguous: set[str] = set()
        self._named: dict[str, list[Imported]] = {}
        self._prefixes: dict[str, list[Imported]] = {}
        self._broken: list[Imported] = []
        for imported in names.imports:
            package = table.packages.get(imported.package)
            if package is None or (imported.name is not None and imported.name not in package):
                self._broken.append(imported)
            if package is None:
                continue
            if imported.name is not None:
                self._named.setdefault(imported.name, []).append(imported)
            else:
                for prefix in {imported.package, imported.package.rpartition(".")[2]}:
                    self._prefixes.setdefault(prefix, []).append(imported)

    # ---- looking up -------------------------------------------------------------------------------------------------

    def resolve(self, text: str, span: Span, kinds: Kinds, inside: tuple[Symbol, ...]) -> Resolved:
        """Return what `text` refers to among `kinds`, seen from inside the given symbols (outermost first)."""
        found = list(self._candidates(text, inside))
        right = [symbol for symbol in found if symbol.kind in kinds.kinds]
        if right:
            first = right[0]
            rivals = {symbol.qualified_name: symbol for symbol in right}
            if len(rivals) > 1 and not self._is_nearer(text, inside, first):
                return Resolved(first, self._ambiguous(text, span, list(rivals.values())))
            return Resolved(first)
        others = [symbol for symbol in found if symbol not in inside]
        if self.table.excuses(text) or self._import_is_broken(text):
            return Resolved(None)
        if others:
            return Resolved(None, self._wrong_kind(text, span, kinds, others[0]))
        is_member = "." not in text and not member_kinds().isdisjoint(kinds.kinds)
        if is_member and self._scope_is_doubtful(text, inside):
            return Resolved(None)
        return self._unknown(text, span, kinds, inside)

    def declares(self, name: str) -> bool:
        """Whether a name without a dot is declared in the package, or imported."""
        return any(True for _ in self._declared(name))

    def _is_nearer(self, text: str, inside: tuple[Symbol, ...], symbol: Symbol) -> bool:
        """Whether a symbol was found in a scope around the name, so that it hides those of the package and imports."""
        return any(symbol is member for member in self._in_scopes(text, inside))

    def _candidates(self, text: str, inside: tuple[Symbol, ...]) -> Iterator[Symbol]:
        head, dot, rest = text.partition(".")
        if not dot:
            yield from self._in_scopes(text, inside)
            yield from self._declared(text)
            return
        for declared in self._declared(head):
            yield from _member(declared, rest)
        yield from self._prefixed(text)

    def _in_scopes(self, name: str, inside: tuple[Symbol, ...]) -> Iterator[Symbol]:
        for scope in reversed(inside):
            if name in scope.members:
                yield scope.members[name]
            for opened in self._opened(scope):
                if name in opened.members:
                    yield opened.members[name]
                for further in self._opened(opened):
                    if name in further.members:
                        yield further.members[name]

    def _opened(self, symbol: Symbol) -> Iterator[Symbol]:
        """Yield what an element's `Place.SCOPE` properties refer to, as its own file sees them."""
        if not symbol.opens or symbol.file is None:
            return
        scope = self if symbol.file is self.names else scope_of(self.table, symbol.file)
        holder = self._holder(symbol)
        inside = (holder,) if holder else ()
        for name, kinds in symbol.opens.items():
            named = scope._declared_or_member(name, inside)
            found = next((one for one in named if one.kind in kinds and one.id != symbol.id), None)
            if found is not None:
                yield found

    def _declared_or_member(self, name: str, inside: tuple[Symbol, ...]) -> Iterator[Symbol]:
        if "." in name:
            yield from self._candidates(name, ())
            return
        for scope in inside:
            if name in scope.members:
                yield scope.members[name]
            for opened in self._opened(scope):
                if name in opened.members:
                    yield opened.members[name]
        yield from self._declared(name)

    def _holder(self, symbol: Symbol) -> Symbol | None:
        """Return the declaration a member belongs to."""
        package, _, holder = symbol.holder_name.rpartition(".")
        named = self.table.named(package, holder)
        return next((found for found in named if found.members.get(symbol.name) is symbol), None)

    def _declared(self, name: str) -> Iterator[Symbol]:
        yield from self.table.named(self.names.package, name)
        for imported in self._named.get(name, ()):
            for symbol in self.table.named(imported.package, name):
                self.used_imports.add(imported)
                yield symbol

    def _prefixed(self, text: str) -> Iterator[Symbol]:
        prefix = text
        while "." in prefix:
            prefix = prefix.rpartition(".")[0]
            for imported in self._prefixes.get(prefix, ()):
                name, _, rest = text[len(prefix) + 1 :].partition(".")
                self.used_imports.add(imported)
                for symbol in self.table.named(imported.package, name):
                    yield from _member(symbol, rest)

    def _import_is_broken(self, text: str) -> bool:
        """Whether a name may come from an import that was lost or leads nowhere, which is reported there."""
        head = text.partition(".")[0]
        if head in self.own:
            return False
        if self.names.has_lost_import or any(imported.name is None for imported in self._broken):
            parts = text.split(".")
            if any(part in package for package in self.table.packages.values() for part in parts):
                return True
        for imported in self._broken:
            if imported.name is None:
                prefixes = (imported.package, imported.package.rpartition(".")[2])
                if any(text.startswith(f"{prefix}.") for prefix in prefixes):
                    return True
            elif head == imported.name or head in self.table.packages.get(imported.package, ()):
                return True
        return False

    def _scope_is_doubtful(self, text: str, inside: tuple[Symbol, ...]) -> bool:
        """Whether what lends its names to the scope around a name could not be found, which is reported there."""
        for scope in inside:
            if text in scope.opens:
                continue
            opened = list(self._opened(scope))
            if scope.is_doubtful or scope.is_partial or len(opened) < len(scope.opens):
                return True
            for further in opened:
                if further.is_doubtful or further.is_partial:
                    return True
                if further.file is not None and len(list(self._opened(further))) < len(further.opens):
                    return True
        return False

    # ---- what is wrong ----------------------------------------------------------------------------------------------

    def _ambiguous(self, text: str, span: Span, rivals: list[Symbol]) -> Diagnostic | None:
        head = text.partition(".")[0]
        if head in self._reported_ambiguous:
            return None
        self._reported_ambiguous.add(head)
        packages = [symbol.holder_name for symbol in rivals]
        imports = [
            Related(imported.span, f"imported from `{imported.package}` here")
            for imported in self.names.imports
            if imported.package in packages and imported.name in (None, text)
        ]
        places = [Related(symbol.span, f"`{symbol.name}` is declared here") for symbol in rivals if symbol.span.line]
        return finding(
            ambiguous_name.KIND,
            f"`{text}` may mean {' or '.join(f'`{symbol.qualified_name}`' for symbol in rivals)}",
            span,
            related=imports or places,
            help="Import the package and write its name before the dot, or remove one of the imports.",
        )

    def _wrong_kind(self, text: str, span: Span, kinds: Kinds, found: Symbol) -> Diagnostic:
        return finding(
            wrong_kind_of_reference.KIND,
            f"`{text}` is {with_article(found.word)}, but {one_of(kinds.words)} is expected here",
            span,
            related=[Related(found.span, f"`{found.name}` is declared here")] if found.file else (),
            help=f"Write the name of {one_of(kinds.words)}.",
        )

    def _unknown(self, text: str, span: Span, kinds: Kinds, inside: tuple[Symbol, ...]) -> Resolved:
        head, _, rest = text.rpartition(".")
        holder = next(iter(self._candidates(head, ())), None) if head else None
        if holder is not None and holder.members:
            return self._unknown_member(holder, rest, span, text, kinds)
        wanted = one_of(kinds.words)
        elsewhere = self._elsewhere(text, kinds)
        suggestion = did_you_mean(text, self._visible(kinds, inside))
        message = f"There is no {_listed(kinds.words)} named `{text}`"
        if elsewhere is not None and (suggestion is None or text.rpartition(".")[2] == elsewhere.name):
            package = elsewhere.holder_name
            advice = (
                f"`{elsewhere.name}` is declared in another package: write `from {package} import {elsewhere.name}`"
            )
            return Resolved(None, _unknown(message, span, advice + " at the top of the file.", None), elsewhere.name)
        if suggestion is not None:
            return Resolved(
                None,
                _unknown(message, span, f"Did you mean `{suggestion}`?", suggestion),
                suggestion,
            )
        return Resolved(None, _unknown(message, span, f"Declare it, or write the name of {wanted}.", None))

    def _unknown_member(self, holder: Symbol, name: str, span: Span, text: str, kinds: Kinds) -> Resolved:
        allowed = [member.name for member in holder.members.values() if member.kind in kinds.kinds]
        suggestion = did_you_mean(name, allowed)
        within = tuple(word for kind, word in zip(kinds.kinds, kinds.words, strict=True) if kind in member_kinds())
        message = f"The {holder.word} `{holder.name}` has no {_listed(within or kinds.words)} named `{name}`"
        if suggestion is None and holder.is_partial:
            return Resolved(None)
        if suggestion is None:
            some = ", ".join(f"`{member}`" for member in allowed[:8])
            advice = f"It has {some}{', …' if len(allowed) > 8 else ''}." if some else None
            return Resolved(None, _unknown(message, span, advice, None))
        whole = text[: len(text) - len(name)] + suggestion
        return Resolved(None, _unknown(message, span, f"Did you mean `{whole}`?", whole), suggestion)

    def _elsewhere(self, text: str, kinds: Kinds) -> Symbol | None:
        """Return a declaration of that name in a package that the file does not import it from."""
        name = text.rpartition(".")[2]
        for package in sorted(self.table.packages):
            symbol = self.table.packages[package].get(name)
            if symbol is not None and symbol.kind in kinds.kinds and package != self.names.package:
                return symbol
        return None

    def _visible(self, kinds: Kinds, inside: tuple[Symbol, ...]) -> Iterator[str]:
        """Yield the names that could have been written here."""
        for scope in inside:
            for opened in (scope, *self._opened(scope)):
                yield from (m.name for m in opened.members.values() if m.kind in kinds.kinds)
                for further in self._opened(opened):
                    yield from (m.name for m in further.members.values() if m.kind in kinds.kinds)
        visible = [("", symbol) for symbol in self.own.values()]
        for name, imports in self._named.items():
            for imported in imports:
                symbol = self.table.packages[imported.package].get(name)
                if symbol is not None:
                    visible.append(("", symbol))
        for prefix, imports in self._prefixes.items():
            for imported in imports:
                visible += [(f"{prefix}.", symbol) for symbol in self.table.packages[imported.package].values()]
        for prefix, symbol in visible:
            if symbol.kind in kinds.kinds:
                yield prefix + symbol.name
            for member in symbol.members.values():
                if member.kind in kinds.kinds:
                    yield f"{prefix}{symbol.name}.{member.name}"


def scope_of(table: SymbolTable, names: FileNames) -> FileScope:
    """Return the scope of a file, made once."""
    scope = table.scopes.get(id(names))
    if scope is None:
        scope = table.scopes[id(names)] = FileScope(table, names)
    assert isinstance(scope, FileScope)
    return scope


def _listed(words: tuple[str, ...]) -> str:
    """Return several words as alternatives without articles: `type, entity or enum`."""
    *others, last = dict.fromkeys(words)
    return f"{', '.join(others)} or {last}" if others else last


def _member(symbol: Symbol, path: str) -> Iterator[Symbol]:
    """Yield the member of a symbol at the end of a dotted path; the symbol itself where the path is empty."""
    found: Symbol | None = symbol
    for part in path.split(".") if path else ():
        found = found.members.get(part) if found else None
    if found is not None:
        yield found


def _unknown(message: str, span: Span, advice: str | None, replacement: str | None) -> Diagnostic:
    fix = (Edit(span, replacement),) if replacement else ()
    return finding(unknown_reference.KIND, message, span, help=advice, fix=fix)
