"""What the people of the demonstration answer: plainly, except where resources/demo says more.

Pure functions of the seed. Every result is complete and ready to sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from candor.app.demo_facts import FISCAL_YEAR, facts
from candor.app.demo_people import DemoPerson, pick, roll, table
from candor.app.demo_plain import plain_answer
from candor.app.demo_years import moved
from candor.forms import parse
from candor.forms.answers import Answer, Change, Context, Provenance, Source, rows_of
from candor.forms.carry_forward import settle
from candor.forms.definition import Column, Form, Question
from candor.forms.kinds import Kind, Value
from candor.forms.visibility import kept

DETERMINATION_DATE = f"{FISCAL_YEAR + 1}-02-18"
"""The day of the Audit Committee's meeting, from which the form counts its periods."""
LAST_SIGNED = f"{FISCAL_YEAR}-01-20T15:10:00-05:00"
"""When the cast signed last year's questionnaire."""


def context(person: DemoPerson, year: int = FISCAL_YEAR) -> Context:
    """What a person's form is read against, with the facts on file for that fiscal year."""
    return Context(
        filer=person.filer,
        determination_date=f"{year + 1}{DETERMINATION_DATE[4:]}",
        fiscal_year_end=f"{year}-12-31",
        facts=facts(person, year),
    )


def answers(form: Form, person: DemoPerson, given: Context, seed: int) -> dict[str, Answer]:
    """This year's answers to every question that the person is shown, in the form's order.

    ``given`` is the context in which they will be read: its facts are confirmed unless the cast
    disputes them. Each answer says whether it is new, re-affirmed or changed since `last_year`.
    """
    last = last_year(form, person, seed)
    said = _kept(form, person, given, seed, this_year=True)
    return {
        name: _handled(answer, name in given.facts)
        for name, answer in settle(form, last, said).items()
    }


def last_year(form: Form, person: DemoPerson, seed: int) -> dict[str, Answer]:
    """What the person signed a year ago and the Secretary knows; empty for a newcomer.

    Answers that go past the Secretary are left out: last year's proposals come from her vault.
    """
    if not person.joined or person.joined >= f"{FISCAL_YEAR}-01-01":
        return {}
    before = context(person, FISCAL_YEAR - 1)
    said = _kept(form, person, before, seed, this_year=False)
    return {
        name: answer
        for name, answer in said.items()
        if form.question(name).audience == form.default_audience and not answer.unable
    }


def _handled(answer: Answer, on_file: bool) -> Answer:
    """With how it came to stand here: confirmed, unless it was typed or disputed."""
    if answer.provenance is Provenance.DISPUTED:
        return answer
    confirmed = on_file or answer.change is Change.REAFFIRMED
    return replace(answer, provenance=Provenance.CONFIRMED if confirmed else Provenance.TYPED)


def _kept(
    form: Form, person: DemoPerson, given: Context, seed: int, *, this_year: bool
) -> dict[str, Answer]:
    # last year's answers are moved by whoever issues them; this year's are signed as they stand
    year = int(given.fiscal_year_end[:4]) if this_year else FISCAL_YEAR
    special = moved(_special(person, seed), year)
    said: dict[str, Answer] = {}
    for question in form.questions:
        plain = plain_answer(question, person, given, seed)
        row = special.get(question.id)
        if row is not None and (this_year or row.get("last_year") == "same"):
            plain = _with(question, plain or Answer(question.id), row)
        if plain is not None:
            said[question.id] = plain
    return kept(form, given, said)


def _special(person: DemoPerson, seed: int) -> dict[str, Any]:
    """What resources/demo/answers.toml says of this person, by question id."""
    data = table("answers")
    if not person.key.startswith("extra_"):
        return dict(data.get(person.key, {}))
    found: dict[str, Any] = {}
    for number, row in enumerate(data["scatter"]):
        hit = roll(seed, person.key, "scatter", str(number)) % 1000 < row["per_mille"]
        if hit and not found.keys() & row["answers"].keys():
            found |= _filled(row["answers"], person, seed)
    return found


def _filled(value: Any, person: DemoPerson, seed: int) -> Any:
    """The same with every brace in its texts filled."""
    if isinstance(value, dict):
        return {key: _filled(part, person, seed) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, person, seed) for part in value]
    if not isinstance(value, str):
        return value
    names = table("names")
    return value.format(
        name=person.name,
        last=person.last_name,
        town=person.town,
        firm=pick(names["employers"], seed, person.key, "firm"),
        relative=pick(names["relatives"], seed, person.key, "relative"),
    )


def _with(question: Question, plain: Answer, row: Mapping[str, Any]) -> Answer:
    """An answer with what the cast says in place of the plain one."""
    dispute = row.get("dispute", "")
    unable = row.get("unable", "")
    rows = _rows(question, plain, row)
    value: Value | None = plain.value
    if unable:
        value, rows = None, ()
    elif question.kind is Kind.TABLE:
        value, rows = list(rows), ()
    elif "value" in row:
        value = row["value"]
    return replace(
        plain,
        value=value,
        rows=rows,
        explanation=row.get("explanation", plain.explanation),
        unable=unable,
        comment=row.get("comment", ""),
        source=Source(row.get("source", plain.source)),
        dispute=dispute,
        provenance=Provenance.DISPUTED if dispute else Provenance.TYPED,
    )


def _rows(question: Question, plain: Answer, row: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    given = row.get("value") if question.kind is Kind.TABLE else row.get("rows")
    if given is not None:
        return tuple(_cells(question, cells) for cells in given)
    rows = [*rows_of(question, plain), *(_cells(question, c) for c in row.get("add_rows", ()))]
    if change := dict(row.get("change_row", {})):
        place = change.pop("row")
        rows[place] = {**rows[place], **_cells(question, change)}
    return tuple(rows)


def _cells(question: Question, cells: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a record holds it, from the row as the TOML file writes it."""
    return {name: _cell(question.column(name), cell) for name, cell in cells.items()}


def _cell(column: Column, cell: Any) -> Any:
    if column.kind in {Kind.MONEY, Kind.NUMBER} and isinstance(cell, str):
        return parse.value(column, cell)
    return cell
