"""The catalogue of what people write instead of the language, each with what to say of it and how it was meant.

A mistake is one function: it looks at a statement that the parser refused, and returns None where it does not apply.
They are asked in the order below, the particular before the general, and the first answer counts. Reporting and mending
are left to `cxc.syntax.recovery`.
"""

from __future__ import annotations

from collections.abc import Callable

from cxc.syntax.mistakes import brackets, characters, separators, shapes, values
from cxc.syntax.mistakes.scene import Mistake, Scene

_CATALOGUE: tuple[Callable[[Scene], Mistake | None], ...] = (
    shapes.block_of_nothing,
    shapes.block_of_field,
    shapes.misplaced_documentation,
    characters.path,
    characters.hyphen_in_name,
    characters.arrow,
    characters.loose_percent,
    values.wrong_dots,
    values.range_with_dash,
    characters.malformed_number,
    characters.foreign_letters,
    characters.loose_dot,
    characters.bullet,
    characters.joining_sign,
    characters.meaningless,
    values.wrong_arrow_or_comparison,
    shapes.annotation_before_type,
    shapes.value_with_equals,
    shapes.value_with_colon,
    shapes.missing_colon,
    shapes.annotation_without_parentheses,
    shapes.result_without_arrow,
    shapes.word_after_type,
    shapes.missing_operation_name,
    separators.doubled_sign,
    separators.empty_place,
    separators.several_targets,
    separators.comma_between_statements,
    separators.comma_at_line_end,
    brackets.empty_parentheses,
    separators.trailing_comma,
    brackets.missing_comma,
    brackets.missing_opening,
    brackets.wrong_closing,
    brackets.unclosed_bracket,
    values.duration_with_blank,
    values.missing_number,
    separators.missing_comma_between_values,
    separators.statements_on_one_line,
    values.name_behind_title,
    values.unquoted_text,
    values.word_without_value,
    shapes.wrong_beginning,
    values.missing_after,
    values.misplaced,
)


def recognise(scene: Scene) -> Mistake:
    """Return what is wrong with a statement that the parser refused."""
    found = (recogniser(scene) for recogniser in _CATALOGUE)
    return next(mistake for mistake in found if mistake is not None)
