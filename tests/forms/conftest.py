"""A small form of every kind, built from its TOML as people write it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from candor.forms.answers import Answer, Context, Filer, Source
from candor.forms.definition import Form
from candor.forms.loader import load

HEAD = """
[form]
id = "sample"
code = "F00"
version = 1
case_prefix = "SMP"
roles = ["director", "executive_officer"]
title.en = "Sample"
intro.en = "Why."
carve_out.en = "Never limits."
[form.setting]
rpt_threshold = 120000
d_test_floor = 200000
d_test_percent = 5
auditor = "Ledger & Sons"
[[form.definition]]
term.en = "Dealing"
meaning.en = "Anything of value, above {setting.rpt_threshold} dollars too."
[[period]]
id = "lfy"
kind = "fiscal_year_start"
count = 0
text.en = "Since {date}"
[[section]]
id = "people"
number = 1
title.en = "People"
[[section]]
id = "dealings"
number = 6
title.en = "Dealings with {setting.auditor}"
"""
SAMPLE = (
    HEAD
    + """
[[question]]
id = "1.01"
section = "people"
kind = "short_text"
text.en = "Your name?"
short.en = "Name"
prefill = "name"
[[question.flag]]
when = "disputed or differs_from_fact()"
severity = "low"
kinds = ["DISC"]
text.en = "Not the name on file."

[[question]]
id = "1.02"
section = "people"
kind = "table"
about_relatives = true
text.en = "Your relatives?"
columns = [
  { id = "who", label.en = "Relative", kind = "person" },
  { id = "kin", label.en = "Relationship", kind = "choice", choices = [
    { key = "spouse", label.en = "Spouse" },
    { key = "child", label.en = "Child" } ] },
  { id = "home", label.en = "Lives with you", kind = "yes_no" },
  { id = "since", label.en = "Since", kind = "date", required = false },
]

[[question]]
id = "1.03"
section = "people"
kind = "multi_choice"
default_off = true
text.en = "Where do you live?"
choices = [ { key = "us", label.en = "United States" }, { key = "fr", label.en = "France" } ]

[[question]]
id = "6.01"
section = "dealings"
kind = "yes_no_explain"
period = "lfy"
cites = ["Item 404(a)"]
text.en = "Since {period.lfy}, any dealing with the Company?"
columns = [
  { id = "party", label.en = "Other party", kind = "short_text" },
  { id = "paid", label.en = "Paid", kind = "money" },
  { id = "to_come", label.en = "To come", kind = "money", required = false },
]
[[question.flag]]
when = "answer == yes"
severity = "medium"
kinds = ["RPT"]
text.en = "A dealing was reported."
[[question.flag]]
when = "any(row.paid + row.to_come > setting.rpt_threshold)"
severity = "high"
kinds = ["RPT", "IND"]
text.en = "One dealing is over the threshold."

[[question]]
id = "6.02"
section = "dealings"
kind = "choice"
show_when = "q('6.01') == yes"
text.en = "Was it approved before it began?"
choices = [
  { key = "ac", label.en = "Committee" },
  { key = "not_approved", label.en = "Not approved" },
]
explain_when = "answer == 'not_approved'"

[[question]]
id = "6.03"
section = "dealings"
kind = "yes_no_explain"
audience = "controls"
text.en = "Do you know of a weakness in controls?"
[[question.flag]]
when = "answer == yes"
severity = "high"
kinds = ["CTRL"]
text.en = "A weakness was reported."

[[question]]
id = "6.04"
section = "dealings"
kind = "attachment"
required = false
text.en = "Files?"

[[question]]
id = "6.05"
section = "dealings"
kind = "acknowledgement"
text.en = "My answers are complete."

[[question]]
id = "6.06"
section = "dealings"
kind = "signature"
text.en = "Sign."
"""
)


@pytest.fixture(scope="session")
def sample() -> Form:
    """The form of SAMPLE."""
    return load(SAMPLE.encode())


@pytest.fixture
def director() -> Context:
    """A director, fiscal year 2026, determination on Fri 22 Jan 2027."""
    return Context(Filer(("director",)), "2027-01-22", "2026-12-31")


@pytest.fixture
def complete() -> dict[str, Answer]:
    """Answers to SAMPLE with which nothing is open and nothing flagged."""
    answers = (
        Answer("1.01", "Ada Fiction"),
        Answer("1.02", [], source=Source.KNOWN),
        Answer("6.01", False),
        Answer("6.03", False),
        Answer("6.05", True),
        Answer("6.06", {"name": "Ada Fiction"}),
    )
    return {answer.question: answer for answer in answers}


@pytest.fixture
def one_question() -> Callable[[str], Form]:
    """A form with the head of SAMPLE and one section of the questions given as TOML."""

    def build(questions: str) -> Form:
        head = HEAD[: HEAD.index('[[section]]\nid = "dealings"')]
        return load((head + questions).encode())

    return build
