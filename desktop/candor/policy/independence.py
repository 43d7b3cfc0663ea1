"""The bright-line tests of Nasdaq 5605(a)(2) and Rule 10A-3, read from answers' flags."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from candor.policy.pack import IndependenceTest, Pack


class Finding(StrEnum):
    """What these answers say of one test; never a finding of independence."""

    NO = "no"
    OPEN = "open"
    MET = "MET"
    NOT_ASKED = "–"


@dataclass(frozen=True)
class IndependenceRow:
    """One person's tests in the pack's order, and what may be said of them together."""

    findings: tuple[tuple[str, Finding], ...]
    conclusion: str


def tests(
    pack: Pack,
    asked: Set[str],
    unable: Set[str],
    caught: Mapping[str, Set[str]],
) -> IndependenceRow:
    """Read the tests from a questionnaire.

    ``asked``: question ids that were visible to the filer; ``unable``: those not answered or
    answered "unable"; ``caught``: per question id the flag kinds raised with high severity.
    A test is met when one of its questions raised one of its kinds, open when one of them is
    unanswered, not asked when none was shown. Source: pack table ``independence_test``.
    """
    findings = tuple((t.code, _finding(t, asked, unable, caught)) for t in pack.independence_tests)
    return IndependenceRow(findings, _conclusion(findings))


def _finding(
    test: IndependenceTest, asked: Set[str], unable: Set[str], caught: Mapping[str, Set[str]]
) -> Finding:
    questions = set(test.questions) & asked
    if not questions:
        return Finding.NOT_ASKED
    if any(caught.get(question, frozenset()) & set(test.kinds) for question in questions):
        return Finding.MET
    return Finding.OPEN if questions & unable else Finding.NO


def _conclusion(findings: tuple[tuple[str, Finding], ...]) -> str:
    met = [code for code, finding in findings if finding is Finding.MET]
    if met:
        return f"Bar: {', '.join(met)}"
    if any(finding is Finding.OPEN for _, finding in findings):
        return "Answer open"
    return "No bar found"
