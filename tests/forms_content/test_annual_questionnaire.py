"""The shipped questionnaire: complete, cited, explained, and in the project's own words."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from candor.forms.answers import Context, Filer
from candor.forms.definition import Form, Question
from candor.forms.kinds import Kind
from candor.forms.loader import load
from candor.forms.visibility import visible
from candor.forms.wording import wording
from candor.policy.pack import load_pack
from candor.resources import form_file, pack_bytes, resource

AUDIT_COMMITTEE = {"8.01", "8.02", "8.03", "8.04", "8.05", "8.06"}
PREFILLED = {"1.03", "1.05", "2.01", "2.02", "2.09", "4.01", "5.02", "9.01", "13.02"}
RELATIVES = (
    "3.01 3.02 3.03 3.04 3.05 4.03 6.01 6.06 6.07 6.08 6.09 7.02 7.03 7.04 7.05 7.06 8.01 9.02 "
    "11.01 11.04 12.01"
)
FLAGGED = """
    1.01 low, 1.04 medium open, 1.05 medium, 1.06 high, 1.07 medium, 1.08 high,
    2.01 low medium, 2.02 medium, 2.03 medium, 2.04 medium, 2.05 low, 2.06 low, 2.07 low,
    2.08 medium, 2.09 medium,
    3.01 open, 3.02 medium, 3.03 high medium, 3.04 high, 3.05 medium,
    4.01 medium, 4.02 low, 4.03 medium, 4.04 high, 4.05 high, 4.06 low, 4.07 high, 4.08 low,
    5.01 high, 5.02 medium, 5.03 high, 5.04 medium, 5.05 medium,
    6.01 high medium, 6.02 high, 6.03 high, 6.05 high open, 6.06 high medium, 6.07 high,
    6.08 medium, 6.09 high medium, 6.10 medium,
    7.01 high medium, 7.02 high medium, 7.03 high, 7.04 high medium open, 7.05 high, 7.06 high,
    7.07 medium, 7.08 high medium,
    8.01 high, 8.02 high, 8.03 high, 8.04 high, 8.05 low, 8.06 medium, 8.07 high, 8.08 high,
    8.09 medium, 8.10 medium,
    9.01 medium, 9.02 medium, 9.03 high, 9.04 medium, 9.05 high, 9.06 high,
    10.01 high, 10.02 high, 10.03 high, 10.04 high, 10.05 high, 10.06 high, 10.07 high, 10.08 high,
    10.09 high, 10.10 medium, 10.11 high, 10.12 high,
    11.01 high, 11.02 high, 11.03 high, 11.04 medium, 11.05 medium, 11.06 high,
    12.01 medium, 12.02 high, 12.03 high, 12.04 medium, 12.05 high,
    13.01 high, 13.02 medium, 13.03 high, 13.04 high, 13.05 medium, 13.06 medium, 13.07 medium,
    14.02 low, 14.04 medium, 14.06 medium
"""
"""How serious each question's flags are, reviewed apart from the form's own file."""


@pytest.fixture(scope="module")
def form() -> Form:
    return load(form_file("annual-questionnaire").read_bytes())


def _context(*classes: str, offices: tuple[str, ...] = (), marks: tuple[str, ...] = ()) -> Context:
    return Context(Filer(classes, offices, marks), "2027-02-18", "2026-12-31")


def _shown(form: Form, context: Context) -> set[str]:
    return {question.id for question in visible(form, context, {})}


def _texts(value: Any) -> Iterator[str]:
    """Every text in a TOML file, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _runs(text: str) -> Iterator[str]:
    """The digest of each run of eight words."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    for start in range(len(words) - 7):
        yield hashlib.sha256(" ".join(words[start : start + 8]).encode()).hexdigest()[:10]


def test_it_has_105_questions_in_14_parts_numbered_without_gaps(form: Form) -> None:
    assert [section.number for section in form.sections] == list(range(1, 15))
    assert len(form.questions) == 105
    expected = [
        f"{section.number}.{place:02d}"
        for section in form.sections
        for place in range(1, 1 + sum(q.section == section.id for q in form.questions))
    ]
    assert [question.id for question in form.questions] == expected


def test_every_question_says_why_it_is_asked_and_on_what_rule_it_rests(form: Form) -> None:
    for question in form.questions:
        assert question.text["en"], question.id
        assert question.short["en"], question.id
        assert question.why["en"], question.id
        assert question.cites, question.id
        assert len(re.findall(r"[.!?](?:\s|$)", question.why["en"])) <= 3, question.id


def test_concerns_and_controls_have_audiences_of_their_own(form: Form) -> None:
    apart = {q.id: q.audience for q in form.questions if q.audience != "questionnaire"}
    assert apart == {"13.03": "concerns", "13.04": "controls"}
    assert form.default_audience == "questionnaire"


def test_what_the_company_knows_is_offered_and_not_asked_blank(form: Form) -> None:
    assert {question.id for question in form.questions if question.prefill} == PREFILLED


def test_facts_about_relatives_ask_how_the_filer_knows(form: Form) -> None:
    assert {q.id for q in form.questions if q.about_relatives} == set(RELATIVES.split())


def test_flags_are_as_serious_as_the_reference_says(form: Form) -> None:
    rows = (row.split() for row in FLAGGED.split(","))
    expected = {name: set(severities) for name, *severities in rows}
    actual = {q.id: {flag.severity.value for flag in q.flags} for q in form.questions if q.flags}
    assert actual == expected


def test_every_flag_names_its_kind_and_says_what_was_flagged(form: Form) -> None:
    for question in form.questions:
        for flag in question.flags:
            assert flag.kinds, question.id
            assert flag.text["en"].endswith("."), question.id


def test_questions_about_proceedings_and_dealings_print_their_period(form: Form) -> None:
    timed = {q.id: q.period for q in form.questions if q.period}
    assert {timed[f"10.0{n}"] for n in range(1, 9)} == {"ten_years"}
    assert timed["6.01"] == "lfy"
    assert timed["7.02"] == "three_years"
    assert timed["7.04"] == "three_fiscal_years"
    assert timed["4.02"] == "sixty_days"


def test_each_filer_sees_the_questions_of_their_role_only(form: Form) -> None:
    director, officer = (
        _shown(form, _context("director")),
        _shown(form, _context("executive_officer")),
    )
    nominee = _shown(form, _context("nominee"))
    assert {"1.06", "2.02", "2.09", "7.01", "14.02"} <= director
    assert not {"9.05", "9.06"} & director
    assert {"9.05", "9.06", "8.08", "8.09"} <= officer
    assert not {"1.06", "2.02", "2.09", "7.01", "14.02"} & officer
    assert "2.09" not in nominee
    assert "1.08" in nominee
    assert {"13.03", "13.04", "14.05"} <= director & officer & nominee


def test_audit_committee_questions_reach_its_members_and_candidates(form: Form) -> None:
    for context in (
        _context("director", offices=("ac_chair",)),
        _context("director", offices=("ac_member",)),
        _context("nominee", marks=("ac_candidate",)),
    ):
        assert _shown(form, context) >= AUDIT_COMMITTEE
    assert not _shown(form, _context("director", offices=("cc_member",))) & AUDIT_COMMITTEE


def test_follow_ups_self_description_and_bring_down_stay_hidden_until_they_apply(
    form: Form,
) -> None:
    hidden = {"6.02", "6.03", "6.04", "6.05", "14.01", "14.06"}
    assert not _shown(form, _context("director")) & hidden
    assert "14.06" in _shown(form, _context("director", marks=("bring_down",)))


def test_every_text_can_be_filled_for_a_real_campaign(form: Form) -> None:
    pack = load_pack(pack_bytes("immunogen"))
    context = Context(
        Filer(("director",)), "2027-02-18", "2026-12-31", settings=pack.setting_values()
    )
    texts = [wording(t, form, context) for q in form.questions for t in (q.text, q.why, q.help)]
    assert not [text for text in texts if re.search(r"[{}…]", text)]
    assert any("$120,000" in text for text in texts)
    assert any(str(pack.setting_values()["auditor_name"]) in text for text in texts)


def test_every_setting_of_the_form_stands_in_the_code_pack(form: Form) -> None:
    pack = load_pack(pack_bytes("immunogen"))
    assert set(form.settings) <= set(pack.setting_values())
    for name, value in form.settings.items():
        if isinstance(value, int):
            assert pack.setting_values()[name] == value, name


def test_clauses_of_the_code_that_questions_cite_stand_in_the_pack(form: Form) -> None:
    pack = load_pack(pack_bytes("immunogen"))
    numbers = {clause.number for clause in pack.clauses}
    sections = {number.split()[0] for number in numbers}
    cited = {
        c.removeprefix("Code ") for q in form.questions for c in q.cites if c.startswith("Code ")
    }
    assert cited <= numbers | sections


def test_the_questions_that_decide_the_independence_tests_can_raise_them(form: Form) -> None:
    pack = load_pack(pack_bytes("immunogen"))
    for row in pack.independence_tests:
        for name in row.questions:
            flags = [f for f in form.question(name).flags if f.severity.value == "high"]
            assert {k.value for f in flags for k in f.kinds} & set(row.kinds), name


def _is_money(question: Question) -> bool:
    return any(column.kind is Kind.MONEY for column in question.columns)


def test_amounts_are_asked_as_money_never_as_text(form: Form) -> None:
    asked = {q.id for q in form.questions if _is_money(q)}
    assert asked >= {"3.03", "6.01", "6.06", "6.09", "7.01", "7.02", "7.04", "8.01", "9.01", "9.02"}


@pytest.mark.parametrize(
    "path",
    [
        *sorted(form_file("annual-questionnaire").parent.rglob("*.toml")),
        *sorted(resource("codes", "immunogen").glob("*.toml")),
        resource("demo", "answers.toml"),
        resource("demo", "cast.toml"),
    ],
    ids=lambda path: path.name,
)
def test_no_sentence_is_copied_from_the_code(path: Path) -> None:
    listing = Path(__file__).with_name("code_shingles.txt").read_text(encoding="utf-8")
    theirs = {d for line in listing.splitlines() if not line.startswith("#") for d in line.split()}
    assert len(theirs) > 2500
    ours = [
        text
        for text in _texts(tomllib.loads(path.read_text(encoding="utf-8")))
        if not theirs.isdisjoint(_runs(text))
    ]
    assert ours == []
