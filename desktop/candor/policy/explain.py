"""The answer as sentences, in the order in which it was reached."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from candor.policy.answer import Answer, Decider, Part, Status
from candor.policy.ground import Ground

_DOES = {
    Part.RULES_FIRST: "rules first",
    Part.DECIDES: "decides",
    Part.SIGNS_JOINTLY: "signs, together with the others",
    Part.DECIDES_ANY: "may be asked",
    Part.RECOMMENDS: "prepares and recommends",
    Part.CERTIFIES: "certifies",
    Part.NOTES: "puts it on record",
    Part.RECEIVES: "receives it",
    Part.SERVED: "is served with the notice",
}


def completed(answer: Answer, ground: Ground, clause: str, said: tuple[str, ...]) -> Answer:
    """The answer with its clauses and its sentences."""
    return msgspec.structs.replace(
        answer,
        clauses=tuple(_clauses(answer, ground, clause)),
        sentences=tuple(_sentences(answer, ground, said)),
    )


def _clauses(answer: Answer, ground: Ground, clause: str) -> Iterator[str]:
    named = [clause] if clause else []
    named += [answer.block.clause] if answer.block else []
    named += [one.clause for one in answer.also_blocked_by]
    named += [one.clause for one in answer.deciders]
    named += [one.clause for one in answer.excluded]
    named += [one.clause for one in answer.flags]
    named += [one.clause for one in answer.duties]
    known = {row.number for row in ground.pack.clauses}
    yield from dict.fromkeys(number for number in named if number in known)


def _sentences(answer: Answer, ground: Ground, said: tuple[str, ...]) -> Iterator[str]:
    yield _filer(answer, ground)
    if answer.block:
        yield from _stopped(answer)
    else:
        yield f"{answer.reason} ({_row_clause(answer)})"
        yield from said
        yield from (_decider(one) for one in answer.deciders if one.part is not Part.SERVED)
        yield from _served(answer)
        yield from _after(answer)
    for one in answer.excluded:
        where = one.name or ground.pack.office_title(one.office)
        office = f", {ground.pack.office_title(one.office)}," if one.office and one.name else ""
        yield f"{where}{office} is left out: {one.reason}."
    if answer.attempt:
        words = answer.attempt.counts_as.replace("_", " ")
        yield f"The decision told of ({words}) {_STATES[answer.attempt.state]}."
        yield from answer.attempt.reasons
    yield from _calculated(answer)
    for flag in answer.flags:
        yield f"{flag.severity.capitalize()} flag {flag.code}: {flag.reason}"
    for duty in answer.duties:
        due = f" by {duty.due}" if duty.due else ""
        at = f" {duty.at}" if duty.at else ""
        words = f" ({duty.when})" if duty.when else ""
        yield f"{duty.what}{due}{at}{words}. {duty.reason}"


_STATES = {
    "counts": "counts",
    "failed": "failed",
    "pending": "is not complete yet",
    "void": "is void, and kept",
}


def _filer(answer: Answer, ground: Ground) -> str:
    kind = str(answer.filer_class).replace("_", " ") if answer.filer_class else ""
    words = f"files as {kind}" if kind else "is bound by no class of the Code"
    return f"{ground.filer.name} {words} on {answer.on}."


def _stopped(answer: Answer) -> Iterator[str]:
    assert answer.block is not None  # noqa: S101 - asked for only where there is one
    yield f"{answer.block.title}: nobody can approve this. {answer.block.reason}"
    yield answer.block.remedy
    yield {
        "nobody": "No waiver is possible.",
        "waiver": "Only a waiver could allow it; that is a request of its own.",
        "written_decline": "It becomes possible once the Company has declined in writing.",
        "signed_basis": "It becomes possible once the legal basis is signed by the offices named.",
    }[answer.block.waivable_by]


def _row_clause(answer: Answer) -> str:
    return f"row {answer.route}"


def _decider(one: Decider) -> str:
    who = f"{one.title} ({one.name})" if one.name else f"The {one.title}"
    return f"{who} {_DOES[one.part]}. {one.reason} (Code {one.clause})"


def _served(answer: Answer) -> Iterator[str]:
    if answer.status is not Status.SERVE:
        return
    if answer.notice_missing:
        yield f"{len(answer.notice_missing)} directors still lack the notice, so the vote waits."
    else:
        yield "Every other director has the notice."


def _after(answer: Answer) -> Iterator[str]:
    if answer.body and answer.body.members:
        body = answer.body
        able = f"{len(body.disinterested)} of {len(body.members)}"
        yield (
            f"{able} members are disinterested; {body.quorum_needed} make a quorum and "
            f"{body.votes_needed} votes in favour are needed."
        )
        if body.recused:
            yield "A written consent is impossible, because a member is recused."
        if body.acting_chair_needed:
            yield "The chair is recused, so the other members choose an acting chair."
    for one in answer.fallbacks[:1]:
        yield f"Instead, the {one.title}: {one.only_if}."
    for item in answer.information:
        yield f"The {item.title} is told."
    if answer.ratification:
        yield "It began before anybody approved it, so a yes is a ratification."


def _calculated(answer: Answer) -> Iterator[str]:
    found = answer.assessments
    if found.independence:
        yield found.independence.conclusion
    for said in (found.rpt, found.gift_received, found.gift_given):
        if said:
            yield from said.sentences
    if found.clayton:
        yield found.clayton.reason
    for seats in found.seats:
        yield seats.reason
    if found.section16:
        yield found.section16.reason
    if found.clock:
        counted = ", ".join(f"{day.on} {day.word}" for day in found.clock.days)
        yield f"Disclosure is due on {found.clock.due} at {found.clock.at}: {counted}."
    if found.implicit_waiver:
        yield found.implicit_waiver.reason
