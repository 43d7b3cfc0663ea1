"""The line index: where each key of a TOML file stands."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.toml_lines import LineIndex, Path

TRICKY = '''# [not.a.table]
title = "a # b [c]"        # comment
[one."two three"]
text = """
[[not]]
key = "no"
""" # after
literal = \'\'\'
x = [1
\'\'\'
list = [
  1, # one
  { a = "}", b.c = [ "]", "," ] },
  [ 2,
    3 ],
]
[[many]]
id = 1
[[many]]
id = 2
[[many.inner]]
id = 3
[many.side]
"quoted key" = 1979-05-27T07:32:00Z
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("one",), 3),
        (("one", "two three"), 3),
        (("one", "two three", "text"), 4),
        (("one", "two three", "literal"), 8),
        (("one", "two three", "list"), 11),
        (("one", "two three", "list", 0), 12),
        (("one", "two three", "list", 1, "a"), 13),
        (("one", "two three", "list", 1, "b", "c", 1), 13),
        (("one", "two three", "list", 2, 1), 15),
        (("many", 0, "id"), 18),
        (("many", 1), 19),
        (("many", 1, "id"), 20),
        (("many", 1, "inner", 0, "id"), 22),
        (("many", 1, "side"), 23),
        (("many", 1, "side", "quoted key"), 24),
        (("many", 1, "missing"), 19),
        (("nowhere", "at", "all"), 1),
    ],
)
def test_line_of_key_is_found(path: Path, line: int) -> None:
    tomllib.loads(TRICKY)
    assert LineIndex(TRICKY).line(path) == line


_WORD = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
_SCALAR = st.one_of(
    st.integers(-9, 999).map(str),
    st.sampled_from(["true", '"a]b"', "'}#'", '"""\nx = 1\n[y]\n"""', "'''\n,\n'''", '"\\""']),
)
_VALUE = st.recursive(
    _SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[ # c\n" + ",\n".join(items) + "\n]"),
        st.lists(_SCALAR.filter(lambda s: "\n" not in s), max_size=2).map(
            lambda items: "{ " + ", ".join(f"k{n} = {v}" for n, v in enumerate(items)) + " }"
        ),
    ),
    max_leaves=6,
)


@given(st.dictionaries(_WORD, st.dictionaries(_WORD, _VALUE, max_size=4), max_size=4))
def test_every_key_of_generated_files_is_found_on_its_line(tables: dict[str, Any]) -> None:
    lines: list[str] = []
    expected: dict[Path, int] = {}
    for table, pairs in tables.items():
        lines.append(f"[{table}]")
        expected[(table,)] = len(lines)
        for key, value in pairs.items():
            expected[(table, key)] = len(lines) + 1
            lines += f"{key} = {value}".split("\n")
    text = "\n".join(lines)
    tomllib.loads(text)
    index = LineIndex(text)
    assert {path: index.line(path) for path in expected} == expected


@given(st.text(alphabet="[]{}=.,#\"'\\\n a1", max_size=60))
def test_index_ends_on_any_text(text: str) -> None:
    assert LineIndex(text).line(("a",)) >= 1


def test_lists_nested_deeper_than_the_walk_still_have_a_line() -> None:
    index = LineIndex("a = 1\nb = " + "[" * 5_000 + "]" * 5_000)
    assert index.line(("b", 0)) == 2
