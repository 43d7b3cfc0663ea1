"""Flags: what an answer needs attention for, in words that say no more than is certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from candor.forms.answers import Answer, Context, Flag, Source
from candor.forms.definition import Form, Question
from candor.forms.visibility import Reading
from candor.forms.wording import wording
from candor.policy.terms import FlagKind, Severity

ORDER = (Severity.HIGH, Severity.MEDIUM, Severity.OPEN, Severity.LOW)
"""From the most urgent: what could not be answered stands before drafting notes."""
_UNABLE = {
    "en": "Could not be answered.",
    "de": "Konnte nicht beantwortet werden.",
    "fr": "Il n’a pas été possible de répondre.",
    "es": "No se pudo responder.",
}


_NOT_ASKED = {
    "en": "A relative could not be asked.",
    "de": "Jemand aus der Familie konnte nicht gefragt werden.",
    "fr": "Un proche n’a pas pu être interrogé.",
    "es": "No se pudo preguntar a un familiar.",
}


def flags(
    form: Form, context: Context, answers: Mapping[str, Answer], language: str = "en"
) -> tuple[Flag, ...]:
    """Every flag that the answers shown raise, in the order of the form."""
    reading = Reading(form, context, answers)
    return tuple(
        flag for question in reading.visible for flag in question_flags(reading, question, language)
    )


def question_flags(reading: Reading, question: Question, language: str = "en") -> tuple[Flag, ...]:
    """The flags of one question's answer.

    Unable to answer is an open point, never a No; so is what a relative could not be asked.
    """
    answer = reading.answer(question)
    if answer is None or not answer.answered:
        return ()
    if answer.unable:
        return (_open(question, _UNABLE, language),)
    held = tuple(_held(reading, question, language))
    if not (question.about_relatives and answer.source is Source.COULD_NOT_ASK):
        return held
    asked = _open(question, _NOT_ASKED, language)
    told = any(flag.severity == asked.severity and flag.kinds == asked.kinds for flag in held)
    return held if told else (*held, asked)


def _open(question: Question, texts: Mapping[str, str], language: str) -> Flag:
    text = texts.get(language.partition("-")[0], texts["en"])
    return Flag(question.id, Severity.OPEN.value, (FlagKind.INC.value,), text)


def _held(reading: Reading, question: Question, language: str) -> Iterator[Flag]:
    for rule in question.flags:
        if reading.holds(rule.when, question):
            text = wording(rule.text, reading.form, reading.context, language)
            kinds = tuple(kind.value for kind in rule.kinds)
            yield Flag(question.id, rule.severity.value, kinds, text)


def highest(raised: tuple[Flag, ...]) -> Severity | None:
    """The most urgent severity among flags, or None without any."""
    found = {flag.severity for flag in raised}
    return next((severity for severity in ORDER if severity.value in found), None)
