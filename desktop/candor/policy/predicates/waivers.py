"""Conditions on waivers: what nobody may waive, and what has to be found first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from candor.policy.facts import RulingAbout
from candor.policy.ground import Ground
from candor.policy.pack.rules import WaivableBy
from candor.policy.rulings import ruling


def _unwaivable_conduct(ground: Ground) -> bool:
    waiver = ground.facts.waiver
    named = {waiver.conduct} if waiver else set()
    return any(
        row.id in named and row.waivable_by is not WaivableBy.WAIVER
        for row in ground.pack.prohibitions
    )


def _unwaivable_clauses(ground: Ground) -> bool:
    waiver = ground.facts.waiver
    if waiver is None:
        return False
    return not all(ground.pack.clause(number).waivable for number in waiver.provisions)


def _credit_rule(ground: Ground) -> bool:
    waiver, pack = ground.facts.waiver, ground.pack
    if waiver is None:
        return False
    named = any(pack.listed("credit_clauses", number) for number in waiver.provisions)
    return named or pack.listed("credit_prohibitions", waiver.conduct)


def without_finding(ground: Ground) -> bool:
    """Whether a conflict is to be waived that nobody has found to be an actual one."""
    waiver = ground.facts.waiver
    if waiver is None or waiver.actual_conflict_found:
        return False
    found = ruling(ground, RulingAbout.ACTUAL_CONFLICT)
    if found is not None:
        return not found.holds
    return any(ground.pack.clause(number).conflict for number in waiver.provisions)


def _known_too_long(ground: Ground) -> bool:
    waiver = ground.facts.waiver
    if waiver is None or waiver.known_to_officer_on is None or ground.facts.decision is not None:
        return False
    last = waiver.known_to_officer_on + timedelta(days=ground.settings.implicit_waiver_days)
    return ground.on >= last


def _material(ground: Ground) -> bool:
    found = ruling(ground, RulingAbout.MATERIAL_DEPARTURE)
    return found is not None and found.holds


PREDICATES: Mapping[str, Callable[[Ground], bool]] = {
    "waiver_breaks_law": lambda g: g.facts.waiver is not None and g.facts.waiver.breaks_law,
    "waiver_of_unwaivable_conduct": _unwaivable_conduct,
    "waiver_of_unwaivable_clauses": _unwaivable_clauses,
    "waiver_of_credit_rule": _credit_rule,
    "waiver_without_finding": without_finding,
    "waiver_known_too_long": _known_too_long,
    "departure_is_material": _material,
}
