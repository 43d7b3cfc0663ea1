"""The tree that an expression is read into; `syntax` builds it, `expression` walks it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Literal:
    """A number, a text, yes or no."""

    value: bool | int | Fraction | str


@dataclass(frozen=True)
class Words:
    """A list of texts, right of ``in``."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Name:
    """``answer``, ``setting.rpt_threshold``, ``row.amount``: one or two words."""

    base: str
    member: str = ""


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Negation:
    """``not x``."""

    inner: Node


@dataclass(frozen=True)
class Junction:
    """``x and y`` or ``x or y``."""

    every: bool
    left: Node
    right: Node


@dataclass(frozen=True)
class Comparison:
    """``left <operator> right``; operators == != < <= > >= in."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Sum:
    """``left + right`` or, with sign -1, ``left - right``."""

    sign: int
    left: Node
    right: Node


Node = Literal | Words | Name | Call | Negation | Junction | Comparison | Sum
