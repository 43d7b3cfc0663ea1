"""Matters being written: started from a form, kept as they grow, opened again or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from candor.app import campaigns, matter_reading, named, shipped_forms
from candor.app.draft import Draft, Paper
from candor.app.matter_begun import ANSWER, BEGUN, Begun
from candor.app.session import FORM, Session
from candor.errors import CandorError
from candor.forms import opening
from candor.forms.answers import Answer, Context
from candor.forms.definition import Form
from candor.forms.opening import Offer
from candor.keys.codes import new_id
from candor.policy.facts import Matter
from candor.records.matter_parts import Link
from candor.records.matters import Case
from candor.resources import form_bytes

CONFLICT = "conflict"


@dataclass(frozen=True)
class MatterForm:
    """A form that the owner may start; ``matter`` is a kind of the rules."""

    id: str
    code: str
    title: str
    intro: str
    matter: str


@dataclass(frozen=True)
class DraftRow:
    """A matter that is not signed yet."""

    case: str
    title: str
    saved_at: datetime
    amends: str


class MatterDraft(Draft):
    """A matter's answers before signing. It has no due day: the Code wants it at once."""

    def __init__(self, session: Session, case: Case, begun: Begun) -> None:
        form = session.form(begun.form)
        self.begun = begun
        super().__init__(session, case, _paper(session, form, begun))

    def _classified(self, answer: Answer) -> Answer:
        """Whoever is named may be somebody who then may not decide."""
        question = self.form.question(answer.question)
        return super()._classified(named.recognised(self.session, question, answer))


def _paper(session: Session, form: Form, begun: Begun) -> Paper:
    read_against = context(session, date.fromisoformat(begun.on))
    return Paper(form, read_against, form.title["en"], due=None)


def context(session: Session, on: date) -> Context:
    """What a matter's answers are read against: the filer and the settings as they are now."""
    month, day = map(int, session.pack.company.fiscal_year_end.split("-"))
    ended = date(on.year, month, day)
    last = ended if ended < on else date(on.year - 1, month, day)
    return Context(
        filer=campaigns.filer_of(session, session.person_id, ()),
        determination_date=on.isoformat(),
        fiscal_year_end=last.isoformat(),
        settings=session.pack.setting_values(),
    )


def forms(session: Session) -> tuple[MatterForm, ...]:
    """The forms that the owner may start, by their codes."""
    classes = set(session.me.classes)
    return tuple(
        MatterForm(
            form.id,
            form.code,
            form.title["en"],
            form.intro.get("en", ""),
            form.matter.value if form.matter else "",
        )
        for form in shipped_forms.matters()
        if not classes or classes & {role.value for role in form.roles}
    )


def start(
    session: Session,
    form_id: str,
    *,
    links: tuple[Link, ...] = (),
    carried: Mapping[str, Answer] | None = None,
) -> MatterDraft:
    """Begin a matter on a form; it is on disk from now on. Raises CandorError."""
    if form_id not in {form.id for form in forms(session)}:
        raise CandorError(
            "That form is not for you to start.", hint="Choose one of the forms that are listed."
        )
    data = form_bytes(form_id)
    form = shipped_forms.everything()[form_id]
    begun = Begun(form.digest, session.today, links)
    case = Case(id=new_id(), kind="matter", subject=session.person_id)
    with session.batch():
        session.vault.put_document(FORM, form.digest, data, {"id": form.id})
        _keep(session, case.id, begun)
        draft = MatterDraft(session, case, begun)
        draft.start_from(carried or {})
    return draft


def start_from_answer(session: Session, draft: Draft, offer: Offer) -> MatterDraft:
    """Begin the form that an answer offers, with what was already said there."""
    opened = shipped_forms.everything()[offer.opening.form]
    carried = opening.carried(draft.form, offer, draft.answers, opened)
    number = draft.case.number
    link = Link(draft.case.id, ANSWER, number, offer.question)
    return start(session, opened.id, links=(link,), carried=carried)


def start_waiver(session: Session, case: Case) -> MatterDraft:
    """Begin the request for a waiver that belongs to a matter of the owner's own."""
    _need_own(session, case)
    form = next(f for f in shipped_forms.matters() if f.matter is Matter.WAIVER)
    return start(session, form.id, links=(Link(case.id, CONFLICT, case.number),))


def amend(session: Session, case_id: str, request: str = "") -> MatterDraft:
    """Begin a new version of a filed matter, from what was signed last. Raises CandorError."""
    case = session.case(case_id)
    _need_own(session, case)
    if case.matter is not None and case.matter.withdrawal is not None:
        raise CandorError(
            "This matter was withdrawn, so it cannot be amended.", hint="File a new one."
        )
    newest = matter_reading.newest(case)
    on = session.today
    begun = Begun(newest.form, on, newest.links, newest.event, request)
    with session.batch():
        _keep(session, case.id, begun)
        draft = MatterDraft(session, case, begun)
        if session.vault.draft(case.id) is None:
            draft.start_from(matter_reading.own_answers(session, case))
    return draft


def _need_own(session: Session, case: Case) -> None:
    if case.kind != "matter" or case.subject != session.person_id:
        raise CandorError("That is not a matter of yours.", hint="Open one of your own.")


def _keep(session: Session, case: str, begun: Begun) -> None:
    session.vault.put_document(BEGUN, case, msgspec.json.encode(begun), {})


def open_draft(session: Session, case_id: str) -> MatterDraft:
    """Open a matter that was begun before. Raises CandorError."""
    draft = _begun(session, case_id)
    if draft is None:
        raise CandorError("That draft is not in this vault.", hint="Start the form again.")
    return draft


def _begun(session: Session, case_id: str) -> MatterDraft | None:
    document = session.vault.document(BEGUN, case_id)
    if document is None:
        return None
    begun = msgspec.json.decode(document.data, type=Begun)
    empty = Case(id=case_id, kind="matter", subject=session.person_id)
    return MatterDraft(session, session.state.cases.get(case_id, empty), begun)


def drafts(session: Session) -> tuple[DraftRow, ...]:
    """The owner's unsigned matters, the newest first."""
    rows = []
    for listed in session.vault.documents(BEGUN):
        draft = _begun(session, listed.key)
        if draft is None:
            continue  # thrown away or signed since it was listed
        saved = draft.saved_at or datetime.fromisoformat(listed.saved_at)
        rows.append(DraftRow(listed.key, draft.title, saved, draft.case.number))
    return tuple(sorted(rows, key=lambda row: row.saved_at, reverse=True))


def discard(session: Session, case_id: str) -> None:
    """Throw a draft away; what was signed stays."""
    with session.vault.transaction():
        session.vault.discard_draft(case_id)
        session.vault.delete_document(BEGUN, case_id)
    session.changed += 1
