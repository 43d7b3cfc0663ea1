"""Which rows of the pack fit a case."""

from __future__ import annotations

from candor.errors import CandorError
from candor.policy.ground import Ground
from candor.policy.pack.rules import Prohibition, Route, Rule
from candor.policy.predicates import holds


class NoRoute(CandorError):
    """No row of the pack's routing tables fits the case."""


def fits(rule: Rule, ground: Ground) -> bool:
    """Whether a row's class, offices and conditions all fit the case."""
    facts = ground.facts
    if rule.matters and facts.matter not in rule.matters:
        return False
    if rule.filers and ground.filer_class not in rule.filers:
        return False
    if rule.offices and not any(ground.filer.has(office) for office in rule.offices):
        return False
    if rule.named and not _names_only(rule.named, ground):
        return False
    if not all(holds(name, ground) for name in rule.when):
        return False
    return not any(holds(name, ground) for name in rule.unless)


def _names_only(offices: tuple[str, ...], ground: Ground) -> bool:
    named = ground.facts.concern.names if ground.facts.concern else ()
    people = ground.standing.people
    return bool(named) and all(
        any(people[person].has(office) for office in offices) for person in named
    )


def route_of(ground: Ground) -> Route:
    """The first row that fits. Raises NoRoute."""
    for row in ground.pack.routes:
        if fits(row, ground):
            return row
    raise NoRoute(
        f"The code pack has no route for this {ground.facts.matter} of this filer.",
        hint="Ask the Chief Legal Officer to complete the routing table.",
    )


def prohibitions(ground: Ground) -> tuple[Prohibition, ...]:
    """Every prohibition that the case falls under, in the pack's order.

    A row without conditions holds only where the facts name its id. Telling, asking and signing
    are never stopped (the pack's list `never_stopped`).
    """
    if ground.pack.listed("never_stopped", ground.facts.matter):
        return ()
    return tuple(row for row in ground.pack.prohibitions if _stops(row, ground))


def _stops(row: Prohibition, ground: Ground) -> bool:
    if row.id in ground.facts.prohibited:
        return True
    return bool(row.when) and fits(row, ground)
