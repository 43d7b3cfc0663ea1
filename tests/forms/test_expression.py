"""Expressions: what they mean, and that no answers whatever can make them raise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candor.forms import computed, flags, printed, progress, validation, visibility
from candor.forms.answers import Answer, Change, Context, Filer, Provenance, Source
from candor.forms.definition import Form, Question
from candor.forms.expression import Scope, holds
from candor.forms.kinds import Kind
from candor.forms.loader import load

from .conftest import SAMPLE

SHIPPED = Path(__file__).parents[2] / "forms" / "annual-questionnaire.toml"
USD = "USD"


def money(minor: int, currency: str = USD) -> dict[str, Any]:
    return {"minor": minor, "currency": currency}


@pytest.fixture
def says(sample: Form) -> Callable[..., bool]:
    """Whether an expression holds at question 6.01 of the sample, for an answer."""

    def check(source: str, answer: Answer | None = None, **filer: tuple[str, ...]) -> bool:
        context = Context(
            Filer(**({"classes": ("director",)} | filer)),
            "2027-01-22",
            "2026-12-31",
            settings={"auditor": "Tally Ltd"},
        )
        earlier = {
            "1.01": Answer("1.01", "Ada"),
            "1.02": Answer(
                "1.02",
                [
                    {"kin": "spouse", "home": True, "since": "2020-02-29"},
                    {"kin": "child", "home": False},
                ],
            ),
        }
        question = sample.question("6.01")
        return holds(source, Scope(sample, context, question, answer, earlier))

    return check


ROWS = Answer(
    "6.01",
    True,
    rows=(
        {"party": "Alder", "paid": money(10_000_000), "to_come": money(2_000_001)},
        {"party": "Birch", "paid": money(500)},
        {"party": "Cedar"},
    ),
)


@pytest.mark.parametrize(
    "source",
    [
        "answer == yes",
        "answer != no",
        "not answer == no",
        "rows == 3",
        "count() == 3",
        "count(row.paid > 4) == 2",
        "any(row.paid + row.to_come > 120000)",
        "any(row.paid + row.to_come > setting.rpt_threshold)",
        "not any(row.paid > setting.rpt_threshold)",
        "sum(row.paid) == 100005",
        "sum(row.paid) - 5 == 100000",
        "max(row.paid) == 100000",
        "min(row.paid) == 5.00",
        "all(row.party != 'Dogwood')",
        "'director' in role and not 'ac_member' in office",
        "'ac_member' not in office",
        "role in ['director', 'nominee']",
        "setting.auditor == 'Tally Ltd'",
        "q('1.01') == 'Ada' or q('1.01') == 'Bob'",
        "q('1.01') in ['Ada', 'Bob']",
        "answered('1.01') and not unable('1.01')",
        "any('1.02', row.kin == 'spouse' and row.home == yes)",
        "count('1.02') == 2",
        "any('1.02', row.since < '2020-03-01')",
        "max('1.02', row.since) == '2020-02-29'",
        "determination_date > fiscal_year_end",
        "period.lfy == '2026-01-01'",
        "months(fiscal_year_end, determination_date) == 0",
        "months(period.lfy, determination_date) == 12",
        "yes == yes and (no == no)",
    ],
)
def test_this_condition_holds(says: Callable[..., bool], source: str) -> None:
    assert says(source, ROWS)


@pytest.mark.parametrize(
    "source",
    [
        "answer == yes",
        "answer != yes",
        "any(row.paid > 0)",
        "all(row.paid > 0)",
        "max(row.paid) > 0",
        "q('6.02') == 'ac'",
        "q('6.02') != 'ac'",
        "answered('6.02')",
        "disputed or changed or explained",
        "source == 'known'",
        "fact == yes",
        "differs_from_fact()",
        "setting.rpt_threshold < 120000",
    ],
)
def test_missing_makes_the_comparison_false(says: Callable[..., bool], source: str) -> None:
    assert not says(source, None)


def test_unable_to_answer_is_neither_yes_nor_no(says: Callable[..., bool]) -> None:
    unable = Answer("6.01", unable="The file is in the office.")
    assert not says("answer == yes", unable)
    assert not says("answer == no", unable)


def test_blank_addend_cannot_hide_a_sum(says: Callable[..., bool]) -> None:
    answer = Answer("6.01", True, rows=({"paid": money(12_000_001)},))
    assert says("any(row.paid + row.to_come > setting.rpt_threshold)", answer)
    assert says("any(row.to_come + row.paid > setting.rpt_threshold)", answer)
    assert not says("any(row.to_come - row.paid > 0)", answer)
    assert says("any(row.paid - row.to_come > 120000)", answer)


def test_threshold_is_strict_to_the_cent(says: Callable[..., bool]) -> None:
    over = "any(row.paid > setting.rpt_threshold)"
    assert not says(over, Answer("6.01", True, rows=({"paid": money(12_000_000)},)))
    assert says(over, Answer("6.01", True, rows=({"paid": money(12_000_001)},)))


def test_money_of_two_currencies_is_never_added_or_compared(says: Callable[..., bool]) -> None:
    mixed = Answer("6.01", True, rows=({"paid": money(1), "to_come": money(1, "EUR")},))
    for condition in ("row.paid + row.to_come > 0", "row.paid == row.to_come"):
        assert not says(f"any({condition})", mixed)


def test_names_of_this_answer_tell_how_it_stands(says: Callable[..., bool]) -> None:
    answer = Answer(
        "6.01",
        True,
        explanation="Because.",
        source=Source.COULD_NOT_ASK,
        provenance=Provenance.DISPUTED,
        dispute="Not mine.",
        change=Change.CHANGED,
    )
    assert says("disputed and changed and explained and source == 'could_not_ask'", answer)


def test_decimals_compare_as_the_number_they_show(one_question: Callable[[str], Form]) -> None:
    form = one_question(
        '[[question]]\nid = "1.01"\nsection = "people"\nkind = "number"\ndecimals = 2\n'
        'text.en = "How much of it do you own, in per cent?"\n'
        '[[question.flag]]\nwhen = "answer >= 9.5"\nseverity = "high"\nkinds = ["OWN"]\n'
        'text.en = "A large holding."\n'
    )
    context = Context(Filer(("director",)), "2027-01-22", "2026-12-31")
    assert not flags.flags(form, context, {"1.01": Answer("1.01", 949)})
    assert flags.flags(form, context, {"1.01": Answer("1.01", 950)})


_JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**60), 2**60),
        st.text(max_size=8),
        st.sampled_from(["2027-01-22", "2026-02-30", "spouse", "ac", "USD", "yes", "9999-12-31"]),
        st.builds(money, st.integers(-(2**60), 2**60), st.sampled_from(["USD", "JPY", "?"])),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["minor", "name", "to", "amount"]), inner, max_size=4),
    ),
    max_leaves=12,
)


def _rows(question: Question) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of the question's own columns, with cells of the right shape and of any other."""
    shapes = {
        Kind.MONEY: st.builds(money, st.integers(0, 10**9)),
        Kind.DATE: st.dates().map(str),
        Kind.YES_NO: st.booleans(),
        Kind.NUMBER: st.integers(0, 3000),
    }
    cells = {c.id: st.one_of(shapes.get(c.kind, _JSON), _JSON) for c in question.columns}
    return st.lists(st.fixed_dictionaries({}, optional=cells), max_size=3)


@st.composite
def _answers(draw: st.DrawFn, form: Form) -> dict[str, Answer]:
    asked = draw(st.lists(st.sampled_from(form.questions), max_size=12))
    return {
        question.id: Answer(
            question=question.id,
            value=draw(st.one_of(_JSON, st.booleans(), _rows(question))),
            rows=tuple(draw(_rows(question))),
            unable=draw(st.sampled_from(["", "", "cannot"])),
            explanation=draw(st.sampled_from(["", "why"])),
        )
        for question in asked
    }


_FILERS = st.builds(
    Filer,
    classes=st.lists(st.sampled_from(["director", "nominee", "executive_officer", "x"])).map(tuple),
    offices=st.lists(st.sampled_from(["ac_member", "cc_member", "ceo"])).map(tuple),
    attributes=st.lists(st.sampled_from(["ac_candidate", "bring_down", "ask.1.04"])).map(tuple),
)
_CONTEXTS = st.builds(
    Context,
    filer=_FILERS,
    determination_date=st.sampled_from(["2027-01-22", "2028-02-29", "0001-01-01", "soon", ""]),
    fiscal_year_end=st.sampled_from(["2026-12-31", "2024-02-29", "9999-12-31", "", "x"]),
    settings=st.dictionaries(
        st.sampled_from(["rpt_threshold", "d_test_floor", "overboard"]),
        st.one_of(st.integers(), st.booleans(), st.text(max_size=3)),
    ),
    facts=st.dictionaries(st.sampled_from(["1.01", "1.02", "1.05", "4.01", "6.01"]), _JSON),
)
_BOTH = {"sample": load(SAMPLE.encode()), "shipped": load(SHIPPED)}


@settings(max_examples=100, deadline=None)
@given(data=st.data(), context=_CONTEXTS, which=st.sampled_from(sorted(_BOTH)))
def test_no_answers_of_any_shape_can_make_a_form_raise(
    data: st.DataObject, context: Context, which: str
) -> None:
    form = _BOTH[which]
    answers = data.draw(_answers(form))
    shown = visibility.visible(form, context, answers)
    problems = validation.validate(form, context, answers)
    raised = flags.flags(form, context, answers)
    asked = {question.id for question in shown}
    assert {p.question for p in problems} | {f.question for f in raised} <= asked
    assert progress.progress(form, context, answers).asked <= len(shown)
    pages = printed.printed(form, context, answers)
    assert sum(len(section.questions) for section in pages.sections) == len(shown)


_ATOMS = ["answer == yes", "rows > 1", "any(row.paid > 3)", "q('1.01') != 'x'", "'a' in office"]
_TREES = st.recursive(
    st.sampled_from(_ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda text: f"not ({text})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
    ),
    max_leaves=6,
)


@given(_TREES, _TREES)
def test_and_or_not_obey_de_morgan(left: str, right: str) -> None:
    form = _BOTH["sample"]
    context = Context(Filer(("director",)), "2027-01-22", "2026-12-31")
    scope = Scope(form, context, form.question("6.01"), ROWS, {})
    assert holds(f"not (({left}) and ({right}))", scope) == (
        holds(f"(not ({left})) or (not ({right}))", scope)
    )


def test_every_computed_check_is_described_in_the_readme() -> None:
    readme = (SHIPPED.parent / "README.md").read_text("utf-8")
    assert [name for name in computed.FUNCTIONS if f"`{name}(" not in readme] == []
