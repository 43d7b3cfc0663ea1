"""Which types agree in a comparison, and why others do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from candor.forms import tree
from candor.forms.values import Type


def literal_type(value: object) -> Type:
    """The type of a literal, or of a setting's declared value."""
    if isinstance(value, bool):
        return Type.YES_NO
    return Type.TEXT if isinstance(value, str) else Type.NUMBER


def texts(node: tree.Node) -> Iterator[str]:
    """The texts that a literal or a list holds; none for anything else."""
    if isinstance(node, tree.Words):
        yield from node.items
    elif isinstance(node, tree.Literal) and isinstance(node.value, str):
        yield node.value


def _is_day(node: tree.Node) -> bool:
    try:
        return any(bool(date.fromisoformat(text)) and len(text) == 10 for text in texts(node))
    except ValueError:
        return False


def unlike(sign: str, first: Type, second: Type, nodes: tuple[tree.Node, tree.Node]) -> str:
    """Why two types cannot be compared so, or an empty text."""
    if sign == "in":
        fine = second is Type.SET and first in {Type.TEXT, Type.SET}
        return "" if fine else "right of “in” stands a list or a set, left of it text or a set"
    if Type.SET in {first, second}:
        return "a set is tested with “in”, as in 'director' in role"
    if {first, second} == {Type.DATE, Type.TEXT}:
        text = nodes[0] if first is Type.TEXT else nodes[1]
        return "" if _is_day(text) else "a date is compared with a date such as '2026-01-01'"
    if first is not second and {first, second} != {Type.NUMBER, Type.MONEY}:
        return f"{first.value} cannot be compared with {second.value}"
    if sign not in {"==", "!="} and first in {Type.TEXT, Type.YES_NO}:
        return f"{first.value} has no order; use == or !="
    return ""
