"""Evaluates expressions against a form, a filer and answers. Total: it never raises.

What is missing makes the comparison around it false, also ``!=``; an addend that is missing
counts as nothing beside one that is there, so a blank cell cannot hide a sum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from candor.forms import periods, prefill, syntax, tree
from candor.forms.answers import Answer, Change, Context, rows_of, same_value
from candor.forms.business_days import business_days
from candor.forms.comparison import compare, within
from candor.forms.computed import FUNCTIONS, Ground
from candor.forms.definition import Form, Question
from candor.forms.values import (
    MISSING,
    Row,
    Term,
    plus,
    read,
    read_date,
    read_rows,
    total,
)
from candor.intervals import whole_months


@dataclass(frozen=True)
class Scope:
    """What one question's expressions may see."""

    form: Form
    context: Context
    question: Question
    answer: Answer | None
    earlier: Mapping[str, Answer]
    """Answers of earlier questions that are shown."""
    row: Row | None = None

    def setting(self, name: str) -> Term:
        """The company's value of a setting, else the form's, else MISSING."""
        value = self.context.settings.get(name, self.form.settings.get(name, MISSING))
        return value if isinstance(value, bool | int | str) else MISSING

    def ground(self) -> Ground:
        """What computed checks over this question's rows stand on."""
        offered = prefill.offer(self.question, self.context)
        same = None
        if offered is not None and self.answer is not None:
            same = same_value(self.question, offered, self.answer)
        return Ground(
            rows=read_rows(self.question, rows_of(self.question, self.answer)),
            fact_rows=None
            if offered is None
            else read_rows(self.question, rows_of(self.question, offered)),
            same_as_fact=same,
            determination_date=_day(self.context.determination_date),
            fiscal_year_end=_day(self.context.fiscal_year_end),
            settings={name: self.setting(name) for name in self.form.settings},
        )


def _day(text: str) -> date:
    day = read_date(text)
    return day if isinstance(day, date) else date.min


def holds(source: str, scope: Scope) -> bool:
    """Whether the condition holds. Raises only ExpressionRefused, for text the loader refuses."""
    return evaluate(syntax.parse(source), scope) is True


def evaluate(node: tree.Node, scope: Scope) -> Term:
    """The value of a tree: MISSING for whatever is absent, of another shape or unknown."""
    match node:
        case tree.Literal(value):
            result: Term = value
        case tree.Words(items):
            result = items
        case tree.Name(base, member):
            result = _named(base, member, scope)
        case tree.Negation(inner):
            result = evaluate(inner, scope) is not True
        case tree.Junction():
            result = _joined(node, scope)
        case tree.Comparison("in", left, right):
            result = within(evaluate(left, scope), evaluate(right, scope))
        case tree.Comparison(sign, left, right):
            result = compare(sign, evaluate(left, scope), evaluate(right, scope))
        case tree.Sum(sign, left, right):
            result = plus(evaluate(left, scope), evaluate(right, scope), sign)
        case tree.Call(function, arguments):
            result = _called(function, arguments, scope)
    return result


def _joined(node: tree.Junction, scope: Scope) -> bool:
    first = evaluate(node.left, scope) is True
    if first is not node.every:
        return first
    return evaluate(node.right, scope) is True


def _named(base: str, member: str, scope: Scope) -> Term:
    if base == "row":
        return scope.row.get(member, MISSING) if scope.row is not None else MISSING
    if base == "setting":
        return scope.setting(member)
    if base == "period":
        return _period(member, scope)
    reader = _NAMES.get(base)
    return MISSING if reader is None else reader(scope)


def _period(name: str, scope: Scope) -> Term:
    for period in scope.form.periods:
        if period.id == name:
            try:
                return periods.day(period, scope.context)
            except ValueError:
                return MISSING
    return MISSING


def _value(question: Question, answer: Answer | None) -> Term:
    if answer is None or answer.unable:
        return MISSING
    return read(question.kind, answer.value, question.decimals)


def _fact(scope: Scope) -> Term:
    return _value(scope.question, prefill.offer(scope.question, scope.context))


_NAMES: Mapping[str, Callable[[Scope], Term]] = {
    "answer": lambda s: _value(s.question, s.answer),
    "fact": _fact,
    "role": lambda s: s.context.filer.classes,
    "office": lambda s: s.context.filer.offices,
    "attribute": lambda s: s.context.filer.attributes,
    "determination_date": lambda s: read_date(s.context.determination_date),
    "fiscal_year_end": lambda s: read_date(s.context.fiscal_year_end),
    "disputed": lambda s: s.answer is not None and bool(s.answer.dispute),
    "changed": lambda s: s.answer is not None and s.answer.change is Change.CHANGED,
    "explained": lambda s: s.answer is not None and bool(s.answer.explanation.strip()),
    "source": lambda s: (s.answer is not None and s.answer.source.value) or MISSING,
    "rows": lambda s: len(rows_of(s.question, s.answer)),
}


def _called(function: str, arguments: tuple[tree.Node, ...], scope: Scope) -> Term:
    if function in FUNCTIONS:
        given = [evaluate(argument, scope) for argument in arguments]
        return FUNCTIONS[function].run(scope.ground(), *given)
    if function in {"q", "answered", "unable"}:
        return _asked(function, arguments, scope)
    if function in BETWEEN:
        first, last = (evaluate(argument, scope) for argument in arguments)
        if isinstance(first, date) and isinstance(last, date):
            return BETWEEN[function](first, last)
        return MISSING
    return _over_rows(function, arguments, scope)


BETWEEN: Mapping[str, Callable[[date, date], int]] = {
    "months": whole_months,
    "business_days": business_days,
}
"""Functions that count from one date to another."""


def _asked(function: str, arguments: tuple[tree.Node, ...], scope: Scope) -> Term:
    question_id = _question_named(arguments)
    answer = scope.earlier.get(question_id)
    if function == "answered":
        return answer is not None and answer.answered
    if function == "unable":
        return answer is not None and bool(answer.unable)
    if answer is None:
        return MISSING
    return _value(scope.form.question(question_id), answer)


def _question_named(arguments: tuple[tree.Node, ...]) -> str:
    first = arguments[0] if arguments else None
    named = isinstance(first, tree.Literal) and isinstance(first.value, str)
    return str(first.value) if named and isinstance(first, tree.Literal) else ""


def _over_rows(function: str, arguments: tuple[tree.Node, ...], scope: Scope) -> Term:
    other = _question_named(arguments)
    if other:
        arguments = arguments[1:]
        answer = scope.earlier.get(other)
        question = scope.form.question(other) if answer is not None else scope.question
    else:
        question, answer = scope.question, scope.answer
    rows = read_rows(question, rows_of(question, answer))
    if not arguments:
        return len(rows)
    each = [evaluate(arguments[0], replace(scope, row=row)) for row in rows]
    return _AGGREGATES[function](each)


def _extreme(pick: str) -> Callable[[list[Term]], Term]:
    def best(terms: list[Term]) -> Term:
        result: Term = MISSING
        for term in terms:
            if result is MISSING or compare(pick, term, result):
                result = term
        return result

    return best


_AGGREGATES: Mapping[str, Callable[[list[Term]], Term]] = {
    "any": lambda each: any(term is True for term in each),
    "all": lambda each: bool(each) and all(term is True for term in each),
    "count": lambda each: sum(term is True for term in each),
    "sum": total,
    "max": _extreme(">"),
    "min": _extreme("<"),
}
AGGREGATES = frozenset(_AGGREGATES)
"""Every function over rows."""
