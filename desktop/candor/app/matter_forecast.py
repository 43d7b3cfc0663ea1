"""Where a matter would go if it were filed as it stands: who decides, why, who is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from candor.app import matter_facts, named
from candor.app.matter_drafts import MatterDraft
from candor.app.session import Session
from candor.app.words import listed
from candor.forms.visibility import Reading
from candor.policy import answer as policy
from candor.policy.answer import Decider, Part, Status
from candor.policy.facts import RulingAbout
from candor.policy.facts.reading import FactsFaults
from candor.policy.pack.rows import ASSET_OWNER, MANAGER


@dataclass(frozen=True)
class Forecast:
    """``title`` says it in a line. ``known`` is False while answers are missing for it.

    ``passed_over``: (who, why); ``next``: what happens after filing, in order; ``sentences``: the
    whole reasoning of the rules.
    """

    known: bool
    stopped: bool
    title: str
    reason: str
    clause: str = ""
    passed_over: tuple[tuple[str, str], ...] = ()
    next: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


NOT_KNOWN = "Nobody at the Company has this name, so it keeps nobody out."
OPEN = Forecast(
    known=False,
    stopped=False,
    title="Not known yet",
    reason="Who decides depends on your answers. It is told here once enough of them are given.",
)


def forecast(session: Session, draft: MatterDraft) -> Forecast:
    """Where a draft would go, by the same rules that decide it after filing."""
    try:
        facts = matter_facts.of_draft(session, draft)
    except FactsFaults:
        return OPEN
    told = _told(session, matter_facts.judged(session, facts))
    reading = Reading(draft.form, draft.context, draft.answers)
    unknown = tuple((f"“{name}”", NOT_KNOWN) for name in named.unknown(draft.form, reading))
    return replace(told, passed_over=(*told.passed_over, *dict.fromkeys(unknown)))


def _told(session: Session, found: policy.Answer) -> Forecast:
    if found.block is not None:
        return Forecast(
            known=True,
            stopped=True,
            title="Nobody can approve this",
            reason=f"{found.block.reason} {found.block.remedy}",
            clause=found.block.clause,
            sentences=found.sentences,
        )
    first = next((one for one in found.deciders if one.part in _FIRST), None)
    ruler = next((one for one in found.deciders if one.part is Part.RULES_FIRST), None)
    passed_over = tuple(_passed_over(session, found))
    title, then = _title(found), tuple(_next(found))
    reason, clause = found.reason, found.clauses[0] if found.clauses else ""
    if ruler is not None:
        # who decides may hang on the ruling: that is told first, and the rest as it looks now
        title, then = _rules_first(ruler), (f"Then, as it looks now: {title}.", *then)
        reason, clause = ruler.reason, ruler.clause
    elif first is not None and passed_over:
        reason, clause = first.reason, first.clause
    return Forecast(
        known=True,
        stopped=False,
        title=title,
        reason=reason,
        clause=clause,
        passed_over=passed_over,
        next=then,
        sentences=found.sentences,
    )


def _rules_first(ruler: Decider) -> str:
    about = _ABOUT.get(ruler.about, "") if ruler.about else ""
    return f"{_who(ruler)} first rules, signed, {about}".rstrip(" ,")


_FIRST = frozenset({Part.DECIDES, Part.SIGNS_JOINTLY, Part.DECIDES_ANY, Part.NOTES, Part.RECEIVES})
_VERBS = {
    Status.DECIDE: ("decides", "decide together"),
    Status.RECORD: ("puts it on record", "put it on record"),
    Status.RECEIVE: ("receives it", "receive it"),
}


def _title(found: policy.Answer) -> str:
    if found.status is Status.SERVE:
        return "Every other director is told"
    names = tuple(dict.fromkeys(_who(one) for one in found.deciders if one.part in _FIRST))
    if found.status is Status.WAIT or not names:
        return "Nobody may decide this now"
    if any(one.part is Part.DECIDES_ANY for one in found.deciders) and len(names) > 1:
        return f"Any one of these may decide: {listed(names, limit=4)}"
    return f"{listed(names, limit=4)} {_VERBS[found.status][len(names) > 1]}"


_OF_THE_CASE = {MANAGER: "Your manager", ASSET_OWNER: "Whoever answers for the thing"}


def _who(one: Decider) -> str:
    if one.office in _OF_THE_CASE and not one.name:
        return _OF_THE_CASE[one.office]
    return f"The {one.title}" if one.body or not one.name else f"{one.name} ({one.title})"


_ABOUT = {
    RulingAbout.RPT_POLICY_APPLIES: "whether the policy on related persons applies",
    RulingAbout.MATERIAL_DEPARTURE: "whether it departs materially from the Code",
    RulingAbout.ACTUAL_CONFLICT: "whether there is an actual conflict",
}


def _passed_over(session: Session, found: policy.Answer) -> Iterator[tuple[str, str]]:
    for one in found.excluded:
        office = session.pack.office_title(one.office) if one.office else ""
        who = ", ".join(part for part in (one.name, office) if part)
        yield who, f"{one.reason[:1].upper()}{one.reason[1:]}".rstrip(".") + "."


def _next(found: policy.Answer) -> Iterator[str]:
    for one in found.deciders:
        if one.part in {Part.RECOMMENDS, Part.CERTIFIES}:
            verb = "prepares it" if one.part is Part.RECOMMENDS else "certifies the outcome"
            yield f"{_who(one)} {verb}."
    if found.body is not None and found.body.votes_needed:
        yield f"{found.body.votes_needed} members who are not concerned must vote for it."
    if found.prior_approval and not found.ratification:
        yield "Nothing may begin before that."
    if found.ratification:
        yield "It has begun already, so it can only be ratified afterwards, or has to end."
    for item in found.information:
        yield f"The {item.title} is told."
