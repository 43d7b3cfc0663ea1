"""Five families from one map: who counts, who does not, and how the sets contain each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy import families
from candor.policy.facts import Relation, Relative

R = Relation
LISTED = {R.SPOUSE, R.PARENT, R.CHILD, R.SIBLING, R.PARENT_IN_LAW, R.CHILD_IN_LAW, R.SIBLING_IN_LAW}
STEP = {R.STEPCHILD, R.STEPPARENT}
DISTANT = {R.GRANDPARENT, R.GRANDCHILD, R.AUNT_OR_UNCLE, R.NIECE_OR_NEPHEW, R.COUSIN}
APART = {R.DOMESTIC_PARTNER, R.FORMER_SPOUSE, R.CLOSE_RELATIONSHIP}
SETS = {
    "404": families.item404,
    "nasdaq": families.nasdaq,
    "10A-3": families.rule_10a3,
    "401": families.item401_family,
    "code": families.code_family,
    "concerned": families.concerned,
}

relatives = st.builds(
    Relative,
    relation=st.sampled_from(Relation),
    shares_home=st.booleans(),
    minor=st.booleans(),
    tenant_or_employee=st.booleans(),
    domestic_employee=st.booleans(),
)
maps = st.lists(relatives, max_size=8)


def _in(relative: Relative) -> set[str]:
    return {name for name, rule in SETS.items() if rule([relative])}


def _of(relation: Relation, **marks: bool) -> set[str]:
    return _in(Relative(relation, **marks))


@pytest.mark.parametrize("relation", sorted(LISTED - {R.SPOUSE}))
def test_relatives_on_both_lists_count_wherever_they_live(relation: Relation) -> None:
    assert _of(relation) == {"404", "nasdaq", "401", "code", "concerned"}


def test_a_spouse_counts_everywhere() -> None:
    assert _of(R.SPOUSE) == set(SETS)


@pytest.mark.parametrize("relation", sorted(STEP))
def test_step_relations_count_for_the_sec_and_for_nasdaq_only_at_home(relation: Relation) -> None:
    away = _of(relation)
    assert away == {"404", "401", "code", "concerned"}
    assert "nasdaq" in _of(relation, shares_home=True)


@pytest.mark.parametrize("relation", sorted(DISTANT))
def test_distant_relatives_count_for_item_401_alone_until_they_share_the_home(
    relation: Relation,
) -> None:
    assert _of(relation) == {"401", "concerned"}
    assert _of(relation, shares_home=True) == {"404", "nasdaq", "401", "code", "concerned"}


def test_a_former_spouse_counts_only_while_the_home_is_shared() -> None:
    assert _of(R.FORMER_SPOUSE) == {"concerned"}
    assert _of(R.FORMER_SPOUSE, shares_home=True) == {"404", "nasdaq", "code", "concerned"}


def test_a_domestic_partner_counts_under_the_code_and_at_home_under_the_lists() -> None:
    assert _of(R.DOMESTIC_PARTNER) == {"code", "concerned"}
    assert _of(R.DOMESTIC_PARTNER, shares_home=True) == {"404", "nasdaq", "code", "concerned"}


def test_a_stated_close_relationship_counts_under_the_code() -> None:
    assert _of(R.CLOSE_RELATIONSHIP) == {"code", "concerned"}


def test_a_tenant_in_the_home_counts_for_nasdaq_and_not_for_the_sec() -> None:
    tenant = _of(R.HOUSEHOLD_MEMBER, shares_home=True, tenant_or_employee=True)
    assert tenant == {"nasdaq", "code", "concerned"}


def test_a_domestic_employee_in_the_home_counts_nowhere() -> None:
    marks = {"shares_home": True, "tenant_or_employee": True, "domestic_employee": True}
    assert _of(R.HOUSEHOLD_MEMBER, **marks) == set()
    assert _of(R.HOUSEHOLD_MEMBER, shares_home=True, domestic_employee=True) == set()


def test_a_sister_who_is_employed_in_the_home_is_still_a_sister() -> None:
    assert {"404", "nasdaq"} <= _of(R.SIBLING, shares_home=True, domestic_employee=True)


@pytest.mark.parametrize("relation", [R.CHILD, R.STEPCHILD])
def test_fees_of_children_count_while_minor_or_at_home(relation: Relation) -> None:
    assert "10A-3" not in _of(relation)
    assert "10A-3" in _of(relation, minor=True)
    assert "10A-3" in _of(relation, shares_home=True)


@pytest.mark.parametrize("relation", sorted(set(Relation) - {R.SPOUSE, R.CHILD, R.STEPCHILD}))
def test_nobody_elses_fees_count_as_the_members_own(relation: Relation) -> None:
    assert "10A-3" not in _of(relation, shares_home=True, minor=True)


@pytest.mark.parametrize(
    ("who", "home", "expected"),
    [
        ("sibling", None, True),
        ("household_member", None, True),
        ("stepchild", None, None),
        ("stepchild", False, False),
        ("stepchild", True, True),
        ("cousin", None, None),
        ("cousin", True, True),
    ],
)
def test_where_only_the_home_would_tell_it_is_asked_and_not_guessed(
    who: str, home: bool | None, expected: bool | None
) -> None:
    known = () if home is None else (Relative(Relation(who), shares_home=home),)
    assert families.nasdaq_relation(who, known) is expected


@given(maps)
def test_every_set_keeps_the_maps_order_and_says_why(relatives: list[Relative]) -> None:
    for rule in SETS.values():
        found = rule(relatives)
        places = [id(member.relative) for member in found]
        assert places == [i for i in map(id, relatives) if i in set(places)]
        assert all(member.reason.endswith(".") for member in found)


@given(relatives)
def test_narrow_families_lie_within_wide_ones(relative: Relative) -> None:
    sets = _in(relative)
    for narrow, wide in [
        ("10A-3", "404"),
        ("404", "code"),
        ("nasdaq", "code"),
        ("code", "concerned"),
        ("401", "concerned"),
    ]:
        assert narrow not in sets or wide in sets, (narrow, wide)


@given(relatives)
def test_living_together_never_takes_anybody_out(relative: Relative) -> None:
    apart = Relative(relative.relation, minor=relative.minor)
    together = Relative(relative.relation, minor=relative.minor, shares_home=True)
    assert _in(apart) <= _in(together)


@given(maps, relatives)
def test_another_relative_changes_nothing_for_the_rest(
    relatives: list[Relative], more: Relative
) -> None:
    for rule in SETS.values():
        assert rule([*relatives, more])[: len(rule(relatives))] == rule(relatives)
