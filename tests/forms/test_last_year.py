"""Last year's answers: proposed, never given; and what the record then says about each."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from candor.forms.answers import Answer, Change, Context, Filer, Provenance, Source
from candor.forms.carry_forward import affirm, classify, propose, settle
from candor.forms.compare import Difference, compare, tally
from candor.forms.definition import Form
from candor.forms.prefill import confirm, dispute, offer
from candor.forms.validation import validate

Answers = dict[str, Answer]
N = "\u00a0"


def row(party: str, minor: int) -> dict[str, Any]:
    return {"party": party, "paid": {"minor": minor, "currency": "USD"}}


LAST: Answers = {
    "1.01": Answer("1.01", "Ada Fiction", comment="As ever."),
    "1.02": Answer("1.02", [], source=Source.ASKED),
    "6.01": Answer("6.01", True, rows=(row("Alder", 100), row("Birch", 200))),
    "6.02": Answer("6.02", "gone"),
    "6.03": Answer("6.03", unable="At sea."),
    "6.05": Answer("6.05", True),
    "6.06": Answer("6.06", {"name": "Ada Fiction"}),
    "9.99": Answer("9.99", True),
}


def test_last_year_is_proposed_and_never_answers(sample: Form, director: Context) -> None:
    proposals = propose(sample, LAST, director)
    assert set(proposals) == {"1.01", "1.02", "6.01"}
    assert len(validate(sample, director, {})) == 6
    assert proposals["6.01"].rows == LAST["6.01"].rows


def test_comment_files_and_source_must_be_said_anew(sample: Form, director: Context) -> None:
    proposals = propose(sample, LAST, director)
    assert proposals["1.01"].comment == ""
    assert proposals["1.02"].source is Source.NONE


def test_nothing_is_proposed_to_somebody_not_asked(sample: Form) -> None:
    assert propose(sample, LAST, Context(Filer(("nominee",)), "2027-01-22", "2026-12-31")) == {}


def test_row_without_a_cell_asked_for_this_year_is_still_proposed(
    sample: Form, director: Context
) -> None:
    last = {"6.01": Answer("6.01", True, rows=({"party": "Alder"},))}
    proposed = propose(sample, last, director)["6.01"]
    assert proposed.rows == ({"party": "Alder"},)
    assert any(p.column == "paid" for p in validate(sample, director, {"6.01": proposed}))


def test_still_correct_is_an_act_that_the_record_names() -> None:
    affirmed = affirm(Answer("1.02", []), Source.KNOWN)
    assert affirmed.change is Change.REAFFIRMED
    assert affirmed.provenance is Provenance.CONFIRMED
    assert affirmed.source is Source.KNOWN


@pytest.mark.parametrize(
    ("last", "answer", "change"),
    [
        (None, Answer("6.01", True), Change.NEW),
        (Answer("6.01"), Answer("6.01", True), Change.NEW),
        (Answer("6.01", False), Answer("6.01", True), Change.CHANGED),
        (Answer("6.01", unable="?"), Answer("6.01", False), Change.CHANGED),
        (Answer("6.01", False, comment="a"), Answer("6.01", False), Change.REAFFIRMED),
        (Answer("6.01", False, explanation="a"), Answer("6.01", False), Change.CHANGED),
        (
            Answer("6.01", True, rows=(row("A", 1), row("B", 2))),
            Answer("6.01", True, rows=(row("B", 2), row("A", 1))),
            Change.REAFFIRMED,
        ),
        (
            Answer("6.01", True, rows=({"party": "A", "to_come": ""},)),
            Answer("6.01", True, rows=({"party": "A"},)),
            Change.REAFFIRMED,
        ),
        (
            Answer("6.01", True, rows=(row("A", 1), row("A", 1))),
            Answer("6.01", True, rows=(row("A", 1), row("B", 1))),
            Change.CHANGED,
        ),
    ],
)
def test_change_is_told_by_what_the_answers_say(
    sample: Form, last: Answer | None, answer: Answer, change: Change
) -> None:
    assert classify(sample.question("6.01"), last, answer) is change


def test_settling_corrects_a_change_that_was_undone(sample: Form) -> None:
    typed = Answer("1.01", "Ada Fiction", change=Change.CHANGED)
    settled = settle(sample, LAST, {"1.01": typed, "6.05": Answer("6.05", True), "x": typed})
    assert settled["1.01"].change is Change.REAFFIRMED
    assert set(settled) == {"1.01", "6.05"}


def test_what_changed_lists_answers_that_came_went_or_differ(sample: Form) -> None:
    new = {
        "1.01": LAST["1.01"],
        "6.01": Answer("6.01", True, rows=(row("Birch", 200), row("Cedar", 300))),
        "6.02": Answer("6.02", "ac"),
        "6.04": Answer("6.04", [{"name": "cv.pdf"}]),
        "6.06": Answer("6.06", {"name": "Ada Novel"}),
    }
    assert compare(sample, LAST, new) == (
        Difference("1.02", "people", Change.CHANGED, "Nothing to list", ""),
        Difference(
            "6.01",
            "dealings",
            Change.CHANGED,
            f"Yes: Alder, Paid: USD{N}1.00; Birch, Paid: USD{N}2.00",
            f"Yes: Birch, Paid: USD{N}2.00; Cedar, Paid: USD{N}3.00",
            added=(f"Cedar, Paid: USD{N}3.00",),
            removed=(f"Alder, Paid: USD{N}1.00",),
            kept=1,
        ),
        Difference("6.02", "dealings", Change.CHANGED, "gone", "Committee"),
        Difference("6.03", "dealings", Change.CHANGED, "Unable to answer: At sea.", ""),
        Difference("6.04", "dealings", Change.NEW, "", "cv.pdf"),
    )
    assert compare(sample, new, new) == ()


@pytest.mark.parametrize(
    ("was", "is_now", "then", "now"),
    [
        (
            Answer("6.01", True, rows=(row("Birch", 2), row("Cedar", 3))),
            Answer("6.01", True, rows=(row("Birch", 2), row("Cedar", 4))),
            f"Cedar, Paid: USD{N}0.03",
            f"Cedar, Paid: USD{N}0.04",
        ),
        (
            Answer("6.01", True, rows=(row("Birch", 2),)),
            Answer("6.01", True, rows=(row("Birch", 2), row("Cedar", 3))),
            "–",
            f"Cedar, Paid: USD{N}0.03",
        ),
        (
            Answer("6.01", False),
            Answer("6.01", True, rows=(row("Birch", 2),)),
            "No",
            f"Yes: Birch, Paid: USD{N}0.02",
        ),
        (
            Answer("6.01", False),
            Answer("6.01", unable="At sea."),
            "No",
            "Unable to answer: At sea.",
        ),
    ],
)
def test_page_of_changes_shows_only_the_rows_that_differ(
    sample: Form, was: Answer, is_now: Answer, then: str, now: str
) -> None:
    (found,) = compare(sample, {"6.01": was}, {"6.01": is_now})
    assert (found.then, found.now) == (then, now)


def test_tally_counts_each_answer_once(sample: Form) -> None:
    new = LAST | {"1.01": Answer("1.01", "Ada Novel"), "6.04": Answer("6.04", [])}
    counted = tally(settle(sample, LAST, new))
    assert (counted.reaffirmed, counted.changed, counted.new) == (6, 1, 1)
    assert (counted.unable, counted.asked) == (1, 8)


def test_company_fact_is_offered_confirmed_or_disputed(sample: Form, director: Context) -> None:
    facts: dict[str, Any] = {"1.01": "Ada Fiction", "6.01": [row("Alder", 1)], "1.02": []}
    context = Context(director.filer, "2027-01-22", "2026-12-31", facts=facts)
    offered = offer(sample.question("1.01"), context)
    assert offered is not None
    assert confirm(offered).provenance is Provenance.CONFIRMED
    disputed = dispute(replace(offered, value="Ada Novel"), "That is my maiden name.")
    assert disputed.provenance is Provenance.DISPUTED
    assert disputed.dispute == "That is my maiden name."
    assert offer(sample.question("6.03"), context) is None
    listed = offer(sample.question("6.01"), context)
    assert listed == Answer("6.01", True, rows=(row("Alder", 1),))
    assert offer(sample.question("1.02"), context) == Answer("1.02", [])


def test_fact_of_no_rows_is_offered_as_a_no(sample: Form, director: Context) -> None:
    context = Context(director.filer, "2027-01-22", "2026-12-31", facts={"6.01": []})
    assert offer(sample.question("6.01"), context) == Answer("6.01", False)
