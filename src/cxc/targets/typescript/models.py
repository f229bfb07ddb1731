"""The data that operations take and give: a module of interfaces and choices for each package of the design.

What a type is in TypeScript is left to `types`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cxc.model.base import Named, words
from cxc.model.data import Entity, EnumType, EnumValue, ValueType
from cxc.output.portable import same_file_key, unportable
from cxc.targets.escaping import plain_as_markdown, safe_markdown
from cxc.targets.jsonschema.types import Side
from cxc.targets.typescript import comments, layout
from cxc.targets.typescript.types import Lines, Property, Types, Uses


@dataclass(frozen=True)
class Model:
    """A declaration: an interface with members, or a choice whose lines list the values."""

    name: str
    doc: Lines
    members: list[Property]
    values: Lines


@dataclass(frozen=True)
class ModelModule:
    """The declarations of a package, and the lines of what they import."""

    file: str
    package: str
    sources: list[str]
    imports: Lines
    models: list[Model]


class Models:
    """The modules of one client; declarations are made as they turn out to be needed."""

    def __init__(self, types: Types) -> None:
        self.types = types
        self._made: dict[str, tuple[str, Model, Uses]] = {}
        self._packages = {one.package: None for one in (*types.blueprint.external, *types.blueprint.declarations)}
        self._files = Files(("index",))
        self._file_of = {package: self._files.take(package.replace(".", "-") or "main") for package in self._packages}

    def need(self, uses: Uses) -> None:
        """Make the declarations that a module refers to, and what these refer to."""
        waiting = dict(uses.models)
        while waiting:
            name, (id, side) = waiting.popitem()
            if name in self._made:
                continue
            inner = Uses()
            self._made[name] = id, self._model(name, self.types.blueprint[id], side, inner), inner
            waiting |= inner.models

    def file_of(self, id: str) -> str:
        """Return the name of the module that holds a declaration, without its ending."""
        return self._file_of[self.types.blueprint[id].package]

    def imported(self, uses: Uses, up: str, own: str | None = None) -> dict[str, list[str]]:
        """Return the types a module imports, by module: `up` leads to the folder of all, `own` is the module itself."""
        found: dict[str, list[str]] = defaultdict(list)
        folder = f"{up}models/" if own is None else "./"
        for name, (id, _) in uses.models.items():
            if (file := self.file_of(id)) != own:
                found[f"{folder}{file}.ts"].append(name)
        if uses.scalars:
            found[f"{up}scalars.ts"] += uses.scalars
        return found

    def modules(self) -> list[ModelModule]:
        """Return the modules, each with its declarations in the order of the source."""
        by_package: dict[str, list[tuple[str, Model, Uses]]] = defaultdict(list)
        for made in sorted(self._made.values(), key=lambda made: (self.types.rank(made[0]), made[1].name)):
            by_package[self.types.blueprint[made[0]].package].append(made)
        modules = []
        for package in self._packages:
            if not (made_here := by_package[package]):
                continue
            uses = Uses()
            for _, _, inner in made_here:
                uses.scalars |= inner.scalars
                uses.models |= inner.models
            file = self._file_of[package]
            imports = import_lines(self.imported(uses, "../", file))
            sources = dict.fromkeys(self.types.blueprint[id].span.file for id, _, _ in made_here)
            modules.append(ModelModule(file, package, list(sources), imports, [model for _, model, _ in made_here]))
        return modules

    def _model(self, name: str, declaration: Entity | ValueType | EnumType, side: Side, uses: Uses) -> Model:
        if isinstance(declaration, EnumType):
            listed = [f'"{value.name}"' for value in declaration.values]
            values = layout.items(f"export const {name} = ", listed, " as const;")
            return Model(name, _doc(declaration, _choices(declaration.values)), [], values)
        sent = "What is sent of it." if side is Side.IN else None
        return Model(name, _doc(declaration, sent), self.types.properties(declaration.fields, side, uses), [])


class Files:
    """The names of the files in a folder: each once for every file system, and none that Windows cannot have."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {same_file_key(name) for name in taken}

    def take(self, name: str) -> str:
        """Return the name of a file without its ending, with `_` behind it as often as it takes."""
        if unportable(f"{name}.ts"):
            name += "_"
        while same_file_key(name) in self._taken:
            name += "_"
        self._taken.add(same_file_key(name))
        return name


def import_lines(types: Mapping[str, Iterable[str]], values: Mapping[str, Iterable[str]] | None = None) -> Lines:
    """Return the lines that import names of types and of values, in the order of the modules."""
    wanted = [("import type", module, names) for module, names in types.items()]
    wanted += [("import", module, names) for module, names in (values or {}).items() if names]
    lines: Lines = []
    for word, module, names in sorted(wanted, key=lambda one: (one[1], one[0])):
        lines += layout.names_from(word, sorted(names), module)
    return lines


def heading(element: Named) -> list[str]:
    """Return what a declaration is, in paragraphs; a title that only repeats the name says nothing."""
    title = (element.title or "").strip()
    is_news = title and title.casefold() != words(element.name).casefold()
    return comments.described(f"{plain_as_markdown(title).rstrip('.')}." if is_news else None, element.doc)


def _doc(declaration: Named, more: str | None) -> Lines:
    paragraphs = [*heading(declaration), *([more] if more else [])]
    return comments.block(paragraphs, comments.deprecated(declaration.deprecated))


def _choices(values: Iterable[EnumValue]) -> str | None:
    """Return what is said of the values of a choice, as a list."""
    lines = []
    for value in values:
        said = [plain_as_markdown(value.title)] if value.title else []
        said += [safe_markdown(" ".join(value.doc.split()))] if value.doc else []
        said += [f"Deprecated: {plain_as_markdown(value.deprecated)}"] if value.deprecated else []
        if said:
            lines.append(f"- `{value.name}`: {' – '.join(said)}")
    return "\n".join(lines) or None
