"""What a packet says, built from the cases of one campaign."""

from __future__ import annotations

from collections import Counter
from datetime import date

from candor.app import line_up, printing, reading
from candor.app.campaigns import CampaignView
from candor.app.session import Session
from candor.app.words import counted, plural
from candor.errors import CandorError
from candor.packet import content as page
from candor.packet.content import PacketContent, PacketKind, Part
from candor.policy import independence
from candor.policy.terms import FilerClass, Severity
from candor.records.matters import Case

_SERIOUS = (Severity.HIGH, Severity.MEDIUM, Severity.OPEN)


def cases_for(session: Session, campaign: str, kind: PacketKind) -> tuple[Case, ...]:
    """The questionnaires that stand in a packet of this kind."""
    main, own = line_up.split(session, campaign)
    return main if kind is PacketKind.PACKET else own


def build(
    session: Session, view: CampaignView, kind: PacketKind, version: int, *, specimen: bool
) -> PacketContent:
    """The content of a packet. Raises CandorError where there is nothing to print."""
    cases = cases_for(session, view.id, kind)
    if not cases:
        raise CandorError(
            "No signed questionnaire belongs into this packet.",
            hint="Import the replies first.",
        )
    people = tuple(_report(session, case) for case in cases)
    committee = session.pack.committee("audit")
    holders = session.directory.holders
    chair = next(iter(holders(committee.chair)), "")
    members = tuple(session.name_of(p) for p in holders(committee.member) if p != chair)
    return PacketContent(
        company=session.company,
        committee=committee.title,
        title=view.title if kind is PacketKind.PACKET else f"{view.title}: supplement",
        kind=kind,
        meeting_on=view.meeting_on,
        as_of=session.clock.now(),
        zone=session.pack.company.time_zone,
        rule_set_date=date.fromisoformat(session.pack.company.rule_set_date),
        version=version,
        code_version=f"Code version {session.pack.company.code_version}",
        summary=_summary(session, view, kind, cases, people),
        signers=line_up.lines(session, kind.value),
        agenda=_agenda(kind, people),
        people=people,
        independence=_independence(session, cases),
        independence_question=_question(session, cases),
        independence_note=session.pack.text("not_independent_wording"),
        changes=tuple(printing.changes(session, case) for case in cases),
        annexes=tuple(printing.annex(session, case) for case in cases),
        chair=session.name_of(chair) if chair else "",
        members=members,
        secretary=session.me.name,
        notes=_notes(session, view.id, kind),
        confidential_note=session.pack.text("carve_out"),
        paper=page.Paper(session.vault.setting("paper", "letter")),
        specimen=specimen,
        root_fingerprint=session.root_fingerprint,
        language=session.vault.setting("language", "en-US"),
    )


def _report(session: Session, case: Case) -> page.PersonReport:
    return page.PersonReport(
        key=case.subject,
        name=session.name_of(case.subject),
        role=session.title_of(case.subject),
        case_number=case.number,
        exceptions=printing.exceptions(session, case),
    )


def _agenda(kind: PacketKind, people: tuple[page.PersonReport, ...]) -> tuple[page.AgendaItem, ...]:
    total = sum(len(person.exceptions) for person in people)
    return (
        page.AgendaItem(
            "Independence of directors",
            page.ItemKind.DISCUSSION,
            "What the answers show; the Board determines",
            Part.INDEPENDENCE,
        ),
        page.AgendaItem(
            "Exceptions and determinations",
            page.ItemKind.DISCUSSION,
            f"{plural(total, 'exception')} of {plural(len(people), 'person', 'people')}",
            Part.EXCEPTIONS,
        ),
        page.AgendaItem(
            "What changed since last year", page.ItemKind.INFORMATION, "", Part.CHANGED
        ),
        page.AgendaItem(
            f"Receive this {kind.value} for the record",
            page.ItemKind.DECISION,
            "Signatures",
            Part.SIGNATURES,
        ),
        page.AgendaItem(
            "Questionnaires as signed", page.ItemKind.INFORMATION, "In full", Part.ANNEXES
        ),
    )


def _summary(
    session: Session,
    view: CampaignView,
    kind: PacketKind,
    cases: tuple[Case, ...],
    people: tuple[page.PersonReport, ...],
) -> page.Summary:
    items = tuple(item for person in people for item in person.exceptions)
    decided = sum(item.state is page.State.DETERMINED for item in items)
    severities = Counter(item.severity for item in items)
    words = ", ".join(f"{severities[s]} {s.value}" for s in _SERIOUS if severities[s])
    deck = f"{counted(len(items), 'exception')} in {plural(len(cases), 'questionnaire')}"
    deck += f": {words}. {decided} decided." if words else "."
    whole = kind is PacketKind.PACKET
    signed = f"{sum(r.since is not None and r.number != '' for r in view.rows)} of {view.total}"
    return page.Summary(
        deck=deck,
        figures=(
            page.Figure(signed if whole else str(len(cases)), "questionnaires signed"),
            page.Figure(str(severities[Severity.HIGH]), "high exceptions"),
            page.Figure(f"{decided} of {len(items)}", "exceptions decided"),
            page.Figure(str(severities[Severity.OPEN]), "answers open"),
        ),
        outstanding=tuple(_missing(view)) if whole else (),
        notes=_notes(session, view.id, kind),
    )


def _missing(view: CampaignView) -> list[page.Outstanding]:
    return [
        page.Outstanding(row.name, "questionnaire not signed", view.due, row.what_we_know)
        for row in view.rows
        if not row.number
    ]


def _notes(session: Session, campaign: str, kind: PacketKind) -> tuple[str, ...]:
    _, own = line_up.split(session, campaign)
    if not own:
        return ()
    names = ", ".join(session.name_of(case.subject) for case in own)
    if kind is PacketKind.PACKET:
        return (
            (
                f"The questionnaires of those who sign this packet ({names}) stand in a supplement "
                "that the next in the chain signs."
            ),
        )
    return (f"This supplement holds the questionnaires of those who sign the packet: {names}.",)


def _independence(session: Session, cases: tuple[Case, ...]) -> tuple[page.IndependenceRow, ...]:
    rows = []
    for case in cases:
        classes = set(session.directory.people[case.subject].classes)
        if classes & {FilerClass.DIRECTOR, FilerClass.NOMINEE}:
            rows.append(_independence_row(session, case))
    return tuple(rows)


def _independence_row(session: Session, case: Case) -> page.IndependenceRow:
    submission = reading.newest(case)
    caught: dict[str, set[str]] = {}
    for flag in reading.flags_of(session, case):
        if flag.severity == Severity.HIGH:
            caught.setdefault(flag.question, set()).update(flag.kinds)
    unable = {q for q, a in submission.answers.items() if a.unable}
    found = independence.tests(session.pack, set(submission.answers), unable, caught)
    return page.IndependenceRow(
        name=session.name_of(case.subject),
        role=session.title_of(case.subject),
        cells=tuple(page.Cell(finding.value) for _, finding in found.findings),
        key=case.subject,
    )


def _question(session: Session, cases: tuple[Case, ...]) -> str:
    rows = _independence(session, cases)
    if not rows:
        return ""
    clear = sum(row.finding == "No bar found" for row in rows)
    people = counted(clear, "person", "people").lower()
    return f"Shall the Committee recommend that the Board consider {people} for independence?"
