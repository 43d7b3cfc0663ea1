"""Forms of matters: blocks, facts, hard stops, and forms that answers open."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from candor.forms import display, opening, validation
from candor.forms.answers import Answer, Context, Filer, Provenance
from candor.forms.definition import Form
from candor.forms.faults import FormFaults
from candor.forms.loader import digest, load
from candor.forms.matter_facts import facts_of
from candor.policy.facts import Facts, Matter
from candor.resources import compose

GIFT = """
[form]
id = "gift"
code = "F07"
version = 1
case_prefix = "GFT"
roles = ["employee", "director"]
audience = "matters"
matter = "gift_received"
blocks = ["head"]
title.en = "Gift"
intro.en = "Why."
carve_out.en = "Never limits."
[form.setting]
most = 100
[[section]]
id = "gift"
number = 2
title.en = "The gift"
[[question]]
id = "2.01"
section = "gift"
kind = "choice"
fact = "gift_received.disposition"
text.en = "What happened to it?"
choices = [
  { key = "to_be_approved", label.en = "I would like to keep it" },
  { key = "returned", label.en = "I gave it back" },
]
[[question]]
id = "2.02"
section = "gift"
kind = "choice"
fact = "gift_received.kind"
text.en = "What is it?"
choices = [ { key = "goods", label.en = "A thing" }, { key = "cash", label.en = "Cash" } ]
[[question.stop]]
when = "answer == 'cash' and q('2.01') != 'returned'"
rule = "cash_received"
text.en = "Cash of more or less than {setting.most} dollars is never kept."
remedy.en = "Give it back, and say so above."
[[question]]
id = "2.03"
section = "gift"
kind = "money"
fact = "gift_received.value"
text.en = "What is it worth?"
[[question.check]]
when = "answer > setting.most + 900"
text.en = "Nobody gives more than {setting.most} and 900 dollars."
[[question]]
id = "2.04"
section = "gift"
kind = "short_text"
fact = "parties.0.name"
required = false
text.en = "From whom?"
[[question]]
id = "2.05"
section = "gift"
kind = "multi_choice"
fact = "parties.0.relation_to_company"
required = false
text.en = "What are they to the Company?"
choices = [ { key = "vendor", label.en = "A vendor" }, { key = "bidder", label.en = "A bidder" } ]
"""
HEAD = """
[[block]]
id = "head"
setting = { late_days = 5 }
[[section]]
id = "dates"
number = 1
title.en = "When"
[[question]]
id = "1.01"
section = "dates"
kind = "date"
fact = "first_known_on"
text.en = "Since when have you known, within {setting.late_days} days?"
[[question]]
id = "1.02"
section = "dates"
kind = "table"
fact = "interests"
required = false
text.en = "Who else is concerned?"
columns = [
  { id = "who", label.en = "Who", kind = "person", fact = "person" },
  { id = "why", label.en = "Why", kind = "choice", fact = "why", choices = [
    { key = "own_interest", label.en = "Has an interest of their own" },
    { key = "named_party", label.en = "Is part of it" } ] },
]
"""
EMPLOYEE = Context(Filer(("employee",)), "2027-01-22", "2026-12-31")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of forms with one form and one block."""
    (tmp_path / "blocks").mkdir()
    (tmp_path / "gift.toml").write_text(GIFT, encoding="utf-8")
    (tmp_path / "blocks" / "head.toml").write_text(HEAD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def gift(folder: Path) -> Form:
    return load(folder / "gift.toml")


def _answers(*answers: Answer) -> dict[str, Answer]:
    return {answer.question: answer for answer in answers}


def _faults(folder: Path, old: str, new: str, file: str = "gift.toml") -> list[str]:
    """What the loader says once something in a file was replaced."""
    path = folder / file
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(FormFaults) as caught:
        load(folder / "gift.toml")
    return list(caught.value.problems)


def _line(folder: Path, words: str, file: str = "gift.toml") -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if words in line)


def test_a_blocks_sections_stand_where_their_numbers_say(gift: Form) -> None:
    assert [section.number for section in gift.sections] == [1, 2]
    assert [q.id for q in gift.questions] == [
        "1.01",
        "1.02",
        "2.01",
        "2.02",
        "2.03",
        "2.04",
        "2.05",
    ]
    assert gift.settings == {"late_days": 5, "most": 100}
    assert gift.matter is Matter.GIFT_RECEIVED


def test_what_is_digested_is_the_form_with_its_blocks(folder: Path, gift: Form) -> None:
    whole = compose(folder / "gift.toml")
    assert gift.digest == digest(whole)
    assert whole.startswith(GIFT.encode())
    assert whole.endswith(HEAD.encode())
    assert load(whole).questions == gift.questions


def test_a_form_without_its_block_is_refused(folder: Path) -> None:
    with pytest.raises(FormFaults, match="one fault") as caught:
        load(GIFT.encode(), "gift.toml")
    assert "the block “head” is not there" in caught.value.problems[0]


def test_a_block_that_the_form_does_not_name_is_refused() -> None:
    with pytest.raises(FormFaults) as caught:
        load((GIFT.replace('blocks = ["head"]\n', "") + HEAD).encode(), "gift.toml")
    assert any("does not name a block “head”" in text for text in caught.value.problems)


def test_a_fault_in_a_block_is_told_with_the_blocks_own_line(folder: Path) -> None:
    wrong = _faults(folder, 'kind = "date"', 'kind = "day"', "blocks/head.toml")
    line = _line(folder, 'kind = "day"', "blocks/head.toml")
    assert wrong[0].startswith(f"blocks/head.toml, line {line} (question 1.01, kind): ")


def test_a_fault_in_the_form_is_told_with_the_forms_own_line(folder: Path) -> None:
    wrong = _faults(folder, "gift_received.value", "gift_received.worth")
    line = _line(folder, "gift_received.worth")
    said = "the rules know no fact “gift_received.worth”"
    assert wrong == [f"gift.toml, line {line} (question 2.03, fact): {said}"]


def test_a_block_that_is_not_toml_is_told_with_its_own_line(folder: Path) -> None:
    wrong = _faults(folder, 'id = "head"', "id = head", "blocks/head.toml")
    assert wrong[0].startswith("blocks/head.toml, line 3: this is not TOML")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fact = "gift_received.value"', 'fact = "gift_received.on"', "cannot state a date"),
        ('fact = "gift_received.value"', 'fact = "filed_on"', "a money cannot state a date"),
        ('fact = "parties.0.name"', 'fact = "gift_received.value"', "states this fact already"),
        ('fact = "parties.0.name"', 'fact = "parties.name"', "know no fact “parties.name”"),
        ('fact = "gift_received.kind"\n', "", "“gift_received” cannot be without “kind”"),
        ('matter = "gift_received"\n', "", "a form without a matter states no facts"),
        ('matter = "gift_received"', 'matter = "present"', "“present” is not one of"),
        ("when = \"answer == 'cash' and", "when = \"answer == 'coin' and", "“coin” is not one of"),
        ("{setting.most}", "{setting.least}", "names nothing that this form declares"),
        ('remedy.en = "Give it back, and say so above."\n', "", "“remedy” is missing"),
        ('rule = "cash_received"', 'rule = "Cash"', "must be lower-case letters"),
    ],
)
def test_what_cannot_be_stated_or_stopped_is_refused(
    folder: Path, old: str, new: str, said: str
) -> None:
    assert any(said in text for text in _faults(folder, old, new))


def test_rows_state_entries_only_where_all_that_an_entry_needs_is_asked(folder: Path) -> None:
    wrong = _faults(folder, ', fact = "why"', "", "blocks/head.toml")
    assert any("an entry of it needs “why” from a column" in text for text in wrong)


def test_a_column_states_nothing_unless_its_question_does(folder: Path) -> None:
    wrong = _faults(folder, 'fact = "interests"\n', "", "blocks/head.toml")
    assert sum("the question itself has no “fact”" in text for text in wrong) == 2


def test_answers_become_facts_that_the_strict_reader_takes(gift: Form) -> None:
    answers = _answers(
        Answer("1.01", "2027-01-20"),
        Answer(
            "1.02",
            [
                {"who": {"name": "Ann Sample", "id": "p-ann"}, "why": "named_party"},
                {"who": {"name": "Someone outside", "id": ""}, "why": "own_interest"},
            ],
        ),
        Answer("2.01", "to_be_approved"),
        Answer("2.02", "goods"),
        Answer("2.03", {"minor": 8050, "currency": "USD"}),
        Answer("2.05", ["vendor"]),
    )
    stated = facts_of(gift, EMPLOYEE, answers)
    assert stated == {
        "matter": "gift_received",
        "first_known_on": "2027-01-20",
        "interests": [{"person": "p-ann", "why": "named_party"}],
        "gift_received": {
            "disposition": "to_be_approved",
            "kind": "goods",
            "value": {"amount": "80.50", "currency": "USD"},
        },
        "parties": [{"relation_to_company": ["vendor"]}],
    }
    facts = msgspec.convert({**stated, "filer": "p-bo"}, Facts)
    assert facts.gift_received is not None
    assert str(facts.gift_received.value.amount) == "80.50"  # type: ignore[union-attr]


def test_what_could_not_be_answered_states_nothing(gift: Form) -> None:
    answers = _answers(Answer("2.02", "goods"), Answer("2.03", unable="No receipt."))
    assert facts_of(gift, EMPLOYEE, answers)["gift_received"] == {"kind": "goods"}


def test_the_rules_must_be_told_what_they_route_by(gift: Form) -> None:
    answers = _answers(Answer("2.02", unable="I did not open it."))
    (found,) = [p for p in validation.validate(gift, EMPLOYEE, answers) if p.question == "2.02"]
    assert found.text.startswith("Who decides depends on this answer.")


def test_a_hard_stop_is_a_problem_of_its_own_kind_with_its_remedy(gift: Form) -> None:
    answers = _answers(Answer("2.01", "to_be_approved"), Answer("2.02", "cash"))
    stops = [p for p in validation.validate(gift, EMPLOYEE, answers) if p.stops]
    assert [(p.question, p.rule) for p in stops] == [("2.02", "cash_received")]
    assert stops[0].text == "Cash of more or less than 100 dollars is never kept."
    assert display.problem(gift.question("2.02"), stops[0]) == (
        "Cash of more or less than 100 dollars is never kept. Give it back, and say so above."
    )


def test_what_was_given_back_can_be_recorded(gift: Form) -> None:
    answers = _answers(Answer("2.01", "returned"), Answer("2.02", "cash"))
    assert not [p for p in validation.validate(gift, EMPLOYEE, answers) if p.stops]


def test_an_answer_that_cannot_be_right_has_to_be_mended(gift: Form) -> None:
    def said(minor: int) -> list[str]:
        answers = _answers(Answer("2.03", {"minor": minor, "currency": "USD"}))
        problems = validation.validate(gift, EMPLOYEE, answers)
        return [p.text for p in problems if p.question == "2.03"]

    assert said(100_000) == []
    assert said(100_001) == ["Nobody gives more than 100 and 900 dollars."]


OPENER = """
[form]
id = "opener"
code = "F00"
version = 1
case_prefix = "OPN"
roles = ["employee"]
title.en = "Opener"
intro.en = "Why."
carve_out.en = "Never limits."
[[section]]
id = "gifts"
number = 1
title.en = "Gifts"
[[question]]
id = "1.01"
section = "gifts"
kind = "yes_no_explain"
text.en = "Any gifts?"
columns = [
  { id = "giver", label.en = "From", kind = "short_text" },
  { id = "value", label.en = "Value", kind = "money" },
  { id = "registered", label.en = "In the register?", kind = "yes_no" },
]
[[question.opens]]
form = "gift"
when = "row.registered == no"
carry = { giver = "2.04", value = "2.03" }
"""


def _opener(folder: Path, old: str = "", new: str = "") -> Path:
    path = folder / "opener.toml"
    path.write_text(OPENER.replace(old, new) if old else OPENER, encoding="utf-8")
    return path


def test_each_row_that_calls_for_it_opens_a_form_with_its_facts(folder: Path, gift: Form) -> None:
    form = load(_opener(folder))
    first = {"giver": "Ledger", "value": {"minor": 100, "currency": "USD"}, "registered": True}
    second = {"giver": "Quill", "value": {"minor": 900, "currency": "USD"}, "registered": False}
    answers = _answers(Answer("1.01", value=True, rows=(first, second)))
    (offer,) = opening.offers(form, EMPLOYEE, answers)
    assert (offer.question, offer.row, offer.opening.form) == ("1.01", 1, "gift")
    assert opening.carried(form, offer, answers, gift) == _answers(
        Answer("2.04", "Quill", provenance=Provenance.PREPARED),
        Answer("2.03", {"minor": 900, "currency": "USD"}, provenance=Provenance.PREPARED),
    )


def test_no_offers_nothing(folder: Path) -> None:
    form = load(_opener(folder))
    assert opening.offers(form, EMPLOYEE, _answers(Answer("1.01", value=False))) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"2.04"', '"9.09"', "the form gift has no question 9.09"),
        ('value = "2.03"', 'value = "2.04"', "question 2.04 of gift does not take what “value”"),
        ("giver = ", "giber = ", "“giber” is neither a column here nor an earlier question"),
        ('form = "gift"', 'form = "grift"', "there is no form “grift” beside this one"),
        ("row.registered", "row.noted", "question 1.01 has no column “noted”"),
    ],
)
def test_what_cannot_be_carried_over_is_refused(
    folder: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(FormFaults) as caught:
        load(_opener(folder, old, new))
    assert any(said in text for text in caught.value.problems), caught.value.problems
