"""The page of one decision on a matter: facts, rule, like cases, choices, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from candor.app import matter_case, matter_facts, matter_reading
from candor.app.committee_bodies import is_covered
from candor.app.matter_capacity import Capacity, capacity, not_mine
from candor.app.matter_standing import decided_by, decision_words
from candor.app.referring import WORDS, Condition
from candor.app.session import Session
from candor.app.words import day
from candor.errors import CandorError
from candor.policy.answer import Answer, AttemptState
from candor.policy.facts import RulingAbout
from candor.policy.terms import DecisionKind
from candor.records.decisions import ALLOWING
from candor.records.matters import Case

MOST_LIKE_CASES = 3
CONSEQUENCES = {
    DecisionKind.NO_CONFLICT: "Nothing more to do. It stays on file.",
    DecisionKind.NOTED: "It is put on record. Nothing is allowed or refused.",
    DecisionKind.PERCEIVED: "It could look like a conflict. Say how it is kept apart.",
    DecisionKind.ACTUAL: "It must end, or a waiver must be asked for.",
    DecisionKind.APPROVAL: "Allowed as the Code provides. Not a waiver.",
    DecisionKind.APPROVAL_WITH_CONDITIONS: "Allowed while the conditions are kept. Not a waiver.",
    DecisionKind.DISAPPROVAL: "Refused. The filer must leave it or undo it.",
    DecisionKind.RATIFICATION: "It began before anybody allowed it; it is allowed afterwards.",
    DecisionKind.WAIVER_GRANTED: "A rule of the Code is set aside for this person, once.",
    DecisionKind.WAIVER_DENIED: "The rule stays as it is. The filer must keep to it.",
    DecisionKind.REFERRED: "You leave it to somebody else, with your reasons.",
}
"""The line that stands under each choice."""


@dataclass(frozen=True)
class Offer:
    """One choice with the line of consequence under it."""

    kind: DecisionKind
    label: str
    consequence: str


@dataclass(frozen=True)
class Choice:
    """What the decider chose. An owner of a condition is a person's id."""

    kind: DecisionKind
    reason: str
    conditions: tuple[Condition, ...] = ()
    material_departure: bool | None = None
    departure_reason: str = ""


@dataclass(frozen=True)
class MatterSheet:
    """Everything that the decider needs on one page.

    ``blocked``: why the owner may not decide it, or ''. ``rule_first``: what has to be ruled on
    in writing before anybody decides. ``departure``: the ruling on a material
    departure that is on file. ``owners``: who can be given a condition, as id and name.
    ``conflicts``: the decisions that contradict each other, with who signed them.
    """

    case: str
    number: str
    title: str
    line: str
    facts: tuple[tuple[str, str], ...]
    rule_text: str
    rule_source: str
    route_reason: str
    flags: tuple[tuple[str, str], ...]
    like_cases: tuple[tuple[str, str], ...]
    offers: tuple[Offer, ...]
    sentences: tuple[str, ...]
    rule_first: RulingAbout | None
    needs_departure: bool
    departure: tuple[bool, str] | None
    began_before: bool
    asked: tuple[tuple[str, str], ...]
    owners: tuple[tuple[str, str], ...]
    conflicts: tuple[tuple[str, str], ...]
    meaning: str
    office: str
    absent: str
    blocked: str


def sheet(session: Session, case_id: str) -> MatterSheet:
    """The decision page of one matter. Raises CandorError."""
    case = session.case(case_id)
    version = matter_reading.newest(case)
    answer = matter_facts.answer_of(session, case)
    acting = capacity(session, case)
    clause = (case.route.clause if case.route else "") or next(iter(answer.clauses), "")
    ruling = case.matter.ruling(RulingAbout.MATERIAL_DEPARTURE) if case.matter else None
    return MatterSheet(
        case=case.id,
        number=case.number,
        title=f"{session.name_of(case.subject)}: {matter_case.about(session, case)}",
        line=f"{case.number or 'No number yet'}. {answer.reason}",
        facts=matter_case.facts(session, case, version),
        rule_text=session.pack.clause(clause).paraphrase if clause else "",
        rule_source=f"Code {clause}" if clause else "",
        route_reason=case.route.reason if case.route else answer.reason,
        flags=tuple((flag.severity.value, flag.reason) for flag in answer.flags),
        like_cases=_like_cases(session, case),
        offers=tuple(_offer(kind) for kind in _open(case, answer)),
        sentences=answer.sentences,
        rule_first=answer.ruling.about if answer.ruling and not answer.ruling.made else None,
        needs_departure=is_covered(session, case.subject),
        departure=(ruling.holds, ruling.reason) if ruling else None,
        began_before=answer.ratification,
        asked=_asked(session, case),
        owners=_owners(session, case),
        conflicts=_conflicts(session, case),
        meaning=session.pack.text("determination"),
        office=session.pack.office_title(acting.office) if acting else "",
        absent=session.pack.office_title(acting.absent) if acting and acting.absent else "",
        blocked=_blocked(session, case, acting),
    )


def _open(case: Case, answer: Answer) -> tuple[DecisionKind, ...]:
    """The kinds that the rules allow, and that the route which stands lets through."""
    let = case.route.allowed if case.route else ()
    return tuple(kind for kind in answer.allowed_decisions if not let or kind.value in let)


def _offer(kind: DecisionKind) -> Offer:
    return Offer(kind, WORDS[kind], CONSEQUENCES[kind])


def _blocked(session: Session, case: Case, acting: Capacity | None) -> str:
    if acting is None:
        return not_mine(session, case)
    if case.matter is not None and case.matter.withdrawal is not None:
        return "Its filer took this matter back, so there is nothing to decide."
    standing = case.standing_on("")
    if any(d.conflicts for d in standing):
        return ""
    if case.determination("") is not None or any(d.person == session.person_id for d in standing):
        return "It is decided already."
    return ""


def _like_cases(session: Session, case: Case) -> tuple[tuple[str, str], ...]:
    """The last decisions on the same kind of matter, never one of the owner's own."""
    kind = case.matter.matter if case.matter else ""
    found: list[tuple[str, tuple[str, str]]] = []
    for other in matter_reading.matters(session):
        decided = other.determination("")
        same = other.matter is not None and other.matter.matter == kind
        if other.id == case.id or other.subject == session.person_id or not same or not decided:
            continue
        name = f"{session.name_of(other.subject)}, {other.number}"
        when = day(datetime.fromisoformat(decided.claimed_at).date())
        found.append((decided.claimed_at, (name, f"{decision_words(decided)}, {when}")))
    return tuple(pair for _, pair in sorted(found)[-MOST_LIKE_CASES:])


def _asked(session: Session, case: Case) -> tuple[tuple[str, str], ...]:
    requests = case.matter.requests if case.matter else ()
    answered = {True: "answered", False: "not answered yet"}
    return tuple(
        (r.text, f"{session.name_of(r.person)}, {answered[bool(r.answered_by)]}") for r in requests
    )


def _owners(session: Session, case: Case) -> tuple[tuple[str, str], ...]:
    """Those who already read the matter: a condition must not tell it to anybody else."""
    held = (p for o in case.audience_offices for p in session.holders().get(o, ()))
    people = dict.fromkeys((case.subject, *held, *case.audience_people))
    return tuple((p, session.name_of(p)) for p in people)


def _conflicts(session: Session, case: Case) -> tuple[tuple[str, str], ...]:
    against = [d for d in case.standing_on("") if d.conflicts]
    return tuple((decision_words(d), decided_by(session, d)) for d in against)


# --- before signing ---------------------------------------------------------------------------


def consequences(session: Session, page: MatterSheet, choice: Choice) -> tuple[str, ...]:
    """What follows when the choice is signed: computed, never typed; the clock before all."""
    answer = _tried(session, session.case(page.case), choice)
    return tuple(dict.fromkeys(_follows(session, page, choice, answer)))


def _follows(session: Session, page: MatterSheet, choice: Choice, answer: Answer) -> Iterator[str]:
    if answer.assessments.clock is not None:
        clock = answer.assessments.clock
        yield f"A public disclosure is due on {day(clock.due)}, {clock.at}."
    elif choice.kind in ALLOWING and choice.kind is not DecisionKind.WAIVER_GRANTED:
        yield "No Form 8-K: this is not a waiver."
    yield CONSEQUENCES[choice.kind]
    if choice.material_departure is not None and choice.kind in ALLOWING:
        is_not = "a" if choice.material_departure else "no"
        yield f"You find that it is {is_not} material departure from the Code."
    for condition in choice.conditions:
        due = f" by {day(condition.due)}" if condition.due else ""
        owner = session.name_of(condition.owner) or "The filer"
        yield f"{owner}: {condition.text}{due}. It comes back as a task."
    for duty in answer.duties:
        when = day(duty.due) if duty.due else duty.when
        yield f"{duty.what}: {when}." if when else f"{duty.what}."
    for item in answer.information:
        yield f"{item.title} is informed."
    yield f"{page.title.partition(':')[0]} receives your decision with its reasons."


def _tried(session: Session, case: Case, choice: Choice) -> Answer:
    decision = {"kind": choice.kind.value, "on": session.today, "by": [session.person_id]}
    return matter_facts.answer_of(session, case, decision=decision)


def problems(session: Session, page: MatterSheet, choice: Choice) -> tuple[str, ...]:
    """What is missing, or not allowed, before the choice can be signed."""
    if page.blocked:
        return (page.blocked,)
    return tuple(_problems(session, page, choice))


def _problems(session: Session, page: MatterSheet, choice: Choice) -> Iterator[str]:
    if choice.kind not in {offer.kind for offer in page.offers}:
        yield f"“{WORDS[choice.kind]}” is not open to you in this matter."
    if not choice.reason.strip():
        yield "Write your reasons; the filer reads them, and they stay on file."
    yield from _condition_problems(page, choice)
    yield from _departure_problems(page, choice)
    yield from _void(session, page, choice)


def _condition_problems(page: MatterSheet, choice: Choice) -> Iterator[str]:
    conditional = choice.kind is DecisionKind.APPROVAL_WITH_CONDITIONS
    if conditional and not choice.conditions:
        yield "Add at least one condition, or choose another decision."
    owners = {person for person, _ in page.owners}
    for condition in choice.conditions:
        if not condition.text.strip():
            yield "One condition has no text."
        if condition.owner not in owners:
            yield "Every condition needs somebody who already reads this matter to see to it."
        if condition.due is None:
            yield "Every condition needs a day by which it is met."


def _departure_problems(page: MatterSheet, choice: Choice) -> Iterator[str]:
    """Approval is never waiver: a material departure can be allowed by a waiver alone."""
    if not page.needs_departure or choice.kind not in ALLOWING:
        return
    if choice.material_departure is None and page.departure is None:
        yield "Say whether it is a material departure from the Code."
    elif choice.material_departure is not None and not choice.departure_reason.strip():
        yield "Give the reason for your finding on a material departure."
    departs = choice.material_departure
    departs = page.departure[0] if departs is None and page.departure else departs
    if departs and choice.kind is not DecisionKind.WAIVER_GRANTED:
        yield "A material departure can be allowed only by a waiver, which others grant."


def _void(session: Session, page: MatterSheet, choice: Choice) -> Iterator[str]:
    try:
        attempt = _tried(session, session.case(page.case), choice).attempt
    except CandorError as fault:
        yield fault.message
        return
    if attempt is not None and attempt.state is AttemptState.VOID:
        yield from attempt.reasons
