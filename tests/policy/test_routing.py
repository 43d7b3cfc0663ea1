"""Who decides and who reads, whoever holds the offices and whoever is away."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy.pack import Pack, PackFaults, load_pack
from candor.policy.routing import NobodyMayDecide, Route, exception_route, readers
from candor.resources import pack_bytes

PACK = load_pack(pack_bytes("immunogen"))
AUDIENCES = tuple(row.id for row in PACK.file.audience)
PEOPLE = ("ada", "ben", "cleo", "dov")

# Few people and many offices: the same person often holds several, and often all of them.
persons = st.sampled_from(PEOPLE)
holdings = st.dictionaries(
    st.sampled_from(PACK.offices), st.lists(persons, max_size=3, unique=True).map(tuple)
)
absences = st.frozensets(st.sampled_from(PACK.offices))


def _may(holders: Mapping[str, tuple[str, ...]], office: str, subject: str) -> set[str]:
    return set(holders.get(office, ())) - {subject}


def _routed(
    pack: Pack, subject: str, holders: Mapping[str, tuple[str, ...]], absent: frozenset[str]
) -> Route | str:
    try:
        return exception_route(pack, subject, holders, absent)
    except NobodyMayDecide as refused:
        return refused.sentence()


@given(persons, holdings, absences)
def test_nobody_ever_decides_their_own_exception(
    subject: str, holders: Mapping[str, tuple[str, ...]], absent: frozenset[str]
) -> None:
    route = _routed(PACK, subject, holders, absent)
    assert isinstance(route, str) or route.person != subject


@given(persons, holdings, absences)
def test_the_decider_holds_the_office_and_is_not_away(
    subject: str, holders: Mapping[str, tuple[str, ...]], absent: frozenset[str]
) -> None:
    route = _routed(PACK, subject, holders, absent)
    assert isinstance(route, str) or route.person in holders[route.office]
    assert isinstance(route, str) or route.office not in absent


@given(persons, holdings, absences)
def test_exactly_the_vacant_absent_and_concerned_offices_are_passed_over(
    subject: str, holders: Mapping[str, tuple[str, ...]], absent: frozenset[str]
) -> None:
    chain = PACK.exception_chain()
    route = _routed(PACK, subject, holders, absent)
    passed = chain if isinstance(route, str) else route.excluded
    assert passed == chain[: len(passed)]
    assert all(office in absent or not _may(holders, office, subject) for office in passed)
    assert isinstance(route, str) or route.office == chain[len(passed)]


@given(persons, holdings, absences, st.randoms(use_true_random=False))
def test_the_same_facts_in_any_order_give_the_same_route(
    subject: str, holders: Mapping[str, tuple[str, ...]], absent: frozenset[str], order: object
) -> None:
    rows = list(holders.items())
    order.shuffle(rows)  # type: ignore[attr-defined]
    assert _routed(PACK, subject, holders, absent) == _routed(PACK, subject, dict(rows), absent)


@given(persons, holdings, absences)
def test_every_route_cites_a_clause_of_the_pack_and_says_why(
    subject: str, holders: Mapping[str, tuple[str, ...]], absent: frozenset[str]
) -> None:
    route = _routed(PACK, subject, holders, absent)
    clauses = {clause.number for clause in PACK.clauses}
    assert isinstance(route, str) or route.clause in clauses
    assert isinstance(route, str) or route.reason.endswith(".")


@given(persons, holdings, absences, st.sampled_from(("secretary", "ceo", "controller")))
def test_offices_outside_the_chain_never_change_the_route(
    subject: str, holders: Mapping[str, tuple[str, ...]], absent: frozenset[str], other: str
) -> None:
    assert other not in PACK.exception_chain()
    assert _routed(PACK, subject, holders, absent) == _routed(
        PACK, subject, {**holders, other: PEOPLE}, absent ^ {other}
    )


def test_every_row_of_the_pack_is_reached_when_the_offices_before_it_are_vacant() -> None:
    chain = PACK.exception_chain()
    for number, office in enumerate(chain):
        route = exception_route(PACK, "filer", {rest: (f"the {rest}",) for rest in chain[number:]})
        assert (route.office, route.excluded) == (office, chain[:number])


def test_a_second_holder_decides_for_the_first() -> None:
    route = exception_route(PACK, "ada", {"clo": ("ada", "ben"), "cfo": ("cleo",)})
    assert (route.office, route.person, route.excluded) == ("clo", "ben", ())


@pytest.mark.parametrize(
    ("holders", "absent"),
    [
        ({}, frozenset()),
        (dict.fromkeys(PACK.offices, ("ada",)), frozenset()),
        (dict.fromkeys(PACK.offices, ("ben",)), frozenset(PACK.offices)),
    ],
    ids=["all vacant", "all held by the filer", "all away"],
)
def test_where_nobody_is_left_it_says_so_and_what_to_do(
    holders: Mapping[str, tuple[str, ...]], absent: frozenset[str]
) -> None:
    with pytest.raises(NobodyMayDecide, match="vacant or held by the person") as refused:
        exception_route(PACK, "ada", holders, absent)
    assert "People" in refused.value.hint


def test_a_pack_without_a_chain_for_exceptions_decides_nothing() -> None:
    routes = tuple(row for row in PACK.routes if row.id != "questionnaire")
    holed = msgspec.structs.replace(PACK.file, route=routes)
    with pytest.raises(PackFaults, match="no chain for exceptions"):
        exception_route(Pack(holed, PACK.digest), "ada", {"cfo": ("ben",)})


# --- readers ------------------------------------------------------------------------------


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
