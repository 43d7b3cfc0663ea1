"""What somebody must know before they decide a matter: what forbids it, whether a ruling comes
first, in whose stead they act, and decisions that were tried and do not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.app import matter_facts, matter_reading
from candor.app.committee_bodies import is_covered
from candor.app.matter_capacity import capacity, instead_of, ruling_capacity
from candor.app.matter_standing import decided_by, decision_words, sent_to
from candor.app.session import Session
from candor.policy.answer import Answer, Block
from candor.policy.facts import RulingAbout
from candor.policy.pack.rules import WaivableBy
from candor.records.matters import Case

WAYS_OUT = {
    WaivableBy.NOBODY: "Nobody can approve it, and nobody can waive the rule.",
    WaivableBy.WAIVER: "Only a waiver could allow it, and the filer has to ask for one.",
    WaivableBy.WRITTEN_DECLINE: "It is open once the Company has declined in writing.",
    WaivableBy.SIGNED_BASIS: "It is open once a written legal basis is signed.",
}
NO_WAIVER_HERE = (
    "For a director or an executive officer only the Board, or the committee that it named, "
    "grants a waiver (Code III ¶2). Send it on instead."
)


@dataclass(frozen=True)
class Prohibition:
    """A rule that stops a matter; ``way_out`` says whether anything can help."""

    title: str
    reason: str
    remedy: str
    way_out: str
    clause: str


@dataclass(frozen=True)
class RulingAsked:
    """A ruling that the owner has to sign; ``yes`` and ``no`` are what each answer means."""

    about: RulingAbout
    question: str
    yes: str
    no: str


@dataclass(frozen=True)
class Caveats:
    """``instead_of``: the sentence on the absence, or ''. ``void``: (what, who, why) of each
    decision that does not count. ``waits_for``: who decides where the owner does not, or ''.
    ``no_waiver``: why a waiver is not among the choices, or ''. ``due``: the day by which the
    rules want it decided."""

    prohibition: Prohibition | None
    ruling: RulingAsked | None
    instead_of: str
    void: tuple[tuple[str, str, str], ...]
    waits_for: str
    no_waiver: str
    due: date | None


def caveats(session: Session, case_id: str) -> Caveats:
    """What stands around the decision on a matter. Raises CandorError."""
    case = session.case(case_id)
    answer = matter_facts.answer_of(session, case)
    acting = capacity(session, case)
    ruling = _ruling(session, case, answer)
    held = acting or ruling_capacity(session, case)
    covered = is_covered(session, case.subject)
    return Caveats(
        prohibition=_prohibition(answer.block) if answer.block else None,
        ruling=ruling,
        instead_of=instead_of(session, case, held),
        void=_void(session, case),
        waits_for=sent_to(session, case.route).rstrip(",") if case.route and not acting else "",
        no_waiver=NO_WAIVER_HERE if covered and acting else "",
        due=date.fromisoformat(case.route.due) if case.route and case.route.due else None,
    )


def _prohibition(block: Block) -> Prohibition:
    return Prohibition(
        block.title, block.reason, block.remedy, WAYS_OUT[block.waivable_by], block.clause
    )


_ASKED = {
    RulingAbout.RPT_POLICY_APPLIES: (
        "Does the policy on related person transactions apply?",
        "The Audit Committee decides it.",
        "It is decided as any other conflict of interest.",
    ),
    RulingAbout.MATERIAL_DEPARTURE: (
        "Would it be a material departure from the Code?",
        "Only a waiver can allow it, and that is made public.",
        "It can be approved; no waiver is needed.",
    ),
    RulingAbout.ACTUAL_CONFLICT: (
        "Is there an actual conflict of interest?",
        "It goes to those who can grant a waiver.",
        "No waiver is needed; say so to the filer.",
    ),
}


def _ruling(session: Session, case: Case, answer: Answer) -> RulingAsked | None:
    """What the owner has to rule on now: what comes first, then the finding before a body."""
    if ruling_capacity(session, case) is None or case.matter is None or case.standing_on(""):
        return None
    if answer.ruling is not None and not answer.ruling.made:
        return RulingAsked(answer.ruling.about, *_ASKED[answer.ruling.about])
    about = RulingAbout.MATERIAL_DEPARTURE
    before_a_body = case.route is not None and bool(case.route.body)
    found = case.matter.ruling(about)
    is_made = found is not None and found.submission == matter_reading.newest(case).event
    return RulingAsked(about, *_ASKED[about]) if before_a_body and not is_made else None


def _void(session: Session, case: Case) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (decision_words(d), decided_by(session, d), d.void) for d in case.determinations if d.void
    )
