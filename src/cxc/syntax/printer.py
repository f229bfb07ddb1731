"""Canonical form: the same statements, comments and documentation, laid out in the one way the language has.

Only what stands between tokens changes, so a file means the same before and after. How the text divides into statements
is read by `layout`; which texts are sound is said by `parser`.
"""

from __future__ import annotations

from cxc.diagnostics import Diagnostic
from cxc.source import SourceFile
from cxc.syntax.layout import Block, Entry, Group, Item, Piece, read
from cxc.syntax.parser import grammar_lexer, parse

WIDTH = 100
_STEP = 2
_NO_BLANK_BEFORE = frozenset({",", ")", "]", "?", ":", "..", "("})
_NO_BLANK_AFTER = frozenset({"(", "[", "@", ".."})


def format_source(source: SourceFile) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the canonical text of a file; with syntax errors none, but the errors."""
    diagnostics = parse(source).diagnostics
    return (None, diagnostics) if diagnostics else (format_text(source.text), ())


def format_text(text: str) -> str:
    """Return the canonical form of a text, which must be free of syntax errors."""
    entries = read(grammar_lexer(), text)
    _part_declarations(entries)
    lines: list[str] = []
    _write_entries(entries, 0, lines)
    return "\n".join(lines) + "\n" if lines else ""


def _part_declarations(entries: list[Entry]) -> None:
    """Put a blank line between two declarations where one has a block, before the comments that lead the second."""
    before: Entry | None = None
    between: list[Entry] = []
    for entry in entries:
        between.append(entry)
        if not entry.head:
            continue
        if before is not None and (before.block or entry.block):
            between[0].follows_blank_line |= not any(one.follows_blank_line for one in between)
        before, between = entry, []


# ---- statements ----------------------------------------------------------------------------------------------------


def _write_entries(entries: list[Entry], indent: int, lines: list[str]) -> None:
    margin = " " * indent
    for index, entry in enumerate(entries):
        if index and entry.follows_blank_line:
            lines.append("")
        lines += [margin + _line_of(piece) for piece in entry.prefix]
        if entry.head:
            _write_statement(entry, indent, lines)
        if entry.comment:
            lines[-1] += f" {_line_of(entry.comment)}"


def _write_statement(entry: Entry, indent: int, lines: list[str]) -> None:
    block = entry.block
    margin = " " * indent
    if block is None:
        lines.append(margin + _head(entry.head, indent, 0))
        return
    whole = _flat_statement(entry)
    if whole is not None and _fits(whole, indent):
        lines.append(margin + whole)
        return
    head = _head(entry.head, indent, len(" {"))
    inside = _flat_block(block)
    # A head of several lines may still end with a short block.
    if inside == "{}" or (inside and "\n" in head and _fits(inside, _column(head, indent) + 1)):
        lines.append(f"{margin}{head} {inside}")
        return
    lines.append(f"{margin}{head} {{")
    if block.comment:
        lines[-1] += f" {_line_of(block.comment)}"
    _write_entries(block.entries, indent + _STEP, lines)
    lines.append(margin + "}")


def _line_of(piece: Piece) -> str:
    """Return a comment, or a line of documentation, without blanks at its end."""
    text = piece.text.rstrip()
    if piece.type == "DOC" and len(text) > 3 and text[3] != " ":
        return f"/// {text[3:]}"
    return text


def _flat_statement(entry: Entry) -> str | None:
    """Return a statement on one line, without its documentation; None where it cannot stand on one."""
    head = _flat_items(entry.head)
    if head is None or entry.block is None:
        return head
    block = _flat_block(entry.block)
    return None if block is None else f"{head} {block}"


def _flat_block(block: Block) -> str | None:
    """Return a block on one line, where it stood on one or is empty."""
    if not block.entries and block.comment is None:
        return "{}"
    if not block.is_one_line:
        return None
    statements = [_flat_statement(entry) for entry in block.entries]
    return f"{{ {'; '.join(one for one in statements if one is not None)} }}"


# ---- heads ---------------------------------------------------------------------------------------------------------


def _head(items: list[Item], indent: int, tail: int) -> str:
    """Return what stands before a block; `tail` is the width of what follows on its last line."""
    flat = _flat_items(items)
    if flat is not None and _fits(flat, indent, tail):
        return flat
    written = ""
    margin = base = indent
    column = indent
    for index, item in enumerate(items):
        is_last = index == len(items) - 1
        behind = tail if is_last else 1
        if index:
            flat = _flat_item(item)
            breaks = bool(items[index - 1].after or item.leading)
            if breaks or (flat is not None and not _fits(flat, column + 1, behind)):
                base = margin + _STEP
                written += "".join(f"\n{' ' * base}{_line_of(piece)}" for piece in item.leading)
                written += "\n" + " " * base
            else:
                written += " "
            column = _column(written, indent)
        written += _item(item, base, column, behind)
        written += "" if is_last else ","
        written += _comments_after(item, margin + _STEP)
        column = _column(written, indent)
    return written


def _comments_after(item: Item, indent: int) -> str:
    """Return the comments of an item as they stand behind it, the first on its line where it stood on one."""
    line = "\n" + " " * indent
    return "".join((line if index or piece.breaks else " ") + _line_of(piece) for index, piece in enumerate(item.after))


def _item(item: Item, indent: int, column: int, tail: int) -> str:
    """Return an item, with as many of its groups broken, the widest first, as it needs to fit."""
    broken: set[int] = set()
    candidates: list[tuple[int, int]] = []
    for index, atom in enumerate(item.atoms):
        if isinstance(atom, Group):
            flat = _flat_group(atom)
            if flat is None:
                broken.add(index)
            elif _is_breakable(atom):
                candidates.append((len(flat), -index))
    candidates.sort()
    while True:
        written = _atoms(item.atoms, broken, indent)
        if not candidates or _fits(written, column, tail):
            return written
        broken.add(-candidates.pop()[1])


def _atoms(atoms: list[Piece | Group], broken: set[int], indent: int) -> str:
    written = ""
    for index, atom in enumerate(atoms):
        if index and _is_blank_between(atoms[index - 1], atom):
            written += " "
        if isinstance(atom, Piece):
            written += atom.text
        elif index in broken:
            written += _broken_group(atom, indent)
        else:
            written += _flat_group(atom) or ""
    return written


def _broken_group(group: Group, indent: int) -> str:
    """Return a group with one item a line; one that holds a single item breaks inside that item."""
    if len(group.items) == 1 and not group.comment and not group.items[0].leading and not group.items[0].after:
        return group.opening + _item(group.items[0], indent, WIDTH, 0) + group.closing
    inner = indent + _STEP
    line = "\n" + " " * inner
    written = group.opening + (f" {_line_of(group.comment)}" if group.comment else "")
    for index, item in enumerate(group.items):
        written += "".join(line + _line_of(piece) for piece in item.leading)
        is_last = index == len(group.items) - 1
        if item.atoms:
            written += line + _item(item, inner, inner, 0 if is_last else 1)
        written += ("" if is_last else ",") + _comments_after(item, inner)
    return f"{written}\n{' ' * indent}{group.closing}"


def _flat_items(items: list[Item]) -> str | None:
    """Return what commas divide on one line; None where a comment or documentation stands inside."""
    written: list[str] = []
    for item in items:
        flat = _flat_item(item)
        if flat is None:
            return None
        written.append(flat)
    return ", ".join(written)


def _flat_item(item: Item) -> str | None:
    if item.leading or item.after:
        return None
    written = ""
    for index, atom in enumerate(item.atoms):
        text = atom.text if isinstance(atom, Piece) else _flat_group(atom)
        if text is None:
            return None
        written += f" {text}" if index and _is_blank_between(item.atoms[index - 1], atom) else text
    return written


def _flat_group(group: Group) -> str | None:
    items = _flat_items(group.items)
    return None if items is None or group.comment else f"{group.opening}{items}{group.closing}"


def _is_breakable(group: Group) -> bool:
    """Whether a comma stands in it, where a line may end."""
    return len(group.items) > 1 or any(
        isinstance(atom, Group) and _is_breakable(atom) for item in group.items for atom in item.atoms
    )


def _is_blank_between(left: Piece | Group, right: Piece | Group) -> bool:
    if isinstance(left, Piece) and (left.text in _NO_BLANK_AFTER or (left.is_tight and left.text == "<")):
        return False
    if isinstance(right, Group):
        return right.opening != "("
    return right.text not in _NO_BLANK_BEFORE and not right.is_tight


def _fits(text: str, column: int, tail: int = 0) -> bool:
    """Whether a text that begins at `column` keeps its first and last line, with `tail` behind it, in the width."""
    if "\n" not in text:
        return column + len(text) + tail <= WIDTH
    return column + text.index("\n") <= WIDTH and len(text) - text.rfind("\n") - 1 + tail <= WIDTH


def _column(text: str, start: int) -> int:
    return len(text) - text.rfind("\n") - 1 if "\n" in text else start + len(text)
