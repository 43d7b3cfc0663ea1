"""Comparing like with like: the comparisons of expressions, false wherever they cannot be made."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from candor.forms.values import Term, in_minor, is_number, read_date
from candor.money import Money

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(sign: str, left: Term, right: Term) -> bool:
    """Like with like; anything else, and anything missing, is false."""
    pair = _like(left, right)
    if pair is None:
        return False
    first, second = pair
    if sign in {"==", "!="}:
        return (first == second) is (sign == "==")
    if isinstance(first, bool | str):
        return False
    return _ORDER[sign](first, second)


def _like(left: Term, right: Term) -> tuple[Any, Any] | None:
    """The two as comparable values of one type, or None."""
    if isinstance(left, Money) or isinstance(right, Money):
        code = left.currency if isinstance(left, Money) else ""
        code = code or (right.currency if isinstance(right, Money) else "")
        first, second = in_minor(left, code), in_minor(right, code)
        return None if first is None or second is None else (first, second)
    if isinstance(left, date) or isinstance(right, date):
        days = [read_date(t) if isinstance(t, str) else t for t in (left, right)]
        return (days[0], days[1]) if all(isinstance(d, date) for d in days) else None
    if is_number(left) and is_number(right):
        return left, right
    for kind in (bool, str):
        if isinstance(left, kind) and isinstance(right, kind):
            return left, right
    return None


def within(left: Term, right: Term) -> bool:
    """Whether a text, or any of several, stands in a set; false for anything else."""
    if not isinstance(right, tuple):
        return False
    if isinstance(left, tuple):
        return any(item in right for item in left)
    return isinstance(left, str) and left in right
