"""Conditions on who files, when, and whether the related person policy reaches it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from candor.policy.facts import RulingAbout
from candor.policy.ground import Ground
from candor.policy.related_policy import applies, is_related_person
from candor.policy.rulings import ruling
from candor.policy.standing import Standing
from candor.policy.terms import FilerClass
from candor.policy.verdict import Verdict

_INSIDERS = frozenset({FilerClass.DIRECTOR, FilerClass.EXECUTIVE_OFFICER})
NEEDS_PRIOR_APPROVAL = "needs_prior_approval"
"""Made true by a route whose row has `prior`."""


def _not_bound(ground: Ground) -> bool:
    return ground.filer_class in {None, FilerClass.NOMINEE}


def _family_of_insider(ground: Ground) -> bool:
    """Whether the filer is neither director nor executive officer, and close family of one."""
    if ground.filer_class in _INSIDERS:
        return False
    people = ground.standing.people
    return any(_INSIDERS & set(people[one].classes) for one in ground.filer.relatives)


def _class_changed(ground: Ground) -> bool:
    signed = ground.facts.filed_on
    if signed is None or signed >= ground.on:
        return False
    then = Standing(ground.facts, ground.pack, signed)[ground.facts.filer].filer_class
    return then is not ground.filer_class


def _late(ground: Ground) -> bool:
    known = ground.facts.first_known_on
    if known is None or ground.today <= known:
        return False
    passed = ground.calendar.count(known, ground.today)
    return passed > ground.settings.late_disclosure_business_days


def _undecided(ground: Ground) -> bool:
    """Silence is no absence: it only asks for a declaration (code-map A4; domain reference A2)."""
    filed = ground.facts.filed_on
    if filed is None or filed >= ground.on or ground.facts.decision is not None:
        return False
    waited = ground.calendar.count(filed, ground.on)
    return waited > ground.settings.absence_alert_business_days


def begun_on(ground: Ground) -> date | None:
    """The earliest day on which what is put had begun; None where the facts name none."""
    facts = ground.facts
    days = [
        facts.begins_on,
        facts.transaction.begins_on if facts.transaction else None,
        facts.financial_interest.acquired_on if facts.financial_interest else None,
    ]
    return min((day for day in days if day is not None), default=None)


def begun_without_approval(ground: Ground) -> bool:
    """Whether what needs approval beforehand began without it."""
    taken = ground.facts.transaction
    if taken is not None and taken.approved_before_start is not None:
        undated = begun_on(ground) is None
        return not taken.approved_before_start and (undated or _begun(ground))
    return NEEDS_PRIOR_APPROVAL in ground.came_to and _begun(ground)


def _begun(ground: Ground) -> bool:
    """Whether it began before the decision; while there is none, before today.

    What begins while it waits for an answer begins without one too.
    """
    begun, decision = begun_on(ground), ground.facts.decision
    asked = decision.on if decision else max(ground.today, ground.on)
    return begun is not None and begun < asked


PREDICATES: Mapping[str, Callable[[Ground], bool]] = {
    "filer_is_related_person": is_related_person,
    "filer_is_not_bound": _not_bound,
    "filer_is_family_of_insider": _family_of_insider,
    "filer_class_changed": _class_changed,
    "disclosed_late": _late,
    "undecided_for_long": _undecided,
    "begun_without_approval": begun_without_approval,
    "rpt_applies": lambda g: applies(g) is Verdict.YES,
    "rpt_may_apply": lambda g: applies(g) is not Verdict.NO,
    "rpt_not_ruled": lambda g: ruling(g, RulingAbout.RPT_POLICY_APPLIES) is None,
}
