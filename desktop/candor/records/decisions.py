"""Whether a decision counts, and in one sentence why not.

Exceptions of a questionnaire and whole matters are judged alike: nobody's own matter, an office
held on the day in the directory that is named, a place to which it was sent.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from candor.policy.deadlines import CLOCK_MARKS
from candor.policy.facts import RulingAbout
from candor.policy.terms import DecisionKind
from candor.records import bodies, case_offices, routes
from candor.records.authority import NO_DIRECTORY
from candor.records.conflicts import weighed
from candor.records.events import EventType
from candor.records.items import DecisionItems
from candor.records.judge import Judged
from candor.records.matter_items import DecidedItems
from candor.records.matters import Determination, Submission
from candor.records.routes import Place
from candor.records.working import Working

OWN_MATTER = "Nobody decides their own matter."
NO_OFFICE = "Its author did not hold that office, as far as the directory named here says."
NOT_REFERRED = "This question was not referred to that office."
NOT_AWAY = (
    "It was decided for an office that no signed declaration says was away on that day, so it "
    "does not count."
)
NO_ANSWER = "It does not name answers to that question in this case."
REPLACED = "The answers that it decides on were replaced since."
ENDED = "The directory has since recorded that the author did not hold the office on that day."
NOT_ALLOWED = "That kind of decision is not open to whom it was sent to."
BODY_ONLY = (
    "A waiver for a director or an executive officer comes from the Board or its committee alone."
)
AWAY = (
    "A signed declaration, which its author knew, says that this office was away on that day, so "
    "its deputy decides."
)
WITHDRAWN = "The matter was withdrawn before, as its author knew."
WITHDRAWN_SINCE = "The matter was withdrawn as well, and neither knew of the other."
REROUTED = "The matter was sent elsewhere, and its author did not know it."
NO_FINDING = "It does not say whether it departs materially from the Code."
WAIVERS = frozenset({DecisionKind.WAIVER_GRANTED})
ALLOWING = WAIVERS | {
    DecisionKind.APPROVAL,
    DecisionKind.APPROVAL_WITH_CONDITIONS,
    DecisionKind.RATIFICATION,
}


class _Decision(msgspec.Struct, frozen=True):
    """A decision with what it stands on: the question ('' for a whole matter), the answers and
    the place that it was sent to."""

    judged: Judged
    question: str
    items: DecidedItems
    answers: Submission | None
    place: Place | None


def determinations(work: Working) -> tuple[Determination, ...]:
    """Every decision in a case, in order; ``void`` says why one does not count."""
    decided = [j for j in work.events if j.header.type in _DECIDED]
    return weighed(work, tuple(_determination(work, j) for j in decided))


def _determination(work: Working, judged: Judged) -> Determination:
    person, claimed_at = work.author(judged), judged.header.claimed_at
    read = None if judged.id in work.void else _DECIDED[judged.header.type](work, judged)
    if read is None:
        return Determination(judged.id, person, claimed_at, void=work.void[judged.id])
    question, items = read
    answers = _answers(work, judged, question)
    place = routes.place(work, judged, question, items.office)
    decision = _Decision(judged, question, items, answers, place)
    void = _fault(work, decision)
    if void:
        work.void[judged.id] = void
    return Determination(
        event=judged.id,
        person=person,
        claimed_at=claimed_at,
        question=question,
        kind=items.kind.value,
        reason=items.reason,
        conditions=items.conditions,
        office=items.office,
        material_departure=items.material_departure,
        meaning=items.meaning,
        name=items.name,
        submission=answers.event if answers else "",
        void=void,
        caution="" if void else _caution(work, decision),
        clause=items.clause,
        absent=place.absent if place else "",
        body=items.body,
        resolution=items.resolution,
        effective_on=items.effective_on,
        route=place.route.event if place and place.route else "",
    )


def _exception(work: Working, judged: Judged) -> tuple[str, DecidedItems] | None:
    items = work.read(judged, DecisionItems)
    if items is None:
        return None
    if not items.question:
        work.void[judged.id] = NO_ANSWER
        return None
    names = [n for n in DecisionItems.__struct_fields__ if n != "question"]
    return items.question, DecidedItems(**{name: getattr(items, name) for name in names})


def _whole(work: Working, judged: Judged) -> tuple[str, DecidedItems] | None:
    items = work.read(judged, DecidedItems)
    return None if items is None else ("", items)


_DECIDED: dict[str, Callable[[Working, Judged], tuple[str, DecidedItems] | None]] = {
    EventType.EXCEPTION_DETERMINED: _exception,
    EventType.MATTER_DECIDED: _whole,
}


def _answers(work: Working, judged: Judged, question: str) -> Submission | None:
    """The newest submission that the decision names and that answers the question."""
    named = [s for e, s in work.submissions.items() if e in judged.header.deps]
    fitting = [s for s in named if not question or not s.here or question in s.answers]
    return fitting[-1] if fitting else None


def _fault(work: Working, decision: _Decision) -> str:
    judged, items, answers = decision.judged, decision.items, decision.answers
    author, authority = work.author(judged), work.authority
    rules = (
        (not work.forked, work.forked),
        (author not in {"", work.subject}, OWN_MATTER),
        (authority.names_directory(judged), NO_DIRECTORY),
        (_has_office(work, decision), NO_OFFICE),
        (answers is not None, NO_ANSWER),
        (answers is None or author != answers.person, OWN_MATTER),
        (decision.place is not None, _not_sent(items)),
        (bool(items.body) or not routes.is_away(work, judged, items.office), AWAY),
        (bool(items.body) or not _needs_body(work, judged, items), BODY_ONLY),
    )
    fault = next((reason for kept, reason in rules if not kept), "")
    return fault or (_matter_fault(work, decision) if not decision.question else "")


def _has_office(work: Working, decision: _Decision) -> bool:
    """Whether the author has the office that the decision names, be it one of the case alone."""
    judged, items = decision.judged, decision.items
    author = work.author(judged)
    if items.body:
        return work.authority.sits(judged, author, items.office)
    if case_offices.is_of_the_case(items.office):
        route = decision.place.route if decision.place else None
        return case_offices.is_named((route,), author, items.office)
    return work.authority.holds(judged, items.office)


def _not_sent(items: DecidedItems) -> str:
    return NOT_AWAY if items.in_absence_of else NOT_REFERRED


def _matter_fault(work: Working, decision: _Decision) -> str:
    """What is asked of the decision on a whole matter besides."""
    judged, items, place = decision.judged, decision.items, decision.place
    route = place.route if place else None
    allowed = route.allowed if route else ()
    if allowed and items.kind not in allowed:
        return NOT_ALLOWED
    if fault := bodies.fault(work, judged, items, route):
        return fault
    withdrawal = work.matter.withdrawal if work.matter else None
    return WITHDRAWN if withdrawal and withdrawal.event in work.knows(judged) else ""


def _needs_body(work: Working, judged: Judged, items: DecidedItems) -> bool:
    return items.kind in WAIVERS and _is_covered(work, judged)


def _is_covered(work: Working, judged: Judged) -> bool:
    """Whether the matter is a director's or an executive officer's (Code III paragraph 2), by
    class, by mark or by an office that brings it along."""
    return bool(CLOCK_MARKS & work.authority.roles(judged, work.subject))


def _caution(work: Working, decision: _Decision) -> str:
    judged, items, answers = decision.judged, decision.items, decision.answers
    lasting = items.body or case_offices.is_of_the_case(items.office)
    if not lasting and not work.authority.still_holds(judged, items.office):
        return ENDED
    if answers is not None and answers.superseded_by:
        return REPLACED
    return "" if decision.question else _matter_caution(work, decision)


def _matter_caution(work: Working, decision: _Decision) -> str:
    judged, items, place = decision.judged, decision.items, decision.place
    if work.matter is not None and work.matter.withdrawal is not None:
        return WITHDRAWN_SINCE
    if place and place.route and place.route.replaced_by:
        return REROUTED
    ruled = work.matter.ruling(RulingAbout.MATERIAL_DEPARTURE) if work.matter else None
    if items.kind in ALLOWING and not (items.material_departure or ruled):
        return NO_FINDING if _is_covered(work, judged) else bodies.caution(work, items)
    return bodies.caution(work, items)
