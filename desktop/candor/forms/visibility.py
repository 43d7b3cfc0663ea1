"""Which questions a filer is shown: by role, by what is switched on, by earlier answers."""

from __future__ import annotations

from collections.abc import Mapping

from candor.forms import expression
from candor.forms.answers import Answer, Context
from candor.forms.definition import Form, Question


class Reading:
    """A form read against one filer and one set of answers, decided once, top to bottom.

    An answer to a question that is no longer shown counts as missing everywhere, so an answer
    that was typed and then became pointless can neither show nor flag anything.
    """

    def __init__(self, form: Form, context: Context, answers: Mapping[str, Answer]) -> None:
        self.form = form
        self.context = context
        self._answers = answers
        self._shown: dict[str, Answer] = {}
        self.visible = tuple(q for q in form.questions if self._decide(q))

    def _decide(self, question: Question) -> bool:
        if not asked_of(question, self.context):
            return False
        if question.show_when and not self.holds(question.show_when, question):
            return False
        if question.id in self._answers:
            self._shown[question.id] = self._answers[question.id]
        return True

    def answer(self, question: Question) -> Answer | None:
        """The answer to a question that is shown, or None."""
        return self._shown.get(question.id)

    def kept(self) -> dict[str, Answer]:
        """The answers that count: shown and answered. What is signed is exactly these."""
        return {name: answer for name, answer in self._shown.items() if answer.answered}

    def scope(self, question: Question) -> expression.Scope:
        """What the question's expressions see."""
        return expression.Scope(
            self.form, self.context, question, self.answer(question), self._shown
        )

    def holds(self, source: str, question: Question) -> bool:
        """Whether a condition of this question holds."""
        return expression.holds(source, self.scope(question))


def asked_of(question: Question, context: Context) -> bool:
    """Whether the question is for this filer at all, whatever the answers are."""
    if not set(question.roles) & set(context.filer.classes):
        return False
    return not question.default_off or f"ask.{question.id}" in context.filer.attributes


def visible(
    form: Form, context: Context, answers: Mapping[str, Answer], audience: str = ""
) -> tuple[Question, ...]:
    """The questions shown, in order; with ``audience`` only those whose answers it receives."""
    shown = Reading(form, context, answers).visible
    return tuple(q for q in shown if audience in {"", q.audience})


def kept(
    form: Form, context: Context, answers: Mapping[str, Answer], audience: str = ""
) -> dict[str, Answer]:
    """The answers that are signed: those shown and answered, for one audience or for all."""
    found = Reading(form, context, answers).kept()
    return {n: a for n, a in found.items() if audience in {"", form.question(n).audience}}
