"""JSON as records write and read it: RFC 8785 out, strict in.

One parser serves two readings. `decode` is for everything of ours: integers only.
`decode_json` also takes numbers with a fraction or exponent, for JSON made elsewhere.
Both refuse what readers disagree about: duplicate names, NaN and Infinity, integers beyond
2**53 - 1, halves of surrogate pairs, a byte order mark, trailing data, deep nesting.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any

import msgspec
import rfc8785

from candor.errors import CandorError

MIB = 1024 * 1024
MAX_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps exact (RFC 8785, appendix D)."""
MAX_DEPTH = 32
_MAX_DIGITS = len(str(MAX_INTEGER)) + 1
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_LAST_BEFORE_SURROGATES = "\ud7ff"
_ALWAYS_FINE = frozenset({str, bool, type(None)})
_quick = msgspec.json.Encoder(order="sorted")
_HINT = "Ask the sender to export it again."


class RecordRefused(CandorError):
    """Bytes that are not a record this program would have written."""

    def __init__(self, message: str, *, hint: str = _HINT) -> None:
        super().__init__(message, hint=hint)


def encode(value: Any) -> bytes:
    """``value`` as RFC 8785 bytes. Raises RecordRefused for floats and what JSON cannot hold."""
    return _written(value, floats=False)


def encode_pair(name: str, value: Any) -> bytes:
    """``[name, value]`` as `encode` writes it; quick for the texts that most values are."""
    if type(value) not in _ALWAYS_FINE:
        return encode([name, value])
    try:
        return _quick.encode((name, value))
    except UnicodeEncodeError:
        raise RecordRefused("This cannot be written as a record.") from None


def encode_json(value: Any) -> bytes:
    """``value`` as RFC 8785 bytes, finite floats included. Raises RecordRefused."""
    return _written(value, floats=True)


def decode(data: bytes, *, limit: int = MIB, depth: int = MAX_DEPTH) -> Any:
    """The value of strict JSON without fractions or exponents. Raises RecordRefused."""
    return _read(data, limit=limit, depth=depth, parse_float=_no_float)


def decode_json(data: bytes, *, limit: int = MIB, depth: int = MAX_DEPTH) -> Any:
    """The value of strict JSON, finite floats included. Raises RecordRefused."""
    return _read(data, limit=limit, depth=depth, parse_float=_finite)


def decode_canonical(data: bytes, *, limit: int = MIB, depth: int = MAX_DEPTH) -> Any:
    """Like `decode`, and only for the one RFC 8785 form of the value. Raises RecordRefused."""
    value = decode(data, limit=limit, depth=depth)
    if encode(value) != data:
        raise RecordRefused("This record is not written in the one permitted way.")
    return value


def _read(data: bytes, *, limit: int, depth: int, parse_float: Any) -> Any:
    if len(data) > limit:
        raise RecordRefused(f"This record is larger than {limit} bytes.")
    _check_depth(data, depth)
    try:
        text = data.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_without_duplicates,
            parse_float=parse_float,
            parse_int=_exact_integer,
            parse_constant=_no_constant,
        )
    except UnicodeDecodeError:
        raise RecordRefused("This record is not valid UTF-8.") from None
    except ValueError:  # JSONDecodeError, which names a position that means nothing to people
        raise RecordRefused("This record is not valid JSON.") from None
    if "\\u" in text:
        # UTF-8 itself cannot carry a lone surrogate; only an escape can smuggle one in.
        _check_pairs(value)
    return value


def _check_depth(data: bytes, depth: int) -> None:
    """Refuse deep nesting before the parser recurses into it."""
    if data.count(b"[") + data.count(b"{") <= depth:
        return
    level = 0
    for token in _TOKENS.finditer(data):
        first = token.group()[:1]
        level += (first in b"[{") - (first in b"]}")
        if level > depth:
            raise RecordRefused(f"This record is nested deeper than {depth} levels.")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RecordRefused("This record gives one name twice.")
    return found


def _exact_integer(text: str) -> int:
    # Length first: turning a million digits into a number takes for ever.
    if len(text) > _MAX_DIGITS or abs(int(text)) > MAX_INTEGER:
        raise RecordRefused("This record has a whole number too large to be exact.")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise RecordRefused("This record has a number that is too large.")
    return number


def _no_float(_text: str) -> float:
    raise RecordRefused("This record has a number that is not whole.")


def _no_constant(text: str) -> float:
    raise RecordRefused(f"This record has {text} where a number should stand.")


def _check_pairs(value: Any) -> None:
    match value:
        case str():
            _encodable(value)
        case list():
            for member in value:
                _check_pairs(member)
        case dict():
            for name, member in value.items():
                _encodable(name)
                _check_pairs(member)


def _encodable(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise RecordRefused("This record has half of a character.") from None


def _written(value: Any, *, floats: bool) -> bytes:
    plain = _check_writable(value, floats, 0)
    try:
        if plain:
            # This encoder agrees with RFC 8785 wherever _check_writable returned True:
            # code point order of names equals UTF-16 order, and there are no floats.
            return _quick.encode(value)
        return rfc8785.dumps(value)
    except (UnicodeEncodeError, rfc8785.CanonicalizationError):
        raise RecordRefused("This cannot be written as a record.") from None


def _check_writable(value: Any, floats: bool, level: int) -> bool:
    """Whether the fast encoder gives RFC 8785 bytes. Raises RecordRefused."""
    kind = type(value)
    if kind in _ALWAYS_FINE:
        return True
    if kind is int:
        if -MAX_INTEGER <= value <= MAX_INTEGER:
            return True
        raise RecordRefused("A whole number is too large for a record.")
    if level >= MAX_DEPTH:
        raise RecordRefused(f"A record cannot be nested deeper than {MAX_DEPTH} levels.")
    if kind is dict:
        return _check_names(value) & _check_members(value.values(), floats, level)
    if kind is list or kind is tuple:
        return _check_members(value, floats, level)
    if floats and kind is float and math.isfinite(value):
        return False
    raise RecordRefused(f"A record cannot hold {_kind_name(value)}.")


def _check_members(members: Iterable[Any], floats: bool, level: int) -> bool:
    # Most members are texts: asking here saves a call for each of them.
    deeper = [member for member in members if type(member) not in _ALWAYS_FINE]
    return False not in [_check_writable(member, floats, level + 1) for member in deeper]


def _check_names(value: dict[Any, Any]) -> bool:
    plain = True
    for name in value:
        if type(name) is not str:
            raise RecordRefused("A name in a record must be text.")
        plain &= name.isascii() or max(name) <= _LAST_BEFORE_SURROGATES
    return plain


def _kind_name(value: Any) -> str:
    return "a number that is not whole" if isinstance(value, float) else "this kind of value"
