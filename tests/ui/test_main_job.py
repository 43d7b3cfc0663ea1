"""The whole main job through the widgets: five people, five vaults, files carried between them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from a_person import Person, one_for
from filling import fill_in
from pytestqt.qtbot import QtBot

from candor.app import demo_answers
from candor.app.demo_facts import facts
from candor.app.demo_people import DemoPerson, cast
from candor.app.demo_years import moved
from candor.app.vaults import VaultParts
from candor.clock import SystemClock
from candor.forms.answers import Answer
from candor.forms.definition import Form
from candor.forms.loader import load
from candor.resources import form_file
from candor.ui.form_view import FormView
from candor.ui.review_view import HandOverView, ReviewView
from candor.ui.screens.decision_sheet import DecisionPage
from candor.ui.screens.form_page import FormPage
from candor.ui.widgets import RichText
from candor.vault.kdf import Kdf

SEED = 1
SECRETARY, CLO, CFO = "eleanor_whitcombe", "rosalind_vale", "daniel_brightwater"
CHAIR, MEMBER = "margaret_ashgrove", "tobias_fenwick"
CAST = (SECRETARY, CLO, CFO, CHAIR, MEMBER)
CHEAP = Kdf(memory_kib=64, passes=1, lanes=1)
"""A key derivation that costs nothing; the window gets it from here and from nowhere else."""
REASON = "Known to the Board, and kept apart from the Company's dealings with it."


@dataclass
class Company:
    """Everybody, each at a laptop of their own."""

    people: dict[str, Person]
    cast: dict[str, DemoPerson]

    def __getitem__(self, key: str) -> Person:
        return self.people[key]


@pytest.fixture
def company(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Company:
    """Five laptops on which Candor was never started."""
    chosen = {person.key: person for person in cast(SEED, 6) if person.key in CAST}
    people = {
        key: Person(
            name=chosen[key].name,
            secret=f"correct horse {key.replace('_', ' ')}",
            home=tmp_path / key,
            bot=qtbot,
            clock=SystemClock(),
            parts=VaultParts(kdf=CHEAP, floor=CHEAP),
            patch=monkeypatch,
        )
        for key in CAST
    }
    return Company(people, chosen)


@pytest.mark.timeout(900)
def test_main_job_is_done_in_the_window(company: Company) -> None:
    """Founding, inviting, joining, asking, answering, deciding, compiling, signing, verifying."""
    requests = join_everybody(company, found(company))
    questions = ask(company, requests)
    replies = [answer(company, key, one_for(questions, company[key].name)) for key in (MEMBER, CLO)]
    referred = refer(company, replies)
    decided = [
        decide(company, CLO, [one_for(referred, company[CLO].name)]),
        decide(
            company,
            CFO,
            [one_for(questions, company[CFO].name), one_for(referred, company[CFO].name)],
        ),
    ]
    packets = compile_both(company, decided)
    first = [sign(company, CLO, packets), sign(company, CFO, packets)]
    onward = pass_on(company, first)
    last = [
        sign(company, CHAIR, [*questions, *referred, *packets, *onward]),
        sign(company, MEMBER, [*referred, *packets, *onward]),
    ]
    assert verify(company, last) == {"packet": "done", "supplement": "done"}


# --- founding and joining -----------------------------------------------------------------


def found(company: Company) -> dict[str, tuple[Path, str]]:
    """The Secretary founds the company and invites the others: file and code of each."""
    secretary = company[SECRETARY]
    with secretary.sitting():
        secretary.press_word("Start", secretary.locked_page())
        steps = secretary.locked_page()
        secretary.type_into(steps.about.you.name, secretary.name)
        secretary.type_into(steps.about.you.email, company.cast[SECRETARY].email)
        secretary.press(steps.about.on)
        secretary.drop(steps.people.list.drop, _people_list(company))
        secretary.press(steps.people.list.take)
        assert steps.people.second.value() == company.cast[CLO].email
        secretary.press(steps.people.on)
        make_vault(secretary, steps)
        page = secretary.go("people")
        secretary.press(page.invite_all)
        secretary.until(
            lambda: hasattr(secretary.front(), "table") and secretary.front() is not page
        )
        made = secretary.front()
        secretary.press(made.save)
        secretary.until(made.said.isVisible)
        found = {
            row.name: (secretary.desk / row.file_name, row.code) for row in made.table.rows.rows()
        }
        secretary.lock()
    return {key: found[company[key].name] for key in CAST if key != SECRETARY}


def _people_list(company: Company) -> Path:
    """The list of people as a spreadsheet saves it."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("name", "email", "title", "classes", "offices", "attributes"))
    for key, who in company.cast.items():
        if key != SECRETARY:
            row = (who.name, who.email, who.title, who.classes, who.offices, who.attributes)
            table.writerow(";".join(c) if isinstance(c, tuple) else c for c in row)
    path = company[SECRETARY].desk.parent / "people.csv"
    path.write_text(text.getvalue(), "utf-8")
    return path


def make_vault(person: Person, steps: Any) -> None:
    """Choose a passphrase; write the recovery code down and type it again."""
    person.until(lambda: steps.vault is not None and steps.vault.isVisible())
    person.type_into(steps.vault.secret.first.edit, person.secret)
    person.type_into(steps.vault.secret.second.edit, person.secret)
    person.press(steps.vault.on)
    person.until(lambda: hasattr(steps.pages.currentWidget(), "sheet"))
    sheet = steps.pages.currentWidget().sheet
    shown = [text for text in sheet.findChildren(RichText) if text.property("type") == "section"]
    code = shown[0].plain()
    person.press(sheet.written)
    person.type_into(sheet.typed, code)
    person.press(sheet.check)
    person.until(person.has_shell)


def join_everybody(company: Company, invitations: Mapping[str, tuple[Path, str]]) -> list[Path]:
    """Each joins with file and code, and saves the request: the files."""
    requests = []
    for key, (path, code) in invitations.items():
        person = company[key]
        with person.sitting():
            person.press_word("Join", person.locked_page())
            steps = person.locked_page()
            person.drop(steps.invitation.drop, path)
            person.type_into(steps.invitation.code, code.lower().replace("-", " "))
            person.press(steps.invitation.on)
            person.until(lambda steps=steps: steps.compare is not None)
            person.press(steps.compare.same)
            person.press(steps.compare.on)
            make_vault(person, steps)
            requests += person.hand_out()
            person.lock()
    return requests


# --- asking and answering -----------------------------------------------------------------


def ask(company: Company, requests: list[Path]) -> tuple[Path, ...]:
    """The Secretary takes the requests in and opens a campaign; what she sends."""
    secretary = company[SECRETARY]
    with secretary.at_work():
        secretary.take_in(*requests)
        campaigns = secretary.go("campaigns")
        secretary.press(campaigns.start)
        page = secretary.front()
        secretary.until(lambda: page.model.rowCount() == len(CAST))
        for at, person in enumerate(page.model.rows()):
            asked = person.name in {company[MEMBER].name, company[CLO].name}
            if (person in page.model.checked()) != asked:
                secretary.tick(page.people, at)
        secretary.drop(page.drop, _facts(company))
        secretary.until(lambda: "will be offered" in page.drop.second.plain())
        secretary.press_word("Issue 2 forms", page)
        secretary.until(lambda: secretary.front() is campaigns and campaigns.shown() is not None)
        assert campaigns.shown().total == 2
        return secretary.hand_out()


def _facts(company: Company) -> Path:
    """What the company knows of those who are asked, as the year of the campaign has it."""
    year = SystemClock().now().year - 1
    known = {
        company.cast[key].email: moved(facts(company.cast[key]), year) for key in (MEMBER, CLO)
    }
    path = company[SECRETARY].desk.parent / "facts.json"
    path.write_text(json.dumps(known), "utf-8")
    return path


def _answers(form: Form, who: DemoPerson) -> dict[str, Answer]:
    written = demo_answers.answers(form, who, demo_answers.context(who), SEED)
    year = SystemClock().now().year - 1
    return {
        name: msgspec.convert(moved(msgspec.to_builtins(said), year), Answer)
        for name, said in written.items()
    }


def answer(company: Company, key: str, questions: Path) -> Path:
    """A filer answers every question by its widgets, reviews, signs, and saves the reply."""
    person, form = company[key], load(form_file("annual-questionnaire").read_bytes())
    with person.at_work():
        person.take_in(questions)
        person.go("forms")
        person.press_word("Start")
        person.until(lambda: isinstance(person.front(), FormPage))
        page: FormPage = person.front()
        assert isinstance(page.form, FormView)
        answered = fill_in(person, page.form, _answers(form, company.cast[key]))
        assert len(answered) > 60
        person.press(page.form.head.onward)
        person.until(lambda: isinstance(page.currentWidget(), ReviewView))
        assert page.review is not None
        person.press(page.review.onward)
        signing = page.signing
        assert signing is not None
        person.press(signing.consent)
        person.sign_with(signing.signer)
        person.press(signing.sign)
        person.until(lambda: isinstance(page.currentWidget(), HandOverView))
        handing = page.handing
        assert handing is not None
        assert page.paper is not None
        assert page.paper.pages() > 5
        person.press(handing.pdf)
        person.until((person.desk / "questionnaire-signed.pdf").exists)
        before = person.saved()
        person.press(handing.save)
        person.until(lambda: person.saved() > before)
        return next(iter(person.saved() - before))


# --- deciding -----------------------------------------------------------------------------


def refer(company: Company, replies: list[Path]) -> tuple[Path, ...]:
    """The Secretary takes the replies in and refers what must be decided; what she sends."""
    secretary = company[SECRETARY]
    with secretary.at_work():
        secretary.take_in(*replies)
        page = secretary.go("exceptions")
        deciders = {(row.person, row.decider_name) for row in page.model.rows()}
        clo, cfo, member = (company[key].name for key in (CLO, CFO, MEMBER))
        assert deciders == {(member, clo), (clo, cfo)}
        secretary.press(page.refer)
        secretary.until(lambda: all(row.state == "referred" for row in page.model.rows()))
        return secretary.hand_out()


def decide(company: Company, key: str, files: list[Path]) -> Path:
    """A decider decides one by one, each with a signature; the file with the decisions."""
    person = company[key]
    with person.at_work():
        person.take_in(*files)
        queue = person.go("decisions")
        count = queue.model.rowCount()
        assert count
        person.press(queue.start)
        for _ in range(count):
            person.until(lambda: isinstance(person.front(), DecisionPage))
            _decide_one(person, person.front())
        person.until(lambda: person.front() is queue and not queue._waiting())
        return person.hand_out()[0]


def _decide_one(person: Person, sheet: Any) -> None:
    """Approve with a condition, with reasons, and sign; then wait for what comes next."""
    person.press(sheet.options.radio("approval_with_conditions"))
    person.press(sheet.conditions.more)
    person.type_into(sheet.conditions.text, "Takes no part in dealings with it")
    person.type_into(sheet.conditions.due.edit, "31 Mar 2099")
    person.press(sheet.conditions.keep)
    person.press(sheet.onward)
    assert sheet.missing.isVisible()  # reasons and the ruling are missing: nothing to sign yet
    person.type_into(sheet.reason, REASON)
    person.press(sheet.departure.button("no"))
    person.type_into(sheet.departure_reason, "Disclosed in full.")
    person.press(sheet.onward)
    person.sign_with(sheet.signer)
    person.press(sheet.sign)
    person.until(lambda: person.front() is not sheet)


# --- packets ------------------------------------------------------------------------------


def compile_both(company: Company, decided: list[Path]) -> tuple[Path, ...]:
    """The Secretary compiles packet and supplement and certifies both; what she sends."""
    secretary = company[SECRETARY]
    with secretary.at_work():
        secretary.take_in(*decided)
        for kind in ("packet", "supplement"):
            page = secretary.go("packet")
            secretary.press(page.kinds.button(kind))
            secretary.press(page.compile)
            secretary.until(lambda page=page: page.signing is not None and page.paper.pages() > 5)
            _sign_here(secretary, page)
        return secretary.hand_out()


def _sign_here(person: Person, page: Any) -> None:
    view = page.shown()
    person.sign_with(page.signing.signer)
    person.press(page.signing.sign)
    person.until(lambda: _signed(page, view.id) > _signed_in(view))


def _signed(page: Any, packet: str) -> int:
    now = next((view for view in page._data.packets if view.id == packet), None)
    return _signed_in(now) if now is not None and not page._busy() else 0


def _signed_in(view: Any) -> int:
    return sum(row.state == "signed" for row in view.line_up)


def sign(company: Company, key: str, files: Any) -> Path:
    """A signer takes the packet in, reads it, signs, and saves the file; the file."""
    person = company[key]
    mine = [path for path in files if one_of(path, person.name)]
    with person.at_work():
        person.take_in(*mine)
        page = person.go("packet")
        person.until(lambda: page.signing is not None and page.paper.pages() > 5)
        _sign_here(person, page)
        return person.hand_out()[0]


def one_of(path: Path, name: str) -> bool:
    """Whether a file is addressed to somebody."""
    return name.rpartition(" ")[2].casefold() in path.name.casefold()


def pass_on(company: Company, files: list[Path]) -> tuple[Path, ...]:
    """The Secretary takes signed packets in; what goes to the next signers."""
    secretary = company[SECRETARY]
    with secretary.at_work():
        secretary.take_in(*files)
        return secretary.hand_out()


def verify(company: Company, files: list[Path]) -> dict[str, str]:
    """The Secretary takes the last signatures in, exports both, drops them on Verify."""
    secretary, found = company[SECRETARY], {}
    with secretary.at_work():
        secretary.take_in(*files)
        page = secretary.go("packet")
        for kind in ("packet", "supplement"):
            secretary.press(page.kinds.button(kind))
            secretary.until(lambda: page.shown() is not None and page.shown().complete)
            secretary.press(page.save)
            path = secretary.desk / f"{kind}-version-1.pdf"
            secretary.until(path.exists)
            secretary.until(page.told.isVisible)
        check = secretary.go("verify")
        for kind in ("packet", "supplement"):
            path = secretary.desk / f"{kind}-version-1.pdf"
            check.verdict = None
            secretary.drop(check.drop, path)
            secretary.until(lambda: check.verdict is not None and check.banner.isVisible())
            assert [line.state for line in check.verdict.lines] == ["done"] * 6
            found[kind] = check.verdict.banner
    return found
