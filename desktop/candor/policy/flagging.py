"""What somebody should look at: the pack's rows, and what the calculators found."""

from __future__ import annotations

from collections.abc import Iterator

from candor.policy.answer import Assessments, Body, Flag
from candor.policy.chains import can_stand_in
from candor.policy.deadlines import WEBSITE_RULE
from candor.policy.exclusion import why_concerned
from candor.policy.facts import Matter
from candor.policy.ground import Ground
from candor.policy.independence import Finding
from candor.policy.line import Line
from candor.policy.matching import fits
from candor.policy.rulings import why_void
from candor.policy.terms import FlagKind, Severity
from candor.policy.verdict import Verdict

_ORDER = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.OPEN: 2, Severity.LOW: 3}
_SECTIONS = {
    Matter.FINANCIAL_INTEREST: "financial_interest",
    Matter.OUTSIDE_SERVICE: "service",
    Matter.OPPORTUNITY: "opportunity",
    Matter.RELATED_PERSON_TRANSACTION: "transaction",
    Matter.CONCERN: "concern",
    Matter.CONTROL_DEFICIENCY: "concern",
    Matter.INFORMATION_COPY: "information",
    Matter.PROPERTY_REMOVAL: "removal",
    Matter.DIRECTOR_INTEREST: "board_matter",
}
"""The section that tells what the matter is about; without it part of the answer stays open."""


def flags(ground: Ground, found: Assessments, body: Body | None) -> tuple[Flag, ...]:
    """Every flag of the case, worst first."""
    raised = [
        Flag(id=row.id, code=row.code, severity=row.severity, reason=row.reason, clause=row.clause)
        for row in ground.pack.file.flag
        if fits(row, ground)
    ]
    raised += _of_tests(found)
    raised += _of_sums(found)
    raised += _of_dates(ground, found)
    raised += _of_words(ground, body)
    return tuple(sorted(raised, key=lambda flag: _ORDER[flag.severity]))


def _flag(name: str, code: FlagKind, severity: Severity, reason: str, clause: str) -> Flag:
    return Flag(id=name, code=code, severity=severity, reason=reason, clause=clause)


def _of_tests(found: Assessments) -> Iterator[Flag]:
    lines: list[tuple[FlagKind, Line]] = []
    if found.independence:
        lines += [(FlagKind.IND, line) for line in found.independence.tests]
    if found.audit_committee:
        lines += [(FlagKind.ACI, line) for line in found.audit_committee.tests]
    for code, line in lines:
        name = f"test_{line.code}"
        if line.finding is Finding.MET:
            yield _flag(name, code, Severity.HIGH, line.reason, line.rule)
        elif line.finding is Finding.OPEN:
            yield _flag(name, code, Severity.OPEN, line.reason, line.rule)


def _of_sums(found: Assessments) -> Iterator[Flag]:
    if found.rpt:
        yield from _of_transaction(found)
    for seats in found.seats:
        if seats.over:
            name = f"seats_{seats.code}"
            yield _flag(name, FlagKind.OVR, Severity.MEDIUM, seats.reason, seats.rule)
    if found.clayton and found.clayton.barred is not Verdict.NO:
        severity = Severity.HIGH if found.clayton.barred is Verdict.YES else Severity.OPEN
        reason, rule = found.clayton.reason, found.clayton.rule
        yield _flag("clayton_sums", FlagKind.CLAY, severity, reason, rule)
    if found.gift_given:
        for limit in found.gift_given.limits:
            if limit.over is not Verdict.NO:
                severity = Severity.HIGH if limit.over is Verdict.YES else Severity.OPEN
                code = FlagKind.HCP if limit.code.startswith("hcp") else FlagKind.GOV
                yield _flag(limit.code, code, severity, limit.reason, limit.rule)


def _of_transaction(found: Assessments) -> Iterator[Flag]:
    assert found.rpt is not None  # noqa: S101 - asked for only where there is one
    rpt = found.rpt
    for name, verdict, words in (
        ("item_404a", rpt.disclose, "Item 404(a) has this disclosed"),
        ("item_404b", rpt.departure, "Item 404(b) has it named that the policy was not followed"),
    ):
        if verdict is Verdict.YES:
            yield _flag(name, FlagKind.RPT, Severity.HIGH, f"{words}.", rpt.rule)
        elif verdict is Verdict.OPEN:
            reason = f"Whether {words} is open."
            yield _flag(name, FlagKind.RPT, Severity.OPEN, reason, rpt.rule)
    for claim in rpt.claims:
        if claim.verdict is not Verdict.YES:
            lost = claim.verdict is Verdict.NO
            severity = Severity.MEDIUM if lost else Severity.OPEN
            yield _flag(f"exception_{claim.code}", FlagKind.RPT, severity, claim.reason, claim.rule)


def _of_dates(ground: Ground, found: Assessments) -> Iterator[Flag]:
    trade = found.section16
    if trade and trade.late_business_days:
        reason = f"{trade.reason} It was {trade.late_business_days} business days late (Item 405)."
        yield _flag("section16_late", FlagKind.S16, Severity.MEDIUM, reason, trade.rule)
    if trade and trade.due and trade.filed_on is None and trade.due < ground.on:
        reason = f"{trade.reason} It was due on {trade.due}, and no filing is told of (Item 405)."
        yield _flag("section16_overdue", FlagKind.S16, Severity.MEDIUM, reason, trade.rule)
    clock = found.clock
    if clock and clock.website_route and not ground.settings.website_election:
        reason = (
            "The website is no place for this disclosure: the last annual report did not announce "
            "it, so Form 8-K is due."
        )
        yield _flag("website_not_announced", FlagKind.DISC, Severity.HIGH, reason, WEBSITE_RULE)
    if clock and clock.filed_on is None and clock.due < ground.on:
        reason = f"The disclosure was due on {clock.due}, and no filing is recorded."
        yield _flag("disclosure_overdue", FlagKind.DISC, Severity.HIGH, reason, clock.rule)
    if clock and clock.late_business_days:
        reason = (
            f"The disclosure was due on {clock.due} and came {clock.late_business_days} business "
            "days late."
        )
        yield _flag("disclosure_late", FlagKind.DISC, Severity.HIGH, reason, clock.rule)


def _of_words(ground: Ground, body: Body | None) -> Iterator[Flag]:
    """What the facts leave open, or tell that does not count."""
    facts, clause = ground.facts, ground.pack.exceptions.step[0].clause
    for away in facts.absences:
        if away.signed and away.deputy and not can_stand_in(ground, away.deputy, away.office):
            titles = [ground.pack.office_title(one) for one in (away.deputy, away.office)]
            reason = (
                f"The declaration names the {titles[0]}, who cannot stand in for the "
                f"{titles[1]}: nobody delegates below the Code's chain."
            )
            yield _flag("deputy_outside_chain", FlagKind.COI, Severity.MEDIUM, reason, clause)
        if not away.signed and away.since <= ground.on <= away.until:
            title = ground.pack.office_title(away.office)
            reason = f"No signed declaration says that the {title} is away, so nothing passes on."
            yield _flag("absence_unsigned", FlagKind.COI, Severity.MEDIUM, reason, clause)
    for one in facts.rulings:
        if why := why_void(ground, one):
            yield _flag("ruling_void", FlagKind.COI, Severity.MEDIUM, why, clause)
    section = _SECTIONS.get(facts.matter)
    if section and getattr(facts, section) is None:
        reason = f"The facts have no section {section}, so what hangs on it was not judged."
        yield _flag("section_missing", FlagKind.INC, Severity.OPEN, reason, clause)
    if body is not None and body.can_act is None:
        reason = f"The facts do not name the members of the {body.title}, so no quorum was counted."
        yield _flag("members_unknown", FlagKind.INC, Severity.OPEN, reason, clause)
    if facts.settings:
        names = ", ".join(sorted(facts.settings))
        reason = f"The facts use other values than the pack for: {names}."
        yield _flag("settings_differ", FlagKind.INC, Severity.LOW, reason, clause)
    yield from _of_votes(ground, clause)


def _of_votes(ground: Ground, clause: str) -> Iterator[Flag]:
    for vote in ground.facts.votes:
        if vote.vote in {"for", "against", "abstain"} and (
            why := why_concerned(ground, vote.member)
        ):
            name = ground.standing.name(vote.member)
            reason = f"{name} voted and {why}; that vote does not count."
            yield _flag("vote_of_conflicted", FlagKind.COI, Severity.HIGH, reason, clause)
