"""Too many boards, and corporations that compete: overboarding, Clayton Act Section 8."""

from __future__ import annotations

from dataclasses import dataclass

from candor.money import Money
from candor.policy.facts import Boards, Clayton
from candor.policy.settings import Settings
from candor.policy.sums import USD, money, words
from candor.policy.verdict import Verdict

CLAYTON = "Clayton Act Section 8, 15 U.S.C. 19"
ADVISERS = "Voting policies of the proxy advisers; a company choice"
CHARTER = "Audit Committee charter; Nasdaq sets no number"


@dataclass(frozen=True)
class Seats:
    """One count held against its limit."""

    code: str
    count: int
    most: int
    over: bool
    reason: str
    rule: str


@dataclass(frozen=True)
class Competing:
    """Whether Section 8 bars one person from serving both corporations; open in other money."""

    barred: Verdict
    reason: str
    rule: str = CLAYTON


def seats(
    boards: Boards, settings: Settings, *, chief_executive: bool = False
) -> tuple[Seats, ...]:
    """Public boards in all, outside boards of a chief executive, audit committees.

    ``chief_executive``: whether the person leads the Company. A chief executive's own company
    is not an outside board.
    """
    found = [
        _seats("overboard", boards.public_boards, settings.overboard, "public boards", ADVISERS)
    ]
    if chief_executive or boards.chief_executive_elsewhere:
        outside = max(0, boards.public_boards - 1)
        most = settings.overboard_ceo_outside
        found.append(
            _seats("overboard_ceo_outside", outside, most, "outside public boards", ADVISERS)
        )
    committees = boards.audit_committees
    found.append(_seats("ac_max", committees, settings.ac_max, "audit committees", CHARTER))
    return tuple(found)


def _seats(code: str, count: int, most: int, what: str, rule: str) -> Seats:
    over = count > most
    word = "over" if over else "within"
    return Seats(code, count, most, over, f"{count} {what}: {word} the limit of {most}.", rule)


def clayton(facts: Clayton, settings: Settings) -> Competing:
    """Whether one person may serve two competing corporations (15 U.S.C. 19(a)).

    Barred where the capital of each is over the threshold, unless the competitive sales of either
    are below the sum, or below 2% of that corporation's sales, or those of each below 4% of its
    own. Raises AmountFault.
    """
    sums = [
        money(one)
        for one in (
            facts.company_capital,
            facts.other_capital,
            facts.company_competitive_sales,
            facts.other_competitive_sales,
            facts.company_sales,
            facts.other_sales,
        )
    ]
    foreign = sorted({one.currency for one in sums} - {USD})
    if foreign:
        return Competing(Verdict.OPEN, f"What is in {', '.join(foreign)} is to be stated in {USD}.")
    own_capital, other_capital, *sales = sums
    smaller = min(own_capital, other_capital, key=_minor)
    if smaller.minor <= settings.clayton_capital.minor:
        most = words(settings.clayton_capital)
        return Competing(Verdict.NO, f"The smaller capital, {words(smaller)}, is not over {most}.")
    free = _too_little(sales, settings)
    if free:
        return Competing(Verdict.NO, free)
    return Competing(
        Verdict.YES,
        f"Each capital is over {words(settings.clayton_capital)}, and the sales that compete are "
        "not too small to matter.",
    )


def _minor(sum_of: Money) -> int:
    return sum_of.minor


def _too_little(sales: list[Money], settings: Settings) -> str:
    """Why competition is too small to matter, or "". ``sales``: own and other competitive sales,
    then own and other sales in all."""
    competitive, whole = sales[:2], sales[2:]
    smaller = min(competitive, key=_minor)
    if smaller.minor < settings.clayton_sales.minor:
        return f"Competitive sales of {words(smaller)} are below {words(settings.clayton_sales)}."
    pairs = list(zip(competitive, whole, strict=True))
    either, each = settings.clayton_either_percent, settings.clayton_each_percent
    if any(part.minor * 100 < of.minor * either for part, of in pairs):
        return f"The competitive sales of one are below {either}% of its sales."
    if all(part.minor * 100 < of.minor * each for part, of in pairs):
        return f"The competitive sales of each are below {each}% of its own sales."
    return ""
