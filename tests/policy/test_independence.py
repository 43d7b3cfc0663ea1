"""The bright-line tests: what answers say of each, and never a finding of independence."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from candor.policy import independence
from candor.policy.independence import Finding, IndependenceRow
from candor.policy.pack import Pack, load_pack
from candor.resources import pack_bytes

PACK = load_pack(pack_bytes("immunogen"))
QUESTIONS = tuple(dict.fromkeys(q for t in PACK.independence_tests for q in t.questions))
CODES = [test.code for test in PACK.independence_tests]
EVERY = frozenset(QUESTIONS)
NONE: frozenset[str] = frozenset()

some = st.frozensets(st.sampled_from((*QUESTIONS, "1.01")))
flags = st.dictionaries(
    st.sampled_from(QUESTIONS), st.frozensets(st.sampled_from(("IND", "ACI", "RPT", "COI")))
)


def _finding(row: IndependenceRow, code: str) -> Finding:
    return dict(row.findings)[code]


def test_clean_answers_to_every_question_raise_no_bar(pack: Pack) -> None:
    row = independence.tests(pack, EVERY, NONE, {})
    assert {finding for _, finding in row.findings} == {Finding.NO}
    assert row.conclusion == "No bar found"


def test_one_flag_of_the_tests_own_kind_meets_that_test_alone(pack: Pack) -> None:
    row = independence.tests(pack, EVERY, NONE, {"7.02": {"IND"}})
    assert [code for code, finding in row.findings if finding is Finding.MET] == ["B"]
    assert row.conclusion == "Bar: B"


def test_any_question_of_a_test_can_meet_it(pack: Pack) -> None:
    for question in ("3.03", "7.03"):
        assert (
            _finding(independence.tests(pack, EVERY, NONE, {question: {"IND"}}), "C") is Finding.MET
        )


def test_several_tests_met_stand_in_the_packs_order(pack: Pack) -> None:
    caught = {"8.01": {"ACI"}, "7.04": {"IND"}, "7.01": {"IND"}}
    assert independence.tests(pack, EVERY, NONE, caught).conclusion == "Bar: A, D, 10A-3"


def test_a_flag_of_another_kind_meets_nothing(pack: Pack) -> None:
    row = independence.tests(pack, EVERY, NONE, {"7.02": {"RPT"}, "8.01": {"IND"}})
    assert row.conclusion == "No bar found"


def test_an_answer_that_is_missing_leaves_its_test_open(pack: Pack) -> None:
    row = independence.tests(pack, EVERY, frozenset({"7.06"}), {})
    assert _finding(row, "F") is Finding.OPEN
    assert row.conclusion == "Answer open"


def test_a_bar_is_named_even_where_another_answer_is_open(pack: Pack) -> None:
    row = independence.tests(pack, EVERY, frozenset({"3.03", "7.05"}), {"7.03": {"IND"}})
    assert _finding(row, "C") is Finding.MET
    assert _finding(row, "E") is Finding.OPEN
    assert row.conclusion == "Bar: C"


def test_questions_that_were_not_shown_say_nothing(pack: Pack) -> None:
    row = independence.tests(pack, EVERY - {"8.01", "8.02"}, frozenset({"8.01"}), {"8.02": {"ACI"}})
    assert _finding(row, "10A-3") is Finding.NOT_ASKED
    assert row.conclusion == "No bar found"


@given(some, some, flags)
def test_every_test_has_one_finding_in_the_packs_order(
    asked: frozenset[str], unable: frozenset[str], caught: Mapping[str, frozenset[str]]
) -> None:
    row = independence.tests(PACK, asked, unable, caught)
    assert [code for code, _ in row.findings] == CODES
    assert row == independence.tests(PACK, asked, unable, dict(reversed(caught.items())))


@given(some, some, flags)
def test_the_conclusion_follows_the_worst_finding(
    asked: frozenset[str], unable: frozenset[str], caught: Mapping[str, frozenset[str]]
) -> None:
    row = independence.tests(PACK, asked, unable, caught)
    found = {finding for _, finding in row.findings}
    expected = "Bar" if Finding.MET in found else "Answer" if Finding.OPEN in found else "No"
    assert row.conclusion.split()[0].rstrip(":") == expected


@given(some, some, flags)
def test_nobody_is_ever_called_independent(
    asked: frozenset[str], unable: frozenset[str], caught: Mapping[str, frozenset[str]]
) -> None:
    row = independence.tests(PACK, asked, unable, caught)
    words = " ".join((row.conclusion, *(finding.value for _, finding in row.findings)))
    assert "independen" not in words.casefold()


@given(some, some, flags, st.sampled_from(QUESTIONS))
def test_another_flag_never_lifts_a_bar(
    asked: frozenset[str],
    unable: frozenset[str],
    caught: Mapping[str, frozenset[str]],
    question: str,
) -> None:
    before = dict(independence.tests(PACK, asked, unable, caught).findings)
    more = {**caught, question: caught.get(question, NONE) | {"IND", "ACI"}}
    after = dict(independence.tests(PACK, asked, unable, more).findings)
    assert all(after[c] is Finding.MET for c in before if before[c] is Finding.MET)
