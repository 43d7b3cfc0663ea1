"""Flags: severity and kind by answer; unable to answer is open, never a No."""

from __future__ import annotations

from msgspec.structs import replace

from candor.forms.answers import Answer, Context, Flag, Source
from candor.forms.definition import Form
from candor.forms.flags import flags, highest
from candor.policy.terms import Severity


def test_nothing_is_flagged_without_a_reason(
    sample: Form, director: Context, complete: dict[str, Answer]
) -> None:
    assert flags(sample, director, complete) == ()
    assert highest(()) is None


def test_every_rule_that_holds_raises_its_flag(sample: Form, director: Context) -> None:
    row = {"party": "Alder", "paid": {"minor": 12_000_001, "currency": "USD"}}
    raised = flags(sample, director, {"6.01": Answer("6.01", True, rows=(row,))})
    assert raised == (
        Flag("6.01", "medium", ("RPT",), "A dealing was reported."),
        Flag("6.01", "high", ("RPT", "IND"), "One dealing is over the threshold."),
    )
    assert highest(raised) is Severity.HIGH


def test_unable_to_answer_is_open_and_incomplete(sample: Form, director: Context) -> None:
    raised = flags(sample, director, {"6.01": Answer("6.01", unable="Files are elsewhere.")})
    assert raised == (Flag("6.01", "open", ("INC",), "Could not be answered."),)
    german = flags(sample, director, {"6.01": Answer("6.01", unable="?")}, "de-CH")
    assert german[0].text == "Konnte nicht beantwortet werden."


def test_answer_about_a_relative_who_could_not_be_asked_is_open_too(
    sample: Form, director: Context
) -> None:
    """Nothing to list, said of somebody whom nobody asked, is no answer yet."""
    unasked = Answer("1.02", [], source=Source.COULD_NOT_ASK)
    assert flags(sample, director, {"1.02": replace(unasked, source=Source.KNOWN)}) == ()
    assert flags(sample, director, {"1.02": unasked}) == (
        Flag("1.02", "open", ("INC",), "A relative could not be asked."),
    )
    spanish = flags(sample, director, {"1.02": unasked}, "es")
    assert spanish[0].text == "No se pudo preguntar a un familiar."


def test_company_setting_moves_the_threshold(sample: Form, director: Context) -> None:
    row = {"party": "Alder", "paid": {"minor": 5_000_001, "currency": "USD"}}
    answers = {"6.01": Answer("6.01", True, rows=(row,))}
    lower = Context(director.filer, "2027-01-22", "2026-12-31", settings={"rpt_threshold": 50_000})
    assert highest(flags(sample, director, answers)) is Severity.MEDIUM
    assert highest(flags(sample, lower, answers)) is Severity.HIGH


def test_fact_that_is_changed_or_disputed_is_flagged(sample: Form, director: Context) -> None:
    context = Context(director.filer, "2027-01-22", "2026-12-31", facts={"1.01": "Ada Fiction"})
    assert flags(sample, context, {"1.01": Answer("1.01", "Ada Fiction")}) == ()
    assert flags(sample, context, {"1.01": Answer("1.01", "Ada Novel")})
    assert flags(sample, context, {"1.01": Answer("1.01", "Ada Fiction", dispute="Old.")})
