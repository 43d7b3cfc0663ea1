"""Typed text becomes values, values become text, and each undoes the other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.forms import display, parse, words
from candor.forms.answers import Answer, Problem
from candor.forms.definition import Choice, Column, Form
from candor.forms.kinds import Kind
from candor.forms.parse import NotUnderstood
from candor.money import exponent

N = "\u00a0"


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1,250.00", "USD", 125_000),
        ("1250", "USD", 125_000),
        ("  $1,250.5 ", "USD", 125_050),
        (f"USD{N}120,000.00", "USD", 12_000_000),
        ("120,000 usd", "USD", 12_000_000),
        ("US 5", "USD", None),
        ("1,25", "USD", None),
        ("1.250,00", "USD", None),
        ("1.250", "USD", None),
        ("EUR 5", "USD", None),
        ("€5", "EUR", 500),
        ("-5", "USD", None),
        ("5,000", "JPY", 5_000),
        ("5.0", "JPY", None),
        ("1.234", "KWD", 1_234),
        ("nothing", "USD", None),
        ("", "USD", None),
        ("9" * 15, "USD", None),
    ],
)
def test_money_is_read_one_way_or_not_at_all(text: str, currency: str, minor: int | None) -> None:
    if minor is None:
        with pytest.raises(NotUnderstood) as caught:
            parse.read_money(text, currency)
        assert caught.value.sentence().endswith(".")
    else:
        assert parse.read_money(text, currency) == {"minor": minor, "currency": currency}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2027-01-22", "2027-01-22"),
        ("22 Jan 2027", "2027-01-22"),
        ("22 january 2027", "2027-01-22"),
        (f"Fri{N}22{N}Jan{N}2027", "2027-01-22"),
        ("Friday, January 22, 2027", "2027-01-22"),
        ("Jan 22, 2027", "2027-01-22"),
        ("Sept 1, 2026", "2026-09-01"),
        ("22. Januar 2027", "2027-01-22"),
        ("Sat 22 Jan 2027", None),
        ("30 Feb 2027", None),
        ("2027-02-30", None),
        ("01/02/2027", None),
        ("1.2.2027", None),
        ("22 Jan 27", None),
        ("22 Foo 2027", None),
        ("22 Jan 1799", None),
        ("tomorrow", None),
    ],
)
def test_date_is_read_one_way_or_not_at_all(text: str, iso: str | None) -> None:
    if iso is None:
        with pytest.raises(NotUnderstood) as caught:
            parse.read_date(text)
        assert caught.value.sentence().endswith(".")
    else:
        assert parse.read_date(text) == iso


def test_slashed_date_is_told_why() -> None:
    with pytest.raises(NotUnderstood, match="two different days") as caught:
        parse.read_date("01/02/2027")
    assert "month as a word" in caught.value.hint


@given(st.integers(0, 2**53 - 1), st.sampled_from(["USD", "JPY", "KWD", "CLF", "EUR"]))
def test_money_shown_is_read_back_the_same(minor: int, currency: str) -> None:
    value = {"minor": minor, "currency": currency}
    shown = display.amount(minor, currency)
    if minor < 10 ** (15 + exponent(currency)):
        assert parse.read_money(shown, currency) == value
    assert " " not in shown


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(sorted(words.LANGUAGES)))
def test_date_shown_is_read_back_the_same(day: date, language: str) -> None:
    shown = words.short_date(day, language)
    assert parse.read_date(shown) == day.isoformat()
    assert parse.read_date(words.long_date(day, language)) == day.isoformat()
    assert " " not in shown


@given(st.integers(0, 2**53 - 1), st.integers(0, 6))
def test_number_shown_is_read_back_the_same(number: int, decimals: int) -> None:
    column = Column("n", {"en": "N"}, Kind.NUMBER, decimals=decimals)
    shown = display.display(column, number)
    if number < 10**15:
        assert parse.read_number(shown, decimals) == number


@given(st.sampled_from(list(Kind)), st.text(max_size=40))
def test_typed_text_is_understood_or_answered_with_a_sentence(kind: Kind, text: str) -> None:
    column = Column("c", {"en": "C"}, kind, choices=(Choice("a", {"en": "A"}),))
    if kind not in parse.TYPED:
        return
    refused = ""
    value = None
    try:
        value = parse.value(column, text)
    except NotUnderstood as error:
        refused = error.sentence()
    assert (value is not None or bool(refused)) is bool(text.strip())


def test_dates_and_money_are_shown_in_full() -> None:
    assert words.short_date(date(2027, 1, 22)) == f"Fri{N}22{N}Jan{N}2027"
    assert words.short_date(date(2027, 1, 22), "de-CH") == f"Fr{N}22{N}Jan{N}2027"
    assert words.long_date(date(2026, 1, 1), "xx") == f"1{N}January{N}2026"
    assert display.amount(12_000_000, "USD") == f"USD{N}120,000.00"
    assert display.amount(5_000, "JPY") == f"JPY{N}5,000"


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.YES_NO, True, "Yes"),
        (Kind.YES_NO, "maybe", "maybe"),
        (Kind.CHOICE, "a", "A"),
        (Kind.CHOICE, "gone", "gone"),
        (Kind.MULTI_CHOICE, ["a", "b"], "A, Bee"),
        (Kind.PERSON, {"name": "Bo", "id": ""}, "Bo"),
        (Kind.SIGNATURE, {"name": "Bo"}, "Bo"),
        (Kind.ACKNOWLEDGEMENT, True, "Accepted"),
        (Kind.ATTACHMENT, [{"name": "cv.pdf"}], "cv.pdf"),
        (Kind.ATTACHMENT, [], "Nothing to list"),
        (Kind.NUMBER, 1_234_567, "1,234,567"),
        (Kind.MONEY, {"minor": 1, "currency": "USD"}, f"USD{N}0.01"),
        (Kind.MONEY, 5, "5"),
        (Kind.DATE, "2027-01-22", f"Fri{N}22{N}Jan{N}2027"),
        (Kind.DATE, "soon", "soon"),
        (Kind.LONG_TEXT, "a\nb", "a\nb"),
        (Kind.SHORT_TEXT, None, "–"),
    ],
)
def test_value_is_shown_in_words(kind: Kind, value: Any, shown: str) -> None:
    choices = (Choice("a", {"en": "A"}), Choice("b", {"en": "Bee"}))
    assert display.display(Column("c", {"en": "C"}, kind, choices=choices), value) == shown


def test_year_is_shown_without_a_comma() -> None:
    column = Column("y", {"en": "Year"}, Kind.NUMBER, grouped=False)
    assert display.display(column, 2026) == "2026"


def test_answer_is_told_in_one_line(sample: Form) -> None:
    dealing, relatives = sample.question("6.01"), sample.question("1.02")
    rows = ({"party": "Alder", "paid": {"minor": 500, "currency": "USD"}},)
    assert display.answer_line(dealing, Answer("6.01", True, rows=rows)) == (
        f"Yes: Alder, Paid: USD{N}5.00"
    )
    assert display.answer_line(dealing, Answer("6.01", False, explanation="None.")) == "No: None."
    assert display.answer_line(dealing, None) == "Not answered"
    assert display.answer_line(dealing, Answer("6.01", unable="At sea.")) == (
        "Unable to answer: At sea."
    )
    assert display.answer_line(relatives, Answer("1.02", [])) == "Nothing to list"
    child = {"who": {"name": "Cy", "id": ""}, "kin": "child", "home": True}
    assert (
        display.answer_line(relatives, Answer("1.02", [child])) == "Cy, Child, Lives with you: Yes"
    )


def test_answer_is_told_as_labels_and_values(sample: Form) -> None:
    dealing, relatives = sample.question("6.01"), sample.question("1.02")
    rows = ({"paid": {"minor": 0, "currency": "USD"}, "party": "", "start": None},)
    assert display.said(dealing, Answer("6.01", True, rows=rows)) == "Yes"
    assert display.cells(dealing, rows[0]) == (("Paid", f"USD{N}0.00"),)
    assert display.said(dealing, Answer("6.01", False, explanation="None.")) == "No"
    assert display.said(dealing, Answer("6.01", unable="At sea.")) == "Unable to answer"
    child = {"who": {"name": "Cy", "id": ""}, "kin": "child", "home": True}
    assert display.said(relatives, Answer("1.02", [child])) == ""
    assert display.said(relatives, Answer("1.02", [])) == "Nothing to list"
    assert [value for _, value in display.cells(relatives, child)] == ["Cy", "Child", "Yes"]


def test_problem_in_a_table_names_row_and_column(sample: Form) -> None:
    found = Problem("6.01", "This cell is still empty.", 1, "paid")
    said = display.problem(sample.question("6.01"), found)
    assert said == "Row 2, Paid: This cell is still empty."


def test_cells_pasted_from_a_spreadsheet_become_rows(sample: Form) -> None:
    rows, refused = parse.pasted(
        sample.question("1.02"),
        "Relative\tRelationship\tLives with you\tSince\n"
        "Bo\tSpouse\tyes\t1 May 2001\n\nCy\tAunt\tno\n",
    )
    assert rows == (
        {"who": {"name": "Bo", "id": ""}, "kin": "spouse", "home": True, "since": "2001-05-01"},
        {"who": {"name": "Cy", "id": ""}, "home": False},
    )
    assert refused == ("Row 2: “Aunt” is not offered here. Choose one of: Spouse, Child.",)
    assert parse.pasted(sample.question("1.02"), "a\tspouse\ty\t\tx")[1] == (
        "Row 1: it has more cells than the table has columns.",
    )
