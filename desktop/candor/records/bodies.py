"""Decisions of a committee or the Board: they rest on an item, its ballots and its resolution."""

from __future__ import annotations

from candor.policy.terms import DecisionKind
from candor.records.committee_parts import Resolution
from candor.records.judge import Judged
from candor.records.matter_items import DecidedItems
from candor.records.matters import REFUSALS, BodyResult, Referral
from candor.records.working import Working

NOT_ONE_PERSON = "It was sent to a body to decide, and no single person decides for a body."
NO_BODY = "It was not sent to that body."
NO_PART = "Its author takes no part in that body's decision."
NO_RESOLUTION = "It names no resolution of the body that it speaks for."
OTHER_RESOLUTION = "The resolution that it names does not say so."
UNSEEN = "The body's own record is not in this vault; its chair's signature stands for it."
PASSED = "passed"
FAILED = "failed"


def fault(work: Working, judged: Judged, items: DecidedItems, route: Referral | None) -> str:
    """Why a decision does not count as a body's, or should have been one; '' if nothing is
    wrong."""
    body = route.body if route else ""
    if not items.body:
        return NOT_ONE_PERSON if body else ""
    if route is None or items.body != body:
        return NO_BODY
    if work.author(judged) not in route.people:
        return NO_PART
    if items.resolution is None:
        return NO_RESOLUTION
    return "" if _says_so(work, judged, items) else OTHER_RESOLUTION


def _says_so(work: Working, judged: Judged, items: DecidedItems) -> bool:
    """Whether the item, where it is here, resolved just this and by this chair's hand."""
    stated = items.resolution
    if stated is None:
        return False
    wanted = FAILED if items.kind in REFUSALS else PASSED
    case = work.items.get(stated.item)
    if case is None or case.item is None:
        return stated.outcome == wanted
    item, found = case.item, case.item.resolution
    if found is None or not _same(found, stated):
        return False
    carried = found.outcome != PASSED or items.conditions == item.conditions
    proposed = items.kind == item.kind or items.kind in REFUSALS
    mine = item.matter == work.id and found.person == work.author(judged)
    fits = _outcome_fits(items.kind, item.kind, found.outcome)
    return carried and proposed and mine and fits


def _same(found: Resolution, stated: BodyResult) -> bool:
    """Whether a decision states the signed result as it is."""
    names = ("event", "outcome", "votes_for", "votes_against", "abstained")
    same = all(getattr(found, name) == getattr(stated, name) for name in names)
    return same and stated.held_on in {"", found.held_on}


def _outcome_fits(kind: DecisionKind, proposed: str, outcome: str) -> bool:
    """A proposal that passed is decided as proposed; one that failed is refused."""
    return outcome == PASSED if kind == proposed else outcome == FAILED


def caution(work: Working, items: DecidedItems) -> str:
    """What must be said of a body's decision that counts."""
    if items.resolution is None:
        return ""
    case = work.items.get(items.resolution.item)
    if case is None or case.item is None or case.item.resolution is None:
        return UNSEEN
    return case.item.resolution.caution
