"""Checks that need more than one key of a form: references, order, kinds and what they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from candor.forms import opening, soundness, stating, wording
from candor.forms.composition import Order
from candor.forms.definition import Choice, Form, Question, Texts
from candor.forms.faults import Collector
from candor.forms.kinds import CELL_KINDS, Kind
from candor.money import is_currency
from candor.toml_lines import Path

_CHOOSE = {Kind.CHOICE, Kind.MULTI_CHOICE}
_TABLED = {Kind.TABLE, Kind.YES_NO_EXPLAIN}


def check(form: Form, collector: Collector, order: Order) -> None:
    """Note every fault that shows only when the form is seen whole."""
    for path, text in _faults(form):
        collector.add(order.written(path), text)


def _faults(form: Form) -> Iterator[tuple[Path, str]]:
    yield from _repeated("period", (p.id for p in form.periods))
    yield from _repeated("section", (s.id for s in form.sections))
    yield from _repeated("question", (q.id for q in form.questions))
    yield from _sections(form)
    yield from _texts_of_form(form)
    yield from stating.faults(form)
    for place, question in enumerate(form.questions):
        for key, text in _question(question, form):
            yield ("question", place, *key), text
        for key, text in _expressions(place, form):
            yield ("question", place, *key), text


def _repeated(table: str, ids: Iterable[str]) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for place, name in enumerate(ids):
        if name and name in seen:
            yield (table, place, "id"), f"“{name}” is used twice"
        seen.add(name)


def _sections(form: Form) -> Iterator[tuple[Path, str]]:
    order = {section.id: place for place, section in enumerate(form.sections)}
    used = {question.section for question in form.questions}
    for place, section in enumerate(form.sections):
        if section.id not in used:
            yield ("section", place, "id"), "no question stands in this section"
        if place and section.number <= form.sections[place - 1].number:
            yield ("section", place, "number"), "sections must stand in the order of their numbers"
    reached = 0
    for place, question in enumerate(form.questions):
        here = order.get(question.section)
        if here is None:
            if question.section:
                yield ("question", place, "section"), f"there is no section “{question.section}”"
            continue
        if here < reached:
            yield ("question", place, "section"), "questions must stand in the order of sections"
        reached = max(reached, here)
        yield from _number(place, question, form.sections[here].number)


def _number(place: int, question: Question, section: int) -> Iterator[tuple[Path, str]]:
    head, dot, _ = question.id.partition(".")
    if dot and head.isdigit() and int(head) != section:
        yield ("question", place, "id"), f"it stands in section {section}"


def _texts_of_form(form: Form) -> Iterator[tuple[Path, str]]:
    heads = {"title": form.title, "intro": form.intro, "carve_out": form.carve_out}
    for key, texts in heads.items():
        yield from _merge_fields(("form", key), texts, form)
    for place, (term, meaning) in enumerate(form.definitions):
        yield from _merge_fields(("form", "definition", place, "term"), term, form)
        yield from _merge_fields(("form", "definition", place, "meaning"), meaning, form)
    for place, section in enumerate(form.sections):
        yield from _merge_fields(("section", place, "title"), section.title, form)
        yield from _merge_fields(("section", place, "intro"), section.intro, form)


def _merge_fields(path: Path, texts: Texts, form: Form) -> Iterator[tuple[Path, str]]:
    periods = {period.id for period in form.periods}
    for language, text in texts.items():
        for fault in wording.faults(text, periods, set(form.settings)):
            yield (*path, language), fault


def _question(question: Question, form: Form) -> Iterator[tuple[Path, str]]:
    for key in ("text", "help", "why", "short"):
        yield from _merge_fields((key,), getattr(question, key), form)
    for place, flag in enumerate(question.flags):
        yield from _merge_fields(("flag", place, "text"), flag.text, form)
    for place, stop in enumerate(question.stops):
        yield from _merge_fields(("stop", place, "text"), stop.text, form)
        yield from _merge_fields(("stop", place, "remedy"), stop.remedy, form)
    for place, check in enumerate(question.checks):
        yield from _merge_fields(("check", place, "text"), check.text, form)
    if question.period and question.period not in {period.id for period in form.periods}:
        yield ("period",), f"there is no period “{question.period}”"
    for role in question.roles:
        if role not in form.roles:
            yield ("roles",), f"the form itself is not for the role “{role}”"
    if not is_currency(question.currency):
        yield ("currency",), f"“{question.currency}” is not a currency code of ISO 4217"
    if question.decimals and question.kind is not Kind.NUMBER:
        yield ("decimals",), "only a number has decimals"
    yield from _choices(("choices",), question.kind, question.choices, form)
    yield from _columns(question, form)
    yield from _rows(question)


def _choices(
    path: Path, kind: Kind, choices: tuple[Choice, ...], form: Form
) -> Iterator[tuple[Path, str]]:
    if kind in _CHOOSE and len(choices) < 2:
        yield path, f"a {kind} needs at least two choices"
    if choices and kind not in _CHOOSE:
        yield path, f"a {kind} takes no choices"
    seen: set[str] = set()
    for place, choice in enumerate(choices):
        if choice.key in seen:
            yield (*path, place, "key"), f"“{choice.key}” is used twice"
        seen.add(choice.key)
        yield from _merge_fields((*path, place, "label"), choice.label, form)


def _columns(question: Question, form: Form) -> Iterator[tuple[Path, str]]:
    if question.kind is Kind.TABLE and not question.columns:
        yield ("columns",), "a table needs columns"
    if question.columns and question.kind not in _TABLED:
        yield ("columns",), f"a {question.kind} takes no columns"
    seen: set[str] = set()
    for place, column in enumerate(question.columns):
        path: Path = ("columns", place)
        if column.id in seen:
            yield (*path, "id"), f"“{column.id}” is used twice"
        seen.add(column.id)
        if column.kind not in CELL_KINDS:
            yield (*path, "kind"), f"a column cannot be {column.kind}"
        if not is_currency(column.currency):
            yield (*path, "currency"), f"“{column.currency}” is not a currency code of ISO 4217"
        if column.decimals and column.kind is not Kind.NUMBER:
            yield (*path, "decimals"), "only a number has decimals"
        yield from _merge_fields((*path, "label"), column.label, form)
        yield from _choices((*path, "choices"), column.kind, column.choices, form)


def _rows(question: Question) -> Iterator[tuple[Path, str]]:
    if question.min_rows > question.max_rows:
        yield ("min_rows",), "min_rows is more than max_rows"
    if not question.row_for_each:
        return
    found = [c for c in question.columns if c.id == question.row_for_each]
    if not found or found[0].kind is not Kind.CHOICE:
        yield ("row_for_each",), "this must be the id of a choice column of this question"
    elif len(found[0].choices) > question.max_rows:
        yield ("row_for_each",), "there are more choices than max_rows allows"


def _expressions(place: int, form: Form) -> Iterator[tuple[Path, str]]:
    question = form.questions[place]
    answered = soundness.Setting(
        question=question,
        earlier={q.id: q for q in form.questions[:place]},
        later=frozenset(q.id for q in form.questions[place + 1 :]),
        periods=frozenset(period.id for period in form.periods),
        settings=form.settings,
        own_answer=True,
    )
    asked = soundness.before_answer(answered)
    sources: list[tuple[Path, str, soundness.Setting]] = [
        (("show_when",), question.show_when, asked),
        (("explain_when",), question.explain_when, answered),
        (("attach_when",), question.attach_when, answered),
    ]
    sources += [(("flag", n, "when"), f.when, answered) for n, f in enumerate(question.flags)]
    sources += [(("stop", n, "when"), s.when, answered) for n, s in enumerate(question.stops)]
    sources += [(("check", n, "when"), c.when, answered) for n, c in enumerate(question.checks)]
    each = soundness.in_a_row(answered)
    sources += [(("opens", n, "when"), o.when, each) for n, o in enumerate(question.opens)]
    for path, source, setting in sources:
        for fault in soundness.faults(source, setting) if source else ():
            yield path, fault
    yield from opening.faults(question, answered.earlier)
