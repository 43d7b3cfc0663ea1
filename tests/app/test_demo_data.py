"""The demonstration's people: complete, repeatable, invented, with exceptions of every sort."""

from __future__ import annotations

import pytest

from candor.app import demo_answers
from candor.app.demo_facts import facts
from candor.app.demo_people import DemoPerson, cast
from candor.app.people import faults
from candor.errors import CandorError
from candor.forms import flags as form_flags
from candor.forms.answers import Answer, Change, Flag, Provenance
from candor.forms.carry_forward import propose
from candor.forms.definition import Form
from candor.forms.flags import flags
from candor.forms.loader import load
from candor.forms.validation import validate
from candor.forms.visibility import visible
from candor.policy.pack import load_pack
from candor.records.codec import decode, encode
from candor.resources import form_file, pack_bytes

SEED = 7
MOST = 40


@pytest.fixture(scope="module")
def form() -> Form:
    return load(form_file("annual-questionnaire").read_bytes())


def _answers(form: Form, person: DemoPerson, seed: int = SEED) -> dict[str, Answer]:
    return demo_answers.answers(form, person, demo_answers.context(person), seed)


def _flags(form: Form, person: DemoPerson) -> tuple[Flag, ...]:
    return flags(form, demo_answers.context(person), _answers(form, person))


def _filers(people: int = 15, seed: int = SEED) -> dict[str, DemoPerson]:
    return {person.key: person for person in cast(seed, people)[1:]}


@pytest.mark.parametrize("seed", [1, 7, 2027])
def test_everybody_has_answered_everything_and_may_sign(form: Form, seed: int) -> None:
    for person in _filers(MOST, seed).values():
        given = demo_answers.context(person)
        said = demo_answers.answers(form, person, given, seed)
        assert validate(form, given, said) == (), person.key
        assert said.keys() <= {question.id for question in visible(form, given, said)}


def test_last_years_answers_were_complete_for_the_secretary_too(form: Form) -> None:
    for person in _filers(MOST).values():
        last = demo_answers.last_year(form, person, SEED)
        before = demo_answers.context(person, 2025)
        problems = validate(form, before, last, audience="questionnaire")
        left_out = {question for question, a in _answers(form, person).items() if a.unable}
        assert not last or {problem.question for problem in problems} <= left_out


def test_last_year_never_holds_what_goes_past_the_secretary(form: Form) -> None:
    for person in _filers(MOST).values():
        assert not {"13.03", "13.04"} & demo_answers.last_year(form, person, SEED).keys()


def test_the_default_cast_is_nine_directors_and_six_officers_and_a_secretary() -> None:
    secretary, *filers = cast(SEED, 15)
    assert secretary.offices == ("secretary",)
    assert secretary.classes == ()
    board = [p for p in filers if {"director", "nominee"} & set(p.classes)]
    assert (len(board), len(filers) - len(board)) == (9, 6)
    assert sum("nominee" in p.classes for p in board) == 1
    assert [p.name for p in board if p.employed] == ["Adaeze Thistlewood"]
    held = sorted(office for person in filers for office in person.offices)
    assert held.count("ac_member") == 2
    assert held.count("cc_member") == 3
    assert {"clo", "cfo", "ceo", "cco", "controller", "ac_chair", "lead_director"} <= set(held)


def test_the_smallest_cast_can_still_route_and_sign_and_a_smaller_one_is_refused() -> None:
    offices = {office for person in cast(SEED, 5) for office in person.offices}
    assert {"secretary", "clo", "cfo", "ac_chair", "ac_member"} <= offices
    with pytest.raises(CandorError, match="too few"):
        cast(SEED, 4)


def test_three_hundred_people_have_different_names_and_addresses() -> None:
    people = cast(SEED, 300)
    assert len(people) == 301
    assert len({person.name for person in people}) == 301
    assert len({person.email for person in people}) == 301
    assert len({person.key for person in people}) == 301


def test_every_person_passes_the_check_of_the_people_screen() -> None:
    pack = load_pack(pack_bytes("immunogen"))
    for person in cast(SEED, MOST):
        assert faults(person.entry(), pack) == (), person.key


def test_the_same_seed_gives_the_same_people_and_answers(form: Form) -> None:
    assert cast(SEED, 40) == cast(SEED, 40)
    assert cast(SEED, 20) == cast(SEED, 40)[:21]
    assert cast(SEED + 1, 40) != cast(SEED, 40)
    person = cast(SEED, 40)[33]
    assert _answers(form, person) == _answers(form, person)


def test_facts_and_answers_are_values_that_a_record_can_hold(form: Form) -> None:
    for person in _filers(40).values():
        on_file = facts(person)
        assert decode(encode(on_file)) == on_file
        values = {name: answer.value for name, answer in _answers(form, person).items()}
        assert decode(encode(values)) == values


def test_facts_are_offered_for_prefilled_questions_that_the_person_is_asked(form: Form) -> None:
    prefilled = {question.id for question in form.questions if question.prefill}
    for person in _filers().values():
        given = demo_answers.context(person)
        asked = {question.id for question in visible(form, given, {})}
        assert facts(person).keys() == prefilled & asked, person.key


def test_most_facts_are_confirmed_and_a_few_are_disputed(form: Form) -> None:
    ways = [
        _answers(form, person)[name].provenance
        for person in _filers().values()
        for name in facts(person)
    ]
    assert ways.count(Provenance.DISPUTED) == 4
    assert ways.count(Provenance.CONFIRMED) == len(ways) - 4


def test_exceptions_of_every_severity_are_scattered_over_the_cast(form: Form) -> None:
    raised = [flag for person in _filers().values() for flag in _flags(form, person)]
    counts = {severity.value: 0 for severity in form_flags.ORDER}
    for flag in raised:
        counts[flag.severity] += 1
    assert counts["high"] >= 10
    assert counts["medium"] >= 15
    assert counts["open"] >= 2
    assert counts["low"] >= 1


def test_the_cast_holds_the_cases_that_the_main_job_has_to_show(form: Form) -> None:
    raised = {
        key: {(flag.question, flag.severity) for flag in _flags(form, person)}
        for key, person in _filers().items()
    }
    assert ("13.01", "high") in raised["rosalind_vale"]
    assert ("6.01", "high") in raised["margaret_ashgrove"]
    assert ("7.04", "high") in raised["leopold_summerhayes"]
    assert ("5.02", "medium") in raised["daniel_brightwater"]
    assert ("4.03", "open") in raised["harold_quillfeather"]
    assert ("13.03", "high") in raised["yolanda_birchall"]
    assert ("13.04", "high") in raised["beatriz_larkin"]
    changed = _answers(form, _filers()["harold_quillfeather"])["6.01"]
    assert changed.change is Change.CHANGED


def test_a_newcomer_has_no_last_year_and_others_are_offered_theirs(form: Form) -> None:
    people = _filers()
    nominee = people["samuel_winterbourne"]
    assert demo_answers.last_year(form, nominee, SEED) == {}
    assert {a.change for a in _answers(form, nominee).values()} == {Change.NEW}
    director = people["harold_quillfeather"]
    last = demo_answers.last_year(form, director, SEED)
    offered = propose(form, last, demo_answers.context(director))
    assert len(offered) > 80
    assert "14.05" not in offered
