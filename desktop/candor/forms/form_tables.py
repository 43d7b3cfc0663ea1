"""From the tables of a form file to its types, one function per table of the language."""

from __future__ import annotations

import re

from candor.forms import composition, consistency
from candor.forms.definition import (
    CheckRule,
    Choice,
    Column,
    FlagRule,
    Form,
    Opening,
    Period,
    Question,
    Section,
    StopRule,
)
from candor.forms.kinds import Kind
from candor.forms.periods import KINDS as PERIOD_KINDS
from candor.forms.tables import LANGUAGE, Table
from candor.policy.facts import Matter
from candor.policy.terms import FilerClass, FlagKind, Severity

_QUESTION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_FORM_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def read_form(top: Table, file_digest: str) -> Form:
    """The form that a whole file describes; faults are noted in the table's collector."""
    head = top.table("form")
    if not top.has("form"):
        top.fault("form", "the table [form] is missing")
    languages = _languages(head)
    roles = head.some_of("roles", FilerClass, required=True)
    audience = head.identifier("audience", "questionnaire")
    blocks, shared = composition.read_blocks(top, head)
    sections = [_section(table, languages) for table in top.tables("section", required=True)]
    questions = [
        _question(table, languages, roles, audience)
        for table in top.tables("question", required=True)
    ]
    order = composition.order(sections, questions, composed=bool(blocks))
    form = Form(
        id=_id(head),
        code=head.text("code"),
        version=head.integer("version", None, 1, 1_000_000),
        title=head.texts("title", languages),
        intro=head.texts("intro", languages),
        carve_out=head.texts("carve_out", languages),
        roles=roles,
        case_prefix=_prefix(head),
        default_audience=audience,
        periods=tuple(_period(table, languages) for table in top.tables("period")),
        definitions=tuple(_definition(table, languages) for table in head.tables("definition")),
        sections=tuple(sections[place] for place in order.sections),
        questions=tuple(questions[place] for place in order.questions),
        digest=file_digest,
        languages=languages,
        settings=shared | head.table("setting").scalars(),
        matter=head.one_of("matter", Matter, Matter.GUIDANCE) if head.has("matter") else None,
        blocks=blocks,
    )
    head.finish()
    top.finish()
    consistency.check(form, top.collector, order)
    return form


def _languages(head: Table) -> tuple[str, ...]:
    found = head.texts_list("languages") or ("en",)
    for language in found:
        if not LANGUAGE.fullmatch(language):
            head.fault("languages", f"“{language}” is not a language tag such as en or de-CH")
    return found


def _id(head: Table) -> str:
    value = head.text("id")
    if value and not _FORM_ID.fullmatch(value):
        head.fault("id", "an id has lower-case letters, digits and - only")
    return value


def _prefix(head: Table) -> str:
    value = head.text("case_prefix")
    if value and not re.fullmatch(r"[A-Z]{2,6}", value):
        head.fault("case_prefix", "a prefix is two to six capital letters, such as DOQ")
    return value


def _definition(table: Table, languages: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    found = table.texts("term", languages), table.texts("meaning", languages)
    table.finish()
    return found


def _period(table: Table, languages: tuple[str, ...]) -> Period:
    period_id = table.identifier("id")
    table.collector.name(table.path, f"period {period_id}")
    kind = table.text("kind")
    if kind and kind not in PERIOD_KINDS:
        table.fault("kind", f"“{kind}” is not one of {', '.join(PERIOD_KINDS)}")
    least = 1 if kind == "fiscal_years_back" else 0
    found = Period(
        id=period_id,
        kind=kind,
        count=table.integer("count", None, least, 3650),
        text=table.texts("text", languages),
    )
    for language, text in found.text.items():
        if "{date}" not in text:
            table.collector.add(table.at("text", language), "{date} is missing in the text")
    table.finish()
    return found


def _section(table: Table, languages: tuple[str, ...]) -> Section:
    section_id = table.identifier("id")
    table.collector.name(table.path, f"section {section_id}")
    found = Section(
        id=section_id,
        number=table.integer("number", None, 0, 999),
        title=table.texts("title", languages),
        intro=table.texts("intro", languages, required=False),
    )
    table.finish()
    return found


def _question(
    table: Table, languages: tuple[str, ...], roles: tuple[FilerClass, ...], audience: str
) -> Question:
    question_id = table.text("id")
    table.collector.name(table.path, f"question {question_id or table.path[-1]}")
    if question_id and not _QUESTION_ID.fullmatch(question_id):
        table.fault("id", "an id has letters, digits and . _ - only, at most 32")
    currency = table.text("currency", "USD")
    found = Question(
        id=question_id,
        section=table.text("section"),
        kind=table.one_of("kind", Kind, Kind.YES_NO),
        text=table.texts("text", languages),
        audience=table.identifier("audience", audience),
        roles=table.some_of("roles", FilerClass) or roles,
        help=table.texts("help", languages, required=False),
        why=table.texts("why", languages, required=False),
        short=table.texts("short", languages, required=False),
        cites=table.texts_list("cites"),
        show_when=table.text("show_when", ""),
        explain_when=table.text("explain_when", ""),
        attach_when=table.text("attach_when", ""),
        flags=tuple(_flag(flag, languages) for flag in table.tables("flag")),
        period=table.text("period", ""),
        choices=tuple(_choice(choice, languages) for choice in table.tables("choices")),
        columns=tuple(_column(column, languages, currency) for column in table.tables("columns")),
        currency=currency,
        required=table.switch("required", default=True),
        about_relatives=table.switch("about_relatives", default=False),
        prefill=table.identifier("prefill", ""),
        opens=tuple(map(_opening, table.tables("opens"))),
        stops=tuple(_stop(stop, languages) for stop in table.tables("stop")),
        checks=tuple(_check(check, languages) for check in table.tables("check")),
        fact=table.text("fact", ""),
        default_off=table.switch("default_off", default=False),
        decimals=table.integer("decimals", 0, 0, 6),
        grouped=table.switch("grouped", default=True),
        min_rows=table.integer("min_rows", 0, 0, 500),
        max_rows=table.integer("max_rows", 500, 1, 500),
        row_for_each=table.text("row_for_each", ""),
        carry_forward=table.switch("carry_forward", default=True),
    )
    table.finish()
    return found


def _flag(table: Table, languages: tuple[str, ...]) -> FlagRule:
    found = FlagRule(
        when=table.text("when"),
        severity=table.one_of("severity", Severity, Severity.LOW),
        kinds=table.some_of("kinds", FlagKind, required=True),
        text=table.texts("text", languages),
    )
    table.finish()
    return found


def _stop(table: Table, languages: tuple[str, ...]) -> StopRule:
    found = StopRule(
        when=table.text("when"),
        rule=table.identifier("rule"),
        text=table.texts("text", languages),
        remedy=table.texts("remedy", languages),
    )
    table.finish()
    return found


def _check(table: Table, languages: tuple[str, ...]) -> CheckRule:
    found = CheckRule(when=table.text("when"), text=table.texts("text", languages))
    table.finish()
    return found


def _opening(table: Table) -> Opening:
    form = table.text("form")
    if form and not _FORM_ID.fullmatch(form):
        table.fault("form", "this must be the id of a form")
    found = Opening(
        form=form,
        when=table.text("when", ""),
        carry=tuple(table.table("carry").words().items()),
    )
    table.finish()
    return found


def _choice(table: Table, languages: tuple[str, ...]) -> Choice:
    found = Choice(
        key=table.identifier("key"),
        label=table.texts("label", languages),
        fact=table.text("fact", ""),
    )
    table.finish()
    return found


def _column(table: Table, languages: tuple[str, ...], currency: str) -> Column:
    column_id = table.identifier("id")
    table.collector.name(table.path, f"{_owner(table)}, column {column_id}")
    found = Column(
        id=column_id,
        label=table.texts("label", languages),
        kind=table.one_of("kind", Kind, Kind.SHORT_TEXT),
        required=table.switch("required", default=True),
        choices=tuple(_choice(choice, languages) for choice in table.tables("choices")),
        currency=table.text("currency", currency),
        decimals=table.integer("decimals", 0, 0, 6),
        grouped=table.switch("grouped", default=True),
        fact=table.text("fact", ""),
    )
    table.finish()
    return found


def _owner(table: Table) -> str:
    return table.collector.spoken(table.path[:2])
