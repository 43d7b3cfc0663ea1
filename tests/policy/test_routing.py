"""Who reads, whoever holds the offices."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy.pack import load_pack
from candor.policy.routing import NobodyMayDecide, readers
from candor.resources import pack_bytes

PACK = load_pack(pack_bytes("immunogen"))
AUDIENCES = tuple(row.id for row in PACK.file.audience)
PEOPLE = ("ada", "ben", "cleo", "dov")

# Few people and many offices: the same person often holds several, and often all of them.
persons = st.sampled_from(PEOPLE)
holdings = st.dictionaries(
    st.sampled_from(PACK.offices), st.lists(persons, max_size=3, unique=True).map(tuple)
)


def _may(holders: Mapping[str, tuple[str, ...]], office: str, subject: str) -> set[str]:
    return set(holders.get(office, ())) - {subject}


def _readers(
    audience: str, subject: str, holders: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, str], ...]:
    try:
        return readers(PACK, audience, subject, holders)
    except NobodyMayDecide:
        return ()


@given(st.sampled_from(AUDIENCES), persons, holdings)
def test_nobody_reads_as_an_officer_what_they_filed_themselves(
    audience: str, subject: str, holders: Mapping[str, tuple[str, ...]]
) -> None:
    assert subject not in {person for _, person in _readers(audience, subject, holders)}


@given(st.sampled_from(AUDIENCES), persons, holdings)
def test_readers_are_everybody_else_in_the_listed_offices_or_one_alternate(
    audience: str, subject: str, holders: Mapping[str, tuple[str, ...]]
) -> None:
    row = PACK.audience(audience)
    found = _readers(audience, subject, holders)
    listed = {(o, p) for o in row.offices for p in _may(holders, o, subject)}
    spare = [o for o in row.alternates if _may(holders, o, subject)]
    if listed or not spare:
        assert set(found) == listed
    else:
        ((office, person),) = found
        assert office == spare[0]
        assert person in holders[office]


@given(st.sampled_from(AUDIENCES), persons, holdings)
def test_no_reader_is_named_twice(
    audience: str, subject: str, holders: Mapping[str, tuple[str, ...]]
) -> None:
    found = _readers(audience, subject, holders)
    assert len(set(found)) == len(found)


def test_answers_that_nobody_may_read_are_refused() -> None:
    with pytest.raises(NobodyMayDecide, match="Nobody who may read"):
        readers(PACK, "concerns", "ada", {"clo": ("ada",), "ac_chair": ("ada",)})


def test_the_secretary_never_stands_in_for_a_sealed_audience() -> None:
    for audience in ("concerns", "controls"):
        with pytest.raises(NobodyMayDecide):
            readers(PACK, audience, "ada", {"secretary": ("ben",), "ceo": ("cleo",)})
