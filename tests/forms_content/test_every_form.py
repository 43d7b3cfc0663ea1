"""Every shipped form: sound, numbered, explained, cited, and understood by the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from candor.forms import fact_places
from candor.forms.answers import Context, Filer
from candor.forms.definition import Choice, Form
from candor.forms.kinds import Kind
from candor.forms.loader import load
from candor.forms.matter_facts import facts_of
from candor.forms.validation import validate
from candor.policy.facts import Matter
from candor.policy.facts.reading import facts_from
from candor.policy.pack import load_pack
from candor.resources import compose, form_file, pack_bytes

from .filling import DAY, filled

FOLDER = form_file("annual-questionnaire").parent
PATHS = sorted(FOLDER.glob("*.toml"))
FORMS = {path.stem: load(path) for path in PATHS}
MATTERS = {name: form for name, form in FORMS.items() if form.matter is not None}
NEW = {name: form for name, form in FORMS.items() if name != "annual-questionnaire"}
PACK = load_pack(pack_bytes("immunogen"))
CLASSES = ("director", "nominee", "executive_officer", "employee")
CODES = """
    F01 conflict-disclosure COI, F02 financial-interest FIN, F03 family-business FAM,
    F04 outside-service OUT, F05 corporate-opportunity OPP, F06 loan LON, F07 gift-received GFT,
    F08 gift-given GVN, F09 related-person-transaction RPT, F10 waiver-request WVR,
    F11 acknowledgement ACK, F12 concern CON, F13 control-deficiency ICF,
    F14 information-copy CDA, F15 property-removal PRP, F16 director-interest REC,
    F18 waiver-worksheet WKS, F19 annual-review REV, GDE guidance GDE, RET retention-question RET,
    PAR business-partner PAR, SUB sub-certification SUB, DOQ annual-questionnaire DOQ
"""

each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
each_new = pytest.mark.parametrize("form", NEW.values(), ids=NEW)
each_matter = pytest.mark.parametrize("form", MATTERS.values(), ids=MATTERS)


def test_all_the_forms_are_there_with_their_codes_and_prefixes() -> None:
    listed = {tuple(row.split()) for row in CODES.split(",")}
    assert {(form.code, form.id, form.case_prefix) for form in FORMS.values()} == listed


def test_every_matter_has_one_form() -> None:
    stated = [form.matter for form in MATTERS.values()]
    assert len(stated) == len(set(stated))
    assert set(Matter) - set(stated) == {Matter.QUESTIONNAIRE, Matter.CODE_AMENDMENT}


@each_form
def test_the_file_is_named_by_the_forms_id_and_is_its_bytes(form: Form) -> None:
    assert load(compose(FOLDER / f"{form.id}.toml")).digest == form.digest


@each_form
def test_the_carve_out_stands_on_every_form_in_the_same_words(form: Form) -> None:
    assert form.carve_out == FORMS["annual-questionnaire"].carve_out
    assert "18 U.S.C. 1833(b)" in form.carve_out["en"]
    assert "without telling the Company" in form.carve_out["en"]


@each_form
def test_sections_and_questions_are_numbered_without_gaps(form: Form) -> None:
    assert [section.number for section in form.sections] == list(range(1, len(form.sections) + 1))
    expected = [
        f"{section.number}.{place:02d}"
        for section in form.sections
        for place in range(1, 1 + sum(q.section == section.id for q in form.questions))
    ]
    assert [question.id for question in form.questions] == expected


@each_new
def test_every_question_says_why_it_is_asked_and_on_what_rule_it_rests(form: Form) -> None:
    for question in form.questions:
        assert question.short["en"], question.id
        assert question.why["en"], question.id
        assert question.cites, question.id
        for flag in question.flags:
            assert flag.text["en"].endswith("."), question.id


@each_new
def test_every_hard_stop_says_what_to_do_instead(form: Form) -> None:
    for question in form.questions:
        for stop in question.stops:
            assert stop.text["en"].endswith("."), question.id
            assert len(stop.remedy["en"]) > 30, question.id


@each_form
def test_clauses_that_questions_cite_stand_in_the_pack(form: Form) -> None:
    numbers = {clause.number for clause in PACK.clauses}
    known = numbers | {number.split()[0] for number in numbers}
    cited = {c for q in form.questions for c in q.cites if c.startswith("Code ")}
    missing = {c for c in cited if c.removeprefix("Code ") not in known}
    assert missing == set()


@each_form
def test_settings_of_the_form_stand_in_the_pack_with_the_same_value(form: Form) -> None:
    values = PACK.setting_values()
    for name, value in form.settings.items():
        assert name in values
        assert values[name] == value or isinstance(value, str), name


def _alternatives(form: Form) -> Iterator[dict[str, str]]:
    """Every choice of every question, one at a time."""
    yield {}
    for question in form.questions:
        choices = question.choices or (Choice("yes", {}), Choice("no", {}))
        if question.kind in {Kind.CHOICE, Kind.MULTI_CHOICE, Kind.YES_NO, Kind.YES_NO_EXPLAIN}:
            yield from ({question.id: choice.key} for choice in choices)


def _context(form: Form, *classes: str) -> Context:
    marks = ("hcp_facing", "financial_reporting")
    return Context(Filer(classes, (), marks), DAY, "2026-12-31", settings=PACK.setting_values())


@each_matter
def test_whatever_is_chosen_the_rules_can_read_the_facts(form: Form) -> None:
    people: list[dict[str, Any]] = [{"id": "ann"}, {"id": "bo"}]
    for filer in form.roles:
        context = _context(form, filer.value)
        for picks in _alternatives(form):
            stated = facts_of(form, context, filled(form, context, picks))
            facts = facts_from({**stated, "filer": "bo", "people": people}, {})
            assert facts.matter is form.matter


@each_new
def test_a_form_filled_in_as_asked_can_be_signed(form: Form) -> None:
    for filer in form.roles:
        context = _context(form, filer.value)
        answers = filled(form, context, {})
        problems = validate(form, context, answers)
        assert [p for p in problems if not p.stops] == [], filer


@each_matter
def test_choices_that_state_a_closed_fact_offer_only_its_words(form: Form) -> None:
    for question in form.questions:
        place = fact_places.find(question.fact) if question.fact else None
        if place is not None and place.words and question.choices:
            assert {choice.states for choice in question.choices} <= place.words


@each_form
def test_rules_that_stop_a_form_stand_in_the_pack(form: Form) -> None:
    known = {row.id for row in getattr(PACK, "prohibitions", ())}
    if not known:
        pytest.skip("this pack states no prohibitions")
    stops = {stop.rule for question in form.questions for stop in question.stops}
    conduct = {
        choice.states
        for question in form.questions
        if question.fact in {"waiver.conduct", "prohibited"}
        for choice in question.choices
    }
    assert (stops | conduct) - known == set()
