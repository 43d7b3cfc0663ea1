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

NEEDS_PRIOR_APPROVAL = "needs_prior_approval"
"""Made true by a route whose row has `prior`."""


def _not_bound(ground: Ground) -> bool:
    return ground.filer_class in {None, FilerClass.NOMINEE}


def _class_changed(ground: Ground) -> bool:
    signed = ground.facts.filed_on
    if signed is None or signed >= ground.on:
        return False
    then = Standing(ground.facts, ground.pack, signed)[ground.facts.filer].filer_class
    return then is not ground.filer_class


def _late(ground: Ground) -> bool:
    known, filed = ground.facts.first_known_on, ground.facts.filed_on
    if known is None or filed is None or filed <= known:
        return False
    passed = ground.calendar.count(known, filed)
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
    """Whether what needs approval beforehand had begun when it was put."""
    taken = ground.facts.transaction
    if taken is not None and taken.approved_before_start is not None:
        return not taken.approved_before_start and _begun(ground)
    return NEEDS_PRIOR_APPROVAL in ground.came_to and _begun(ground)


def _begun(ground: Ground) -> bool:
    begun = begun_on(ground)
    return begun is not None and begun < ground.today


PREDICATES: Mapping[str, Callable[[Ground], bool]] = {
    "filer_is_related_person": is_related_person,
    "filer_is_not_bound": _not_bound,
    "filer_class_changed": _class_changed,
    "disclosed_late": _late,
    "undecided_for_long": _undecided,
    "begun_without_approval": begun_without_approval,
    "rpt_applies": lambda g: applies(g) is Verdict.YES,
    "rpt_may_apply": lambda g: applies(g) is not Verdict.NO,
    "rpt_not_ruled": lambda g: ruling(g, RulingAbout.RPT_POLICY_APPLIES) is None,
}
