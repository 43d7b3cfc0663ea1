"""Board seats, competing corporations, and interlocks of compensation committees."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy import boards
from candor.policy.facts import Amount, Boards, Clayton
from candor.policy.interlocks import Role, Seat, interlocks
from candor.policy.settings import Settings
from candor.policy.verdict import Verdict


def _over(settings: Settings, facts: Boards, *, chief_executive: bool = False) -> set[str]:
    found = boards.seats(facts, settings, chief_executive=chief_executive)
    return {one.code for one in found if one.over}


@pytest.mark.parametrize(
    ("facts", "leads", "over"),
    [
        (Boards("d", 5, 3), False, set()),
        (Boards("d", 6, 3), False, {"overboard"}),
        (Boards("d", 5, 4), False, {"ac_max"}),
        (Boards("d", 3, chief_executive_elsewhere=True), False, set()),
        (Boards("d", 4, chief_executive_elsewhere=True), False, {"overboard_ceo_outside"}),
        (Boards("d", 4), True, {"overboard_ceo_outside"}),
        (Boards("d", 0, chief_executive_elsewhere=True), False, set()),
    ],
)
def test_seats_are_over_only_beyond_their_limit(
    settings: Settings, facts: Boards, leads: bool, over: set[str]
) -> None:
    assert _over(settings, facts, chief_executive=leads) == over


# --- Clayton Act Section 8 ----------------------------------------------------------------


def _usd(text: str) -> Amount:
    return Amount(Decimal(text))


LARGE = Clayton(
    company_capital=_usd("54402000.01"),
    other_capital=_usd("54402000.01"),
    company_competitive_sales=_usd("5440200"),
    other_competitive_sales=_usd("5440200"),
    company_sales=_usd("100000000"),
    other_sales=_usd("100000000"),
)


@pytest.mark.parametrize(
    ("changes", "barred"),
    [
        ({}, Verdict.YES),
        ({"company_capital": _usd("54402000.00")}, Verdict.NO),
        ({"other_capital": _usd("54402000.00")}, Verdict.NO),
        ({"other_competitive_sales": _usd("5440199.99")}, Verdict.NO),
        ({"company_competitive_sales": _usd("5440199.99")}, Verdict.NO),
        ({"other_sales": _usd("272010000.00")}, Verdict.YES),  # exactly 2%
        ({"other_sales": _usd("272010000.01")}, Verdict.NO),
        ({"company_sales": _usd("136005000.01")}, Verdict.YES),  # one alone is below 4%
        (
            {"company_sales": _usd("136005000.01"), "other_sales": _usd("136005000.01")},
            Verdict.NO,
        ),
        (
            {"company_sales": _usd("136005000.00"), "other_sales": _usd("136005000.01")},
            Verdict.YES,
        ),
        ({"other_sales": Amount(Decimal(1), "EUR")}, Verdict.OPEN),
    ],
)
def test_competing_corporations_are_barred_to_the_cent(
    settings: Settings, changes: dict[str, Amount], barred: Verdict
) -> None:
    found = boards.clayton(msgspec.structs.replace(LARGE, **changes), settings)
    assert found.barred is barred
    assert found.reason.endswith(".")


# --- interlocks ---------------------------------------------------------------------------

OURS = Seat("their chief", Role.COMPENSATION_COMMITTEE)
THEIRS = Seat("their chief", Role.EXECUTIVE_OFFICER, "Other, Inc.")
OFFICER = Seat("our chief", Role.EXECUTIVE_OFFICER)


def _kinds(*seats: Seat) -> list[str]:
    return [found.kind for found in interlocks(seats)]


def test_an_insider_on_the_committee_is_told() -> None:
    member = Seat("member", Role.COMPENSATION_COMMITTEE)
    assert _kinds(member) == []
    assert _kinds(member, Seat("member", Role.INSIDER)) == ["i"]
    assert _kinds(member, Seat("member", Role.EXECUTIVE_OFFICER)) == ["i"]


def test_officers_on_each_others_committees_interlock() -> None:
    seat = Seat("our chief", Role.COMPENSATION_COMMITTEE, "Other, Inc.")
    assert _kinds(OURS, THEIRS, OFFICER, seat) == ["ii", "iii"]
    on_board_only = Seat("their chief", Role.DIRECTOR)
    assert _kinds(on_board_only, THEIRS, OFFICER, seat) == ["ii"]
    (found,) = interlocks((on_board_only, THEIRS, OFFICER, seat))
    assert (found.person, found.entity) == ("our chief", "Other, Inc.")


def test_our_officer_on_the_board_of_a_committee_members_company_interlocks() -> None:
    seat = Seat("our chief", Role.DIRECTOR, "Other, Inc.")
    assert _kinds(OURS, THEIRS, OFFICER, seat) == ["iii"]
    assert _kinds(Seat("their chief", Role.DIRECTOR), THEIRS, OFFICER, seat) == []


def test_seats_in_different_companies_do_not_interlock() -> None:
    elsewhere = Seat("our chief", Role.DIRECTOR, "Third, Inc.")
    assert _kinds(OURS, THEIRS, OFFICER, elsewhere) == []


def test_the_order_of_seats_does_not_matter() -> None:
    seat = Seat("our chief", Role.COMPENSATION_COMMITTEE, "Other, Inc.")
    found = {interlocks(order) for order in permutations((OURS, THEIRS, OFFICER, seat))}
    assert len(found) == 1


seats = st.builds(
    Seat,
    person=st.sampled_from(("ada", "ben", "cleo")),
    role=st.sampled_from(Role),
    entity=st.sampled_from(("", "One, Inc.", "Two, Inc.")),
)


@given(st.lists(seats, max_size=8), seats)
def test_a_further_seat_never_undoes_an_interlock(before: list[Seat], more: Seat) -> None:
    def named(found: list[Seat]) -> set[tuple[str, str, str]]:
        return {(one.kind, one.person, one.entity) for one in interlocks(found)}

    assert named(before) <= named([*before, more])
