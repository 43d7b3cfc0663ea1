"""One matter on one page: its facts, its way with the reason, what happened, what one may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from candor.app import attachments, matter_reading, matter_way, notices
from candor.app.audience import may_read
from candor.app.matter_standing import (
    Duty,
    Group,
    Standing,
    decided_by,
    decision_words,
    duties,
    on_day,
    sent_to,
    standing,
)
from candor.app.matter_timeline import Happening, timeline
from candor.app.matter_way import Stage
from candor.app.notices import NoticeView
from candor.app.session import Session
from candor.errors import CandorError
from candor.forms.definition import Form, Question
from candor.forms.display import answer_line
from candor.forms.display import name as short_name
from candor.forms.kinds import Kind
from candor.forms.visibility import Reading
from candor.records.matters import REFUSALS, Case, Submission


class Act(StrEnum):
    """What a filer can do with a matter of theirs."""

    HAND_OVER = "hand_over"
    ANSWER = "answer"
    AMEND = "amend"
    RETIRE = "retire"
    WITHDRAW = "withdraw"
    COMPARE = "compare"
    COPY = "copy"


@dataclass(frozen=True)
class Offered:
    """An act that is open to this person, and what follows from it."""

    act: Act
    words: str
    consequence: str


@dataclass(frozen=True)
class AttachedFile:
    """A document of the case."""

    name: str
    digest: str


@dataclass(frozen=True)
class Outcome:
    """The decision that stands: in a word, by whom and when, and why."""

    word: str
    by: str
    reason: str
    refused: bool


@dataclass(frozen=True)
class CaseView:
    """Everything that the page of a matter shows. ``request`` is the open question's event,
    ``question`` what is asked and by whom; both are empty once it is decided. ``told``: the
    notices to the other directors that belong to it, with their confirmations."""

    case: str
    title: str
    line: str
    standing: Standing
    way: tuple[Stage, ...]
    because: str
    clause: str
    facts: tuple[tuple[str, str], ...]
    files: tuple[AttachedFile, ...]
    duties: tuple[Duty, ...]
    happenings: tuple[Happening, ...]
    acts: tuple[Offered, ...]
    foot: str
    forked: str
    request: str
    question: str
    outcome: Outcome | None
    mine: bool
    told: tuple[NoticeView, ...]


def view(session: Session, case_id: str) -> CaseView:
    """A matter that this person filed or may read. Raises CandorError."""
    case = session.case(case_id)
    _need_reader(session, case)
    version = matter_reading.newest(case)
    now = standing(session, case)
    mine = case.subject == session.person_id
    route = case.route
    return CaseView(
        case=case.id,
        title=about(session, case),
        line=_line(session, case),
        standing=now,
        way=matter_way.way(session, case),
        because=route.reason if route else "",
        clause=route.clause if route else "",
        facts=facts(session, case, version),
        files=_files(version),
        duties=duties(session, case),
        happenings=timeline(session, case),
        acts=tuple(_acts(case, now)) if mine and not case.forked else (),
        foot=_foot(session, case),
        forked=case.forked,
        request=_open_request(case),
        question=now.text if _open_request(case) else "",
        outcome=_outcome(session, case),
        mine=mine,
        told=notices.of_form(session, case),
    )


def _need_reader(session: Session, case: Case) -> None:
    own = case.subject == session.person_id
    if case.kind != matter_reading.MATTER or not (
        own or may_read(session, case, session.person_id)
    ):
        raise CandorError(
            "That matter is not one of yours.", hint="Open one from the list of disclosures."
        )


def about(session: Session, case: Case) -> str:
    """What to call a matter: its form's title, and what its filer called it first."""
    version = matter_reading.newest(case)
    form = session.form(version.form)
    named = next((said for said in _names(form, version)), "")
    return f"{form.title['en']}: {named}" if named else form.title["en"]


def _names(form: Form, version: Submission) -> Iterator[str]:
    for question in form.questions:
        answer = version.answers.get(question.id)
        if question.kind is Kind.SHORT_TEXT and answer and isinstance(answer.value, str):
            yield answer.value if len(answer.value) <= _LONGEST else _cut(answer.value)


_LONGEST = 48


def _cut(text: str) -> str:
    return f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"


def _line(session: Session, case: Case) -> str:
    number = case.number or "No number yet"
    who = f"{session.name_of(case.subject)}, {session.title_of(case.subject)}"
    return f"{number}, filed by {who}. Signed {on_day(case.submissions[0].claimed_at)}."


_ACTS_OF_SIGNING = frozenset({Kind.ACKNOWLEDGEMENT, Kind.SIGNATURE, Kind.ATTACHMENT})


def facts(session: Session, case: Case, version: Submission) -> tuple[tuple[str, str], ...]:
    """What was answered, as short name and line; acts of signing and files are left out."""
    form, context = session.form(version.form), matter_reading.context_of(version)
    reading = Reading(form, context, version.answers)
    return tuple(
        (short_name(question, form, context, version.language), _said(question, version))
        for question in reading.visible
        if question.kind not in _ACTS_OF_SIGNING
        and question.audience == case.audience_name
        and question.id in version.answers
    )


def _said(question: Question, version: Submission) -> str:
    answer = version.answers[question.id]
    said = answer_line(question, answer, version.language)
    return f"{said} ({answer.comment})" if answer.comment else said


def _files(version: Submission) -> tuple[AttachedFile, ...]:
    found = attachments.of(version.answers.values())
    return tuple(AttachedFile(str(file["name"]), str(file["digest"])) for file in found)


def _open_request(case: Case) -> str:
    asked = case.matter.open_requests if case.matter else ()
    return asked[-1].event if asked and case.determination("") is None else ""


def _outcome(session: Session, case: Case) -> Outcome | None:
    found = case.determination("")
    if found is None:
        return None
    by = decided_by(session, found)
    return Outcome(decision_words(found), by, found.reason, found.kind in REFUSALS)


def _acts(case: Case, now: Standing) -> Iterator[Offered]:
    """What the filer may do, the most pressing first; a matter taken back is only read."""
    part, version = case.matter, len(case.submissions)
    closed = part is not None and (part.withdrawal or part.retirement)
    if now.group is Group.NEEDS and not case.receipts and not _open_request(case):
        yield Offered(Act.HAND_OVER, "Hand over the file", "Save it or send it; it is sealed.")
    if _open_request(case) and not closed:
        words = f"Your answers open as version {version + 1}. No due date moves."
        yield Offered(Act.ANSWER, "Answer the question", words)
    if not (part and part.withdrawal):
        words = f"Version {version} stays beside version {version + 1}; you say why and sign."
        yield Offered(Act.AMEND, "Amend it", words)
    if not closed:
        yield Offered(
            Act.RETIRE, "It has ended", "You say, signed, on which day. Everything stays on file."
        )
        yield Offered(
            Act.WITHDRAW, "Take it back", "Nobody decides it then. Nothing is deleted, ever."
        )
    if version > 1:
        yield Offered(Act.COMPARE, "Compare versions", "What each amendment changed, in words.")
    yield Offered(Act.COPY, "Your signed copy", "The pages as you signed them last.")


def _foot(session: Session, case: Case) -> str:
    """Who may decide: never the person whose matter it is."""
    own = case.subject == session.person_id
    nobody = "Nobody decides a matter of their own." if own else ""
    if case.route is None or case.determination("") is not None:
        return nobody
    who = sent_to(session, case.route).rstrip(",")
    return f"Only {who[:1].lower() + who[1:] if case.route.body else who} can decide this."


def paper(session: Session, case_id: str, digest: str) -> bytes:
    """A document of a case, as it was attached. Raises CandorError."""
    case = session.case(case_id)
    _need_reader(session, case)
    if digest not in {file.digest for s in case.submissions for file in _files(s)}:
        raise CandorError("That document is not part of this case.", hint="Open the case again.")
    return attachments.taken(session.vault, digest)
