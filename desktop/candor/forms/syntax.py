"""The closed expression language of forms: from text to a tree (see forms/README.md).

Nothing is executed here. A recursive-descent parser over eleven kinds of token; what it does
not know, it refuses with the column at which it stopped.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from candor.errors import CandorError
from candor.forms.tree import Call, Comparison, Junction, Literal, Name, Negation, Node, Sum, Words

LONGEST = 1000
"""Most characters of one expression."""
MOST_TOKENS = 250
"""Most tokens of one expression; with DEEPEST this bounds the tree that evaluation walks."""
DEEPEST = 24
"""Most brackets, ``not`` and calls inside one another: a form from outside cannot exhaust us."""


class ExpressionRefused(CandorError):
    """The text is not in the language; the message names the column."""


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d{1,15}(?:\.\d{1,6})?(?![\w.]))
      | (?P<text>'[^'\n]*'|"[^"\n]*")
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign>==|!=|<=|>=|[<>()\[\],.+\-])
    )""",
    re.VERBOSE | re.ASCII,
)
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}
_RESERVED = {"and", "or", "not", "in", *_TRUTH}
_COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}


def _tokens(source: str) -> list[_Token]:
    found: list[_Token] = []
    end, length = 0, len(source.rstrip())
    while end < length:
        match = _TOKEN.match(source, end)
        if match is None or match.lastgroup is None:
            column = end + 1 + len(source[end:]) - len(source[end:].lstrip())
            raise ExpressionRefused(f"column {column}: “{source[column - 1]}” is not understood")
        kind = match.lastgroup
        found.append(_Token(kind, match[kind], match.start(kind) + 1))
        end = match.end()
        if len(found) > MOST_TOKENS:
            raise ExpressionRefused(f"it has more than {MOST_TOKENS} words and signs")
    return [*found, _Token("end", "", len(source) + 1)]


class _Parser:
    def __init__(self, source: str) -> None:
        self._tokens = _tokens(source)
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._either()
        if self._next.kind != "end":
            raise self._unexpected()
        return node

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> str:
        token = self._next
        if token.text in texts and token.kind in {"word", "sign"}:
            self._at += 1
            return token.text
        return ""

    def _need(self, text: str) -> None:
        if not self._take(text):
            raise ExpressionRefused(f"column {self._next.column}: “{text}” is missing")

    def _unexpected(self) -> ExpressionRefused:
        token = self._next
        what = f"“{token.text}” is not expected here" if token.text else "it ends too early"
        return ExpressionRefused(f"column {token.column}: {what}")

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionRefused("too many brackets inside one another")

    def _either(self) -> Node:
        node = self._both()
        while self._take("or"):
            node = Junction(False, node, self._both())
        return node

    def _both(self) -> Node:
        node = self._negation()
        while self._take("and"):
            node = Junction(True, node, self._negation())
        return node

    def _negation(self) -> Node:
        if not self._take("not"):
            return self._comparison()
        self._deeper()
        node = Negation(self._negation())
        self._depth -= 1
        return node

    def _comparison(self) -> Node:
        left = self._sum()
        if self._take("not"):
            self._need("in")
            return Negation(Comparison("in", left, self._operand_of_in()))
        if self._take("in"):
            return Comparison("in", left, self._operand_of_in())
        operator = self._take(*_COMPARISONS)
        if not operator:
            return left
        node = Comparison(operator, left, self._sum())
        if self._next.text in _COMPARISONS:
            raise ExpressionRefused(f"column {self._next.column}: join two comparisons with “and”")
        return node

    def _operand_of_in(self) -> Node:
        if not self._take("["):
            return self._sum()
        items = [self._text()]
        while self._take(","):
            items.append(self._text())
        self._need("]")
        return Words(tuple(items))

    def _text(self) -> str:
        token = self._next
        if token.kind != "text":
            raise self._unexpected()
        self._at += 1
        return token.text[1:-1]

    def _sum(self) -> Node:
        node = self._part()
        while sign := self._take("+", "-"):
            node = Sum(1 if sign == "+" else -1, node, self._part())
        return node

    def _part(self) -> Node:
        token = self._next
        if token.kind == "number":
            self._at += 1
            return Literal(Fraction(token.text) if "." in token.text else int(token.text))
        if token.kind == "text":
            return Literal(self._text())
        if token.kind == "word":
            return self._word()
        if not self._take("("):
            raise self._unexpected()
        self._deeper()
        node = self._either()
        self._need(")")
        self._depth -= 1
        return node

    def _word(self) -> Node:
        word = self._next.text
        if word in _TRUTH:
            self._at += 1
            return Literal(_TRUTH[word])
        if word in _RESERVED:
            raise self._unexpected()
        self._at += 1
        if self._take("("):
            return self._call(word)
        if not self._take("."):
            return Name(word)
        token = self._next
        if token.kind != "word":
            raise self._unexpected()
        self._at += 1
        return Name(word, token.text)

    def _call(self, function: str) -> Node:
        self._deeper()
        arguments: list[Node] = []
        if not self._take(")"):
            arguments.append(self._either())
            while self._take(","):
                arguments.append(self._either())
            self._need(")")
        self._depth -= 1
        return Call(function, tuple(arguments))


@lru_cache(maxsize=4096)
def parse(source: str) -> Node:
    """The tree of an expression. Raises ExpressionRefused, whose message names the column."""
    if len(source) > LONGEST:
        raise ExpressionRefused(f"it is longer than {LONGEST} characters")
    return _Parser(source).whole()
