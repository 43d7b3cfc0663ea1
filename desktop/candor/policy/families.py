"""Who is family: five answers from one map of relatives, because five rules differ.

Each answer names the relative and the reason, in the map's order. Relationships are as they are
now: one that a divorce ended counts only while the home is shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from candor.policy.facts import Relation, Relative

R = Relation

_NASDAQ = frozenset(
    {
        R.SPOUSE,
        R.PARENT,
        R.CHILD,
        R.SIBLING,
        R.PARENT_IN_LAW,
        R.CHILD_IN_LAW,
        R.SIBLING_IN_LAW,
    }
)
_ITEM_404 = _NASDAQ | {R.STEPCHILD, R.STEPPARENT}
_ITEM_401 = _ITEM_404 | {R.GRANDPARENT, R.GRANDCHILD, R.AUNT_OR_UNCLE, R.NIECE_OR_NEPHEW, R.COUSIN}


@dataclass(frozen=True)
class Member:
    """A relative who counts under a rule, and why."""

    relative: Relative
    reason: str


def named(relation: str) -> str:
    """A relation as sentences print it: "parent in law"."""
    return relation.replace("_", " ")


def item404(relatives: Iterable[Relative]) -> tuple[Member, ...]:
    """Immediate family under Item 404(a) of Regulation S-K, Instruction 1.

    With step-relations and in-laws, and with everybody who shares the household other than as a
    tenant or an employee.
    """
    return _members(relatives, _item404)


def nasdaq(relatives: Iterable[Relative]) -> tuple[Member, ...]:
    """A Family Member under Nasdaq Rule 5605(a)(2).

    Step-relations count only where they share the home; so does everybody else who shares it,
    other than domestic employees. A tenant is not excepted there.
    """
    return _members(relatives, _nasdaq)


def nasdaq_relation(who: str, relatives: Iterable[Relative] = ()) -> bool | None:
    """Whether somebody of that relation is a Family Member under Nasdaq Rule 5605(a)(2).

    None where only the home would tell and ``relatives`` says nothing about it.
    """
    if who in _NASDAQ or who == R.HOUSEHOLD_MEMBER:
        return True
    same = [relative for relative in relatives if relative.relation == who]
    return any(_nasdaq(relative) for relative in same) if same else None


def rule_10a3(relatives: Iterable[Relative]) -> tuple[Member, ...]:
    """Those through whom a fee is accepted indirectly (Exchange Act Rule 10A-3(e)(8)).

    The spouse; a minor child or stepchild; a child or stepchild who shares the home.
    """
    return _members(relatives, _rule_10a3)


def item401_family(relatives: Iterable[Relative]) -> tuple[Member, ...]:
    """By blood, marriage or adoption, not more remote than first cousin (Item 401(d))."""
    return _members(relatives, lambda r: _listed(r, _ITEM_401, "Item 401(d) counts it"))


def code_family(relatives: Iterable[Relative]) -> tuple[Member, ...]:
    """Immediate family as the Code is read here (Code III b1; code-map A11, domain A5).

    The Code defines nothing, so the union of the lists of Item 404 and Nasdaq, a domestic partner,
    and whomever the person states to be as close.
    """
    return _members(relatives, _code)


def concerned(relatives: Iterable[Relative]) -> tuple[Member, ...]:
    """Whose matters a person does not decide: the Code's family, Item 401's, a former spouse.

    Wider than any disclosure list, because passing a matter on costs little (Code III paragraph 2).
    """
    return _members(relatives, _concerned)


def _members(relatives: Iterable[Relative], why: Callable[[Relative], str]) -> tuple[Member, ...]:
    found = ((relative, why(relative)) for relative in relatives)
    return tuple(Member(relative, reason) for relative, reason in found if reason)


def _item404(relative: Relative) -> str:
    shares = _shares(relative) and not relative.tenant_or_employee
    return _listed(relative, _ITEM_404, "Item 404 lists it") or _home(shares)


def _nasdaq(relative: Relative) -> str:
    return _listed(relative, _NASDAQ, "Nasdaq lists it") or _home(_shares(relative))


def _rule_10a3(relative: Relative) -> str:
    if relative.relation == R.SPOUSE:
        return "A spouse's fees count as the member's own."
    if relative.relation not in {R.CHILD, R.STEPCHILD}:
        return ""
    if relative.minor:
        return f"A minor {named(relative.relation)}'s fees count as the member's own."
    if relative.shares_home:
        return f"The fees of a {named(relative.relation)} who shares the home count as own."
    return ""


def _code(relative: Relative) -> str:
    if relative.relation == R.DOMESTIC_PARTNER:
        return "A domestic partner counts like a spouse."
    if relative.relation == R.CLOSE_RELATIONSHIP:
        return "The person states a relationship as close as family."
    return _item404(relative) or _nasdaq(relative)


def _concerned(relative: Relative) -> str:
    if relative.relation == R.FORMER_SPOUSE:
        return "A former spouse is too close to decide for."
    return _code(relative) or _listed(relative, _ITEM_401, "Item 401(d) counts it")


def _listed(relative: Relative, relations: frozenset[Relation], why: str) -> str:
    if relative.relation not in relations:
        return ""
    return f"{named(relative.relation).capitalize()}: {why}."


def _shares(relative: Relative) -> bool:
    """Whether the home is shared, other than as a domestic employee: no rule counts these."""
    home = relative.shares_home or relative.relation == R.HOUSEHOLD_MEMBER
    return home and not relative.domestic_employee


def _home(shares: bool) -> str:
    return "Shares the home." if shares else ""
