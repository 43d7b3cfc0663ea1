"""From cases to what a page says: annexes, changes, exceptions, the signer's own copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from candor.app import deciding, reading
from candor.app.session import Session
from candor.app.words import day, plural
from candor.app.words import moment as moment_with_offset
from candor.clock import stamp
from candor.forms import compare, printed
from candor.forms.answers import Answer, Change
from candor.forms.definition import Form
from candor.forms.display import name as short_name
from candor.forms.flags import highest
from candor.forms.kinds import Kind
from candor.forms.printed import PrintedForm
from candor.packet import content as page
from candor.packet.dates import moment
from candor.policy.terms import DecisionKind
from candor.records.matters import Case, Determination, Submission

_RIGHT = frozenset({Kind.MONEY, Kind.NUMBER})


def last_year_of(case: Case) -> dict[str, Answer] | None:
    """Last year's answers as they were issued with the form; None for a first year."""
    rows = case.issued.last_year if case.issued else {}
    found = {q: row["answer"] for q, row in rows.items()}
    return found or None


def printed_form(session: Session, case: Case, audience: str = "") -> PrintedForm:
    """The newest submission of a case in words; ``audience`` leaves out everybody else's."""
    submission = reading.newest(case)
    return printed.printed(
        session.form(submission.form),
        reading.context_of(case),
        submission.answers,
        submission.language,
        last_year=last_year_of(case),
        audience=audience,
    )


def annex(session: Session, case: Case) -> page.Annex:
    """A questionnaire in full, as signed, for those who may read the main body."""
    submission = reading.newest(case)
    form = session.form(submission.form)
    shown = printed_form(session, case, audience=form.default_audience)
    return page.Annex(
        key=case.subject,
        name=session.name_of(case.subject),
        role=session.title_of(case.subject),
        case_number=case.number,
        title=shown.title,
        facts=_facts(session, case, submission, shown),
        parts=tuple(_part(section) for section in shown.sections),
    )


def _facts(
    session: Session, case: Case, submission: Submission, shown: PrintedForm
) -> tuple[tuple[str, str], ...]:
    receipt = case.receipt(submission.event)
    zone = session.pack.company.time_zone
    signed = moment(datetime.fromisoformat(submission.claimed_at), zone)
    pairs = [
        ("Signed", f"{submission.name}, {signed}, by the signer’s own clock"),
        ("Form", f"{shown.code}, version {shown.version}, {submission.form[:16]}"),
        ("Record", submission.event[:16]),
    ]
    if receipt is not None:
        received = moment(datetime.fromisoformat(receipt.received_at), zone)
        pairs.insert(1, ("Received", f"{received}, {session.name_of(receipt.person)}"))
    return tuple(pairs)


def _part(section: printed.PrintedSection) -> page.AnnexPart:
    return page.AnnexPart(
        number=str(section.number),
        title=section.title,
        intro=" ".join(_sentence(part) for part in (section.intro, *section.periods) if part),
        questions=tuple(_question(question) for question in section.questions),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _question(question: printed.PrintedQuestion) -> page.PrintedQuestion:
    severity = highest(question.flags)
    table = None
    if question.rows:
        columns = tuple(page.Column(c.label, c.kind in _RIGHT) for c in question.columns)
        rows = tuple(tuple(cell or "–" for cell in row) for row in question.rows)
        table = page.Rows(columns, rows, question.single and len(rows) == 1)
    comment = "; ".join(part for part in (question.comment, _files(question.files)) if part)
    return page.PrintedQuestion(
        number=question.number,
        wording=question.wording,
        options=tuple(page.Option(o.label, o.chosen) for o in question.options),
        value=question.answer,
        table=table,
        explanation=question.explanation,
        unable=question.unable,
        comment=comment,
        dispute=question.dispute,
        source=question.source,
        period=question.period,
        severity=severity,
        change=_change(question),
        cites=question.cites,
    )


def _files(names: tuple[str, ...]) -> str:
    return f"Attached: {', '.join(names)}" if names else ""


def _change(question: printed.PrintedQuestion) -> str:
    if question.change is None:
        return ""
    if question.change is Change.NEW:
        return "not asked last year"
    verb = "still correct" if question.change is Change.REAFFIRMED else "changed"
    said = question.last_year
    return f"last year: {_begun(said)}; {verb}"


def _begun(said: str, limit: int = 40) -> str:
    """The beginning of last year's answer, cut after a cell of a row, or else after a word."""
    if len(said) <= limit:
        return said
    begun = said[: limit - 1]
    return begun.rsplit(", " if ", " in begun else " ", 1)[0] + "…"


def changes(session: Session, case: Case) -> page.PersonChanges:
    """What one person answered differently from last year: one page."""
    submission = reading.newest(case)
    form, context = session.form(submission.form), reading.context_of(case)
    last = last_year_of(case) or {}
    flagged = {f.question: f.severity for f in reading.exceptions_of(session, case)}
    main = {q: a for q, a in last.items() if _is_main(form, q)}
    differences = compare.compare(form, main, submission.answers, submission.language)
    tally = compare.tally(submission.answers)
    return page.PersonChanges(
        key=case.subject,
        name=session.name_of(case.subject),
        role=session.title_of(case.subject),
        case_number=case.number,
        asked=tally.asked,
        still_correct=tally.reaffirmed,
        deck=_changes_deck(tally, last),
        how_we_know=_how_we_know(case),
        changed=tuple(
            page.Changed(
                question=d.question,
                label=short_name(form.question(d.question), form, context, submission.language),
                last_year=d.then or "not answered",
                this_year=d.now or "not asked",
                weight=flagged.get(d.question),
            )
            for d in differences
            if d.change is Change.CHANGED
        ),
        new=tally.new,
        unable=tuple(
            page.Unable(
                question=q,
                label=short_name(form.question(q), form, context, submission.language),
                reason=a.unable,
            )
            for q, a in submission.answers.items()
            if a.unable
        ),
    )


def _changes_deck(tally: compare.Tally, last: dict[str, Answer]) -> str:
    if not last:
        return "A first questionnaire: nothing to compare with."
    counts = f"{plural(tally.changed, 'answer')} changed, {tally.new or 'none'} new"
    unable = f"; {tally.unable} could not be given" if tally.unable else ""
    return f"{counts}{unable}."


def _how_we_know(case: Case) -> str:
    rows = case.issued.last_year if case.issued else {}
    signed = {row["signed_at"][:10] for row in rows.values()}
    if not signed:
        return ""
    when = day(date.fromisoformat(max(signed)))
    return (
        f"Compared with what was signed on {when}. The signed record says of each answer whether "
        "it is changed, re-affirmed or new."
    )


def _is_main(form: Form, question: str) -> bool:
    known = {q.id: q.audience for q in form.questions}
    return known.get(question) == form.default_audience


def _clipped(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def exceptions(session: Session, case: Case) -> tuple[page.ExceptionItem, ...]:
    """The exceptions of a case with every determination, void ones included."""
    return tuple(_exception(session, case, fact) for fact in reading.exceptions_of(session, case))


def _exception(session: Session, case: Case, fact: reading.ExceptionFact) -> page.ExceptionItem:
    decided = reading.determination_of(case, fact.question)
    referral = reading.referral_of(case, fact.question)
    state = (
        page.State.DETERMINED if decided else page.State.REFERRED if referral else page.State.OPEN
    )
    stands = ""
    if decided is None and referral is not None:
        stands = f"With {session.name_of(reading.whose_turn(session, referral)[1])}"
    found = [d for d in case.determinations if d.question == fact.question]
    return page.ExceptionItem(
        question=fact.question,
        severity=fact.severity,
        what=fact.flag_text,
        rule="; ".join(fact.cites),
        state=state,
        answer=_clipped(fact.answer_text, 400),
        stands_with=stands,
        determinations=tuple(_determination(session, case, d) for d in found),
    )


def _determination(session: Session, case: Case, found: Determination) -> page.Determination:
    departure = found.material_departure
    ruling = ""
    if departure is not None and departure.reason:
        ruling = f"{'Yes' if departure.is_departure else 'No'}: {departure.reason}"
    referral = reading.referral_of(case, found.question)
    return page.Determination(
        decision=deciding.WORDS[DecisionKind(found.kind)] if found.kind else "Not readable",
        reason=found.reason,
        by=session.name_of(found.person),
        office=session.pack.office_title(found.office),
        on=datetime.fromisoformat(found.claimed_at),
        acting_note=referral.reason if referral else "",
        conditions=tuple(
            page.Condition(c.text, c.owner, date.fromisoformat(c.due) if c.due else None)
            for c in found.conditions
        ),
        material_departure=ruling,
        void=found.void,
        event=found.event[:16],
    )


def filing_content(session: Session, case: Case) -> page.FilingContent:
    """The signer's own print: every answer that they signed, whatever its audience."""
    return _filing(session, case, reading.newest(case), signed_answers(session, case))


def unsigned_content(
    session: Session, case: Case, answers: Mapping[str, Answer], at: datetime
) -> page.FilingContent:
    """The same pages for answers that are not signed yet, without the sheet of evidence."""
    issued = case.issued
    submission = Submission(
        event="",
        person=case.subject,
        claimed_at=stamp(at),
        form=issued.form if issued else "",
        name=session.name_of(case.subject),
        language="en",
    )
    shown = _filing(session, case, submission, answers)
    annex = replace(shown.annex, facts=(("Signed", "Not signed yet"),))
    return replace(shown, annex=annex, unsigned=True)


def _filing(
    session: Session, case: Case, submission: Submission, answers: Mapping[str, Answer]
) -> page.FilingContent:
    form = session.form(submission.form)
    shown = printed.printed(
        form,
        reading.context_of(case),
        answers,
        submission.language,
        last_year=last_year_of(case),
    )
    whole = page.Annex(
        key=case.subject,
        name=session.name_of(case.subject),
        role=session.title_of(case.subject),
        case_number=case.number,
        title=shown.title,
        facts=_facts(session, case, submission, shown),
        parts=tuple(_part(section) for section in shown.sections),
    )
    signed = datetime.fromisoformat(submission.claimed_at)
    return page.FilingContent(
        company=session.company,
        title=shown.title,
        signer=submission.name,
        capacity=session.title_of(case.subject),
        meaning=session.pack.text("filer_signature"),
        as_of=signed,
        zone=session.pack.company.time_zone,
        rule_set_date=date.fromisoformat(session.pack.company.rule_set_date),
        annex=whole,
        evidence=(
            page.EvidenceLine(
                "Claimed time", f"{moment_with_offset(signed)}, by the signer’s own clock"
            ),
            page.EvidenceLine(
                "Consent", f"Agreed to sign electronically{_text(submission.consent)}"
            ),
            page.EvidenceLine("Meaning", f"The statement above{_text(submission.meaning)}"),
            page.EvidenceLine("Version", _edition(len(case.submissions))),
        ),
        digests=(
            page.EvidenceLine("Signed record", submission.event),
            page.EvidenceLine("Form", submission.form),
        ),
        steps=(
            (
                "This print is the signer’s copy. The signed record in the signer’s vault, and in "
                "the Secretary’s, is the original."
            ),
            "In Candor, open My forms: the record’s digest there must equal the one printed here.",
        ),
        root_fingerprint=session.root_fingerprint,
        paper=page.Paper(session.vault.setting("paper", "letter")),
        language=session.vault.setting("language", "en-US"),
        carve_out=session.pack.text("carve_out"),
    )


def _text(reference: str) -> str:
    """ ", text 1" of a reference to a signed text of the code pack, "filer_signature/1"."""
    _, _, version = reference.rpartition("/")
    return f", text {version}" if version else ""


def _edition(number: int) -> str:
    return "1" if number <= 1 else f"{number}; replaces version {number - 1}"


def signed_answers(session: Session, case: Case) -> dict[str, Answer]:
    """Every answer of the newest version that this vault may read, all audiences together."""
    found = dict(reading.newest(case).answers)
    for other in session.state.cases.values():
        same = other.subject == case.subject and other.campaign == case.campaign
        if other.kind == "sealed" and same and other.submissions:
            found.update(other.submissions[-1].answers)
    return found
