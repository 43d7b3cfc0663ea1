"""Checks an expression against its form before anybody meets it: names, types, order, audience.

What passes here cannot surprise at evaluation: every name exists, every comparison is of like
with like, every question named comes earlier and goes to the same audience.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from candor.forms import syntax, tree
from candor.forms.agreement import literal_type, texts, unlike
from candor.forms.computed import FUNCTIONS, Computed
from candor.forms.definition import Choice, Column, Question
from candor.forms.expression import AGGREGATES, BETWEEN
from candor.forms.values import TYPES, Type
from candor.policy.terms import FilerClass

_OWN = {
    "disputed": Type.YES_NO,
    "changed": Type.YES_NO,
    "explained": Type.YES_NO,
    "source": Type.TEXT,
}
_ALWAYS = {
    "role": Type.SET,
    "office": Type.SET,
    "attribute": Type.SET,
    "determination_date": Type.DATE,
    "fiscal_year_end": Type.DATE,
}
_WORDS_OF = {
    "role": frozenset(FilerClass),
    "source": frozenset({"known", "asked", "could_not_ask"}),
}


@dataclass(frozen=True)
class Setting:
    """Where an expression stands: what it may name."""

    question: Question
    earlier: Mapping[str, Question]
    later: frozenset[str]
    periods: frozenset[str]
    settings: Mapping[str, int | str | bool]
    own_answer: bool
    """False in show_when, which decides before there is an answer."""
    rows_of: Question | None = None
    """Inside any(...), sum(...): the question whose rows are gone through."""


def faults(source: str, setting: Setting) -> tuple[str, ...]:
    """Everything wrong with a condition, as clauses; none where it is sound."""
    try:
        tree = syntax.parse(source)
    except syntax.ExpressionRefused as refused:
        return (refused.message,)
    checker = _Checker()
    found = checker.type_of(tree, setting)
    if found not in {Type.YES_NO, None}:
        checker.say(f"a condition must hold or not hold, and this is {found.value}")
    return tuple(dict.fromkeys(checker.found))


class _Checker:
    """Infers types; None is a type that cannot be known because a fault was already noted."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def say(self, text: str) -> None:
        self.found.append(text)

    def type_of(self, node: tree.Node, setting: Setting) -> Type | None:
        match node:
            case tree.Literal(value):
                return literal_type(value)
            case tree.Words():
                return Type.SET
            case tree.Name(base, member):
                return self._name(base, member, setting)
            case tree.Negation(inner):
                self._condition(inner, setting)
            case tree.Junction(_, left, right):
                self._condition(left, setting)
                self._condition(right, setting)
            case tree.Comparison(sign, left, right):
                self._comparison(sign, left, right, setting)
            case tree.Sum(_, left, right):
                return self._sum(left, right, setting)
            case tree.Call():
                return self._call(node, setting)
        return Type.YES_NO

    def _condition(self, node: tree.Node, setting: Setting) -> None:
        found = self.type_of(node, setting)
        if found not in {Type.YES_NO, None}:
            self.say(f"“and”, “or” and “not” join conditions, and this is {found.value}")

    def _name(self, base: str, member: str, setting: Setting) -> Type | None:
        if member:
            return self._dotted(base, member, setting)
        if base in _ALWAYS:
            return _ALWAYS[base]
        if base in _OWN or base in {"answer", "fact", "rows"}:
            return self._own(base, setting)
        self.say(f"the name “{base}” is not known")
        return None

    def _own(self, name: str, setting: Setting) -> Type | None:
        question = setting.question
        if not setting.own_answer and name != "fact":
            self.say(f"“{name}” cannot stand in show_when: the question is not answered yet")
            return None
        if name in _OWN:
            return _OWN[name]
        if name == "rows":
            if not question.has_rows:
                self.say("“rows” needs a question with columns")
            return Type.NUMBER
        if TYPES[question.kind] is Type.NONE:
            self.say(f"a {question.kind} has no value to compare; use rows, any(...), sum(...)")
            return None
        return TYPES[question.kind]

    def _dotted(self, base: str, member: str, setting: Setting) -> Type | None:
        if base == "setting":
            if member in setting.settings:
                return literal_type(setting.settings[member])
            self.say(f"the setting “{member}” is not declared in [form.setting]")
        elif base == "period":
            if member in setting.periods:
                return Type.DATE
            self.say(f"there is no period “{member}”")
        elif base == "row":
            column = self._row_column(member, setting)
            return TYPES[column.kind] if column else None
        else:
            self.say(f"the name “{base}.{member}” is not known")
        return None

    def _row_column(self, name: str, setting: Setting) -> Column | None:
        if setting.rows_of is None:
            self.say("“row” stands only inside any(...), all(...), count(...), sum(...)")
            return None
        return self._column(name, setting.rows_of)

    def _column(self, name: str, question: Question) -> Column | None:
        for column in question.columns:
            if column.id == name:
                return column
        self.say(f"question {question.id} has no column “{name}”")
        return None

    def _sum(self, left: tree.Node, right: tree.Node, setting: Setting) -> Type | None:
        types = [self.type_of(side, setting) for side in (left, right)]
        if None in types:
            return None
        if not set(types) <= {Type.NUMBER, Type.MONEY}:
            self.say("only numbers and money can be added or taken away")
            return None
        return Type.MONEY if Type.MONEY in types else Type.NUMBER

    def _comparison(self, sign: str, left: tree.Node, right: tree.Node, setting: Setting) -> None:
        first, second = self.type_of(left, setting), self.type_of(right, setting)
        if first is not None and second is not None:
            wrong = unlike(sign, first, second, (left, right))
            if wrong:
                self.say(wrong)
        for one, other in ((left, right), (right, left)):
            self._known_words(one, other, setting)

    def _known_words(self, one: tree.Node, other: tree.Node, setting: Setting) -> None:
        known = self._words_that(one, setting)
        if known is None:
            return
        for word in texts(other):
            if word not in known:
                self.say(f"“{word}” is not one of {', '.join(sorted(known))}")

    def _words_that(self, node: tree.Node, setting: Setting) -> frozenset[str] | None:
        """The closed set of texts that a node can be, or None."""
        choices: tuple[Choice, ...] = ()
        match node:
            case tree.Name("role" | "source" as base, ""):
                return _WORDS_OF[base]
            case tree.Name("answer" | "fact", ""):
                choices = setting.question.choices
            case tree.Name("row", member) if setting.rows_of is not None:
                found = [c.choices for c in setting.rows_of.columns if c.id == member]
                choices = found[0] if found else ()
            case tree.Call("q", (tree.Literal(str(named)),)) if named in setting.earlier:
                choices = setting.earlier[named].choices
        return frozenset(choice.key for choice in choices) or None

    def _call(self, node: tree.Call, setting: Setting) -> Type | None:
        if node.function in FUNCTIONS:
            return self._computed(node, FUNCTIONS[node.function], setting)
        if node.function in {"q", "answered", "unable"}:
            return self._asked(node, setting)
        if node.function in BETWEEN:
            types = [self.type_of(argument, setting) for argument in node.arguments]
            if len(types) != 2 or any(t not in {Type.DATE, None} for t in types):
                self.say(f"{node.function}(...) takes two dates")
            return Type.NUMBER
        if node.function in AGGREGATES:
            return self._aggregate(node, setting)
        self.say(f"the function “{node.function}” is not known")
        return None

    def _asked(self, node: tree.Call, setting: Setting) -> Type | None:
        named = [a.value for a in node.arguments if isinstance(a, tree.Literal)]
        if len(node.arguments) != 1 or len(named) != 1 or not isinstance(named[0], str):
            self.say(f"{node.function}(...) takes the id of a question in quotation marks")
            return None
        question = self._question(named[0], setting)
        if node.function != "q":
            return Type.YES_NO
        if question is None:
            return None
        if TYPES[question.kind] is Type.NONE:
            self.say(f"question {question.id} has no value to compare; use its rows")
            return None
        return TYPES[question.kind]

    def _question(self, named: str, setting: Setting) -> Question | None:
        question = setting.earlier.get(named)
        if question is None:
            if named == setting.question.id:
                self.say("the question names itself; write “answer”")
            elif named in setting.later:
                self.say(f"question {named} comes later; an expression may only look back")
            else:
                self.say(f"there is no question {named}")
        elif question.audience != setting.question.audience:
            self.say(f"question {named} has another audience, which this would betray")
            return None
        return question

    def _aggregate(self, node: tree.Call, setting: Setting) -> Type | None:
        name, arguments = node.function, node.arguments
        question: Question | None = setting.question
        if arguments and isinstance(arguments[0], tree.Literal):
            question = self._question(str(arguments[0].value), setting)
            arguments = arguments[1:]
        elif not setting.own_answer:
            self.say(f"{name}(...) cannot read this question's rows in show_when")
            return None
        if question is None:
            return None
        wrong = _unusable(name, arguments, question, setting)
        if wrong:
            self.say(wrong)
            return None
        if not arguments:
            return Type.NUMBER
        return self._per_row(name, arguments[0], replace(setting, rows_of=question))

    def _per_row(self, name: str, inner: tree.Node, setting: Setting) -> Type | None:
        found = self.type_of(inner, setting)
        if name in {"any", "all", "count"}:
            if found not in {Type.YES_NO, None}:
                self.say(f"{name}(...) needs a condition, and this is {found.value}")
            return Type.NUMBER if name == "count" else Type.YES_NO
        allowed = {Type.NUMBER, Type.MONEY} | (set() if name == "sum" else {Type.DATE})
        if found is not None and found not in allowed:
            self.say(f"{name}(...) needs amounts, and this is {found.value}")
        return found

    def _computed(self, node: tree.Call, check: Computed, setting: Setting) -> Type:
        name, given = node.function, list(node.arguments)
        if not setting.own_answer:
            self.say(f"{name}(...) cannot read this question's rows in show_when")
        for missing in set(check.settings) - setting.settings.keys():
            self.say(f"{name}(...) needs the setting “{missing}” in [form.setting]")
        if not given and check.may_be_bare:
            return check.result
        least = len(check.columns) + check.numbers
        if not least <= len(given) <= least + len(check.optional):
            self.say(f"{name}(...) takes {least} arguments, and has {len(given)}")
            return check.result
        columns = [*given[: len(check.columns)], *given[least:]]
        for argument, allowed in zip(columns, (*check.columns, *check.optional), strict=False):
            self._column_argument(name, argument, allowed, setting.question)
        for argument in given[len(check.columns) : least]:
            if self.type_of(argument, setting) not in {Type.NUMBER, None}:
                self.say(f"{name}(...) needs a number here")
        return check.result

    def _column_argument(
        self, name: str, node: tree.Node, allowed: frozenset[Type], question: Question
    ) -> None:
        if not isinstance(node, tree.Literal) or not isinstance(node.value, str):
            self.say(f"{name}(...) takes the names of columns in quotation marks")
            return
        column = self._column(node.value, question)
        if column is not None and TYPES[column.kind] not in allowed:
            wanted = " or ".join(sorted(kind.value for kind in allowed))
            self.say(f"{name}(...) needs {wanted} in column “{column.id}”")


def _unusable(
    name: str, arguments: tuple[tree.Node, ...], question: Question, setting: Setting
) -> str:
    """Why a function over rows cannot stand here, or an empty text."""
    if not question.has_rows:
        return f"question {question.id} has no columns"
    if setting.rows_of is not None:
        return f"{name}(...) cannot stand inside another of its kind"
    if len(arguments) != 1 and not (name == "count" and not arguments):
        return f"{name}(...) takes one expression over a row"
    return ""


def before_answer(setting: Setting) -> Setting:
    """The same place for show_when, which decides before there is an answer."""
    return replace(setting, own_answer=False)


def in_a_row(setting: Setting) -> Setting:
    """The same place inside one row, where the question has rows."""
    return replace(setting, rows_of=setting.question) if setting.question.has_rows else setting
