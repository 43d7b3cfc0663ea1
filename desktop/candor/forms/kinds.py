"""The closed set of question kinds and the shape that each one's value has in a record.

Shapes (JSON, no floats):

================  ===============================================================
kind              value
================  ===============================================================
yes_no_explain    ``true`` or ``false``; the explanation stands in ``Answer.explanation``,
                  with columns the rows in ``Answer.rows`` (a row as in ``table``)
yes_no            ``true`` or ``false``
short_text        a string without line breaks, at most 500 characters
long_text         a string, at most 20,000 characters
number            an integer, not negative; with ``decimals`` of the smallest unit
money             ``{"minor": int, "currency": "USD"}``, not negative
date              ``"2027-01-22"``
choice            the key of one choice
multi_choice      a list of keys, in the order of the form, without repeats
person            ``{"name": str, "id": str}``; ``id`` is empty for someone not in the directory
table             a list of rows; a row maps column id to a cell value of the column's kind,
                  a blank cell is left out; ``[]`` says that there is nothing to list
attachment        a list of ``{"name": str, "digest": str, "size": int, "media": str}``
acknowledgement   ``true``
signature         ``{"name": str}``: the full name that the signer typed
================  ===============================================================
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of answer a question takes."""

    YES_NO_EXPLAIN = "yes_no_explain"
    YES_NO = "yes_no"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    PERSON = "person"
    TABLE = "table"
    ATTACHMENT = "attachment"
    ACKNOWLEDGEMENT = "acknowledgement"
    SIGNATURE = "signature"


CELL_KINDS = frozenset(
    {
        Kind.YES_NO,
        Kind.SHORT_TEXT,
        Kind.NUMBER,
        Kind.MONEY,
        Kind.DATE,
        Kind.CHOICE,
        Kind.PERSON,
    }
)
"""Kinds that a table column may have."""

Value = bool | int | str | list[Any] | dict[str, Any]
"""Any answer's value: JSON without floats or null."""
