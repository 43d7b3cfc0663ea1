"""A widget for every kind of question; each shows a value and tells when a person changed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from candor.forms.definition import Question
from candor.forms.kinds import Kind
from candor.ui.fields.base import Field, Spec
from candor.ui.fields.chosen import AcceptField, ChoiceField, ManyField, SignatureField, YesNoField
from candor.ui.fields.files import AttachmentField, FileList
from candor.ui.fields.table import RowsField, TableField, takes_rows_below
from candor.ui.fields.typed import LineField, LongField, TextBox

__all__ = [
    "AttachmentField",
    "Field",
    "FileList",
    "LongField",
    "RowsField",
    "TableField",
    "TextBox",
    "make_cell",
    "make_field",
    "make_rows",
    "takes_rows_below",
]


def make_cell(spec: Spec, language: str) -> Field:
    """The field of a table column shown in a small form."""
    if spec.kind in {Kind.CHOICE, Kind.YES_NO}:
        return ChoiceField(spec, language)
    return LineField(spec, language)


def make_rows(question: Question, language: str) -> RowsField:
    """The rows that stand below a question's buttons."""
    return RowsField(question, language, make_cell)


_FIELDS: Mapping[Kind, Callable[[Question, str], Field]] = {
    Kind.YES_NO: YesNoField,
    Kind.YES_NO_EXPLAIN: YesNoField,
    Kind.LONG_TEXT: LongField,
    Kind.CHOICE: ChoiceField,
    Kind.MULTI_CHOICE: ManyField,
    Kind.TABLE: lambda question, language: TableField(question, language, make_cell),
    Kind.ATTACHMENT: AttachmentField,
    Kind.ACKNOWLEDGEMENT: AcceptField,
    Kind.SIGNATURE: SignatureField,
}


def make_field(question: Question, language: str) -> Field:
    """The control of a question of any kind; a line to type in where nothing else is named."""
    return _FIELDS.get(question.kind, LineField)(question, language)
