"""The first start: founding by typing and by a list, joining, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from a_company import CLO, PEOPLE, SECRETARY, Town
from hands import Hands
from pytestqt.qtbot import QtBot

from candor.app import chooser, joining, preferences
from candor.app.joining import InvitationFile
from candor.clock import SystemClock
from candor.ui.application import Application
from candor.ui.screens.first_start import FirstStart
from candor.ui.screens.new_company import NewCompanyPage
from candor.ui.screens.unlock import UnlockPage

Start = Callable[..., Application]
PASSPHRASE = "six seven eight nine"
LIST = (
    "name,email,title,classes,offices\n"
    "Rosalind Vale,rosalind.vale@acme.example,Chief Legal Officer,executive_officer,clo\n"
    "Harold Quillfeather,harold@acme.example,Independent director,director,\n"
)


def _page(app: Application) -> Any:
    return app.window.centralWidget().content  # type: ignore[attr-defined]


def _about(page: NewCompanyPage, hands: Hands, qtbot: QtBot) -> Any:
    qtbot.keyClicks(page.about.you.name, "Eleanor Whitcombe")
    qtbot.keyClicks(page.about.you.email, "eleanor@acme.example")
    hands.press(page.about.on)
    hands.until(lambda: page.people is not None and page.people.isVisible())
    return page.people


def _write_down(sheet: Any, code: str, hands: Hands, qtbot: QtBot) -> None:
    hands.press(sheet.written)
    assert sheet.typed.hasFocus()
    qtbot.keyClicks(sheet.typed, code)
    hands.press(sheet.check)


def _vault(page: Any, hands: Hands, qtbot: QtBot, folder: Path) -> Any:
    hands.until(lambda: page.vault is not None and page.vault.isVisible())
    page.vault.folder = folder
    for field in (page.vault.secret.first.edit, page.vault.secret.second.edit):
        qtbot.keyClicks(field, PASSPHRASE)
    hands.press(page.vault.on)
    hands.until(lambda: hasattr(page.pages.currentWidget(), "sheet"))
    return page.pages.currentWidget().sheet


@pytest.fixture
def founding(application: Start, desk: Path) -> tuple[Application, NewCompanyPage]:
    """The first step of a new company."""
    app = application(SystemClock())
    app.start()
    first = _page(app)
    assert isinstance(first, FirstStart)
    first.company.click()
    return app, _page(app)


def test_missing_names_are_said_beside_their_fields_before_anything_goes_on(
    founding: tuple[Application, NewCompanyPage], hands: Hands, qtbot: QtBot
) -> None:
    _, page = founding
    page.about.name.clear()
    qtbot.keyClicks(page.about.you.email, "no address")
    hands.press(page.about.on)
    assert "needs a name" in page.about.name_field.fault.plain()
    faults = {k: f.fault.plain() for k, f in page.about.you._fields.items()}
    assert "name is empty" in faults["name"]
    assert "not an e-mail address" in faults["email"]
    assert page.people is None


def test_a_list_with_a_fault_is_shown_with_its_line_and_not_taken(
    founding: tuple[Application, NewCompanyPage], hands: Hands, qtbot: QtBot, tmp_path: Path
) -> None:
    people = _about(founding[1], hands, qtbot)
    file = tmp_path / "people.csv"
    file.write_text(LIST + "Nobody,not-an-address,,director,\n")
    people.list.read(file)
    hands.until(people.list.problems.isVisible)
    assert "Line 4" in people.list.problems.accessibleName()
    assert not people.list.take.isEnabled()
    file.write_text(LIST)
    people.list.read(file)
    hands.until(people.list.take.isEnabled)
    hands.press(people.list.take)
    assert [p.name for p in people.people] == ["Rosalind Vale", "Harold Quillfeather"]
    assert people.second.value() == "rosalind.vale@acme.example"


def test_a_company_is_founded_with_people_typed_in(
    founding: tuple[Application, NewCompanyPage], hands: Hands, qtbot: QtBot, tmp_path: Path
) -> None:
    app, page = founding
    people = _about(page, hands, qtbot)
    hands.press(people.on)
    assert people.refusal.isVisible()
    people.way.button("type").click()
    hands.press(people.put)
    assert people.form._fields["classes"].fault.plain()
    qtbot.keyClicks(people.form.name, "Rosalind Vale")
    qtbot.keyClicks(people.form.email, "rosalind@acme.example")
    people.form.classes.box("executive_officer").click()
    people.form.offices.box("clo").click()
    hands.press(people.put)
    assert people.second.value() == "rosalind@acme.example"
    hands.press(people.on)
    folder = tmp_path / "vault"
    sheet = _vault(page, hands, qtbot, folder)
    hands.press(sheet.written)
    qtbot.keyClicks(sheet.typed, "AAAAA")
    hands.press(sheet.check)
    hands.until(sheet.field.fault.isVisible)
    assert app.window.shell() is None
    assert app.session is not None
    assert not preferences.recovery_confirmed(app.session)
    hands.press(sheet.again)
    assert sheet.written.isVisible()
    code = preferences.new_recovery_code(app.session, PASSPHRASE)
    _write_down(sheet, code, hands, qtbot)
    hands.until(app.window.shell)
    assert preferences.recovery_confirmed(app.session)
    assert {row.name for row in app.session.directory.people.values()} == {
        "Eleanor Whitcombe",
        "Rosalind Vale",
    }


def test_passphrases_that_differ_or_are_short_are_said_beside_the_field(
    founding: tuple[Application, NewCompanyPage], hands: Hands, qtbot: QtBot, tmp_path: Path
) -> None:
    page = founding[1]
    people = _about(page, hands, qtbot)
    file = tmp_path / "people.csv"
    file.write_text(LIST)
    people.list.read(file)
    hands.until(people.list.take.isEnabled)
    hands.press(people.list.take)
    hands.press(people.on)
    step = page.vault
    assert step is not None
    hands.until(step.isVisible)
    qtbot.keyClicks(step.secret.first.edit, "short")
    hands.press(step.on)
    assert "at least" in step.secret.first_field.fault.plain()
    step.secret.first.clear()
    qtbot.keyClicks(step.secret.first.edit, PASSPHRASE)
    qtbot.keyClicks(step.secret.second.edit, PASSPHRASE + "x")
    hands.press(step.on)
    assert "not the same" in step.secret.second_field.fault.plain()
    assert not step.folder.exists()


def test_closing_before_the_code_is_typed_leaves_a_warning_on_home(
    founding: tuple[Application, NewCompanyPage],
    hands: Hands,
    qtbot: QtBot,
    tmp_path: Path,
    application: Start,
) -> None:
    app, page = founding
    people = _about(page, hands, qtbot)
    file = tmp_path / "people.csv"
    file.write_text(LIST)
    people.list.read(file)
    hands.until(people.list.take.isEnabled)
    hands.press(people.list.take)
    hands.press(people.on)
    folder = tmp_path / "vault"
    _vault(page, hands, qtbot, folder)
    app.quit()
    again = application(SystemClock())
    again.start(folder)
    unlock = _page(again)
    assert isinstance(unlock, UnlockPage)
    qtbot.keyClicks(unlock.secret.edit, PASSPHRASE)
    hands.press(unlock.unlock)
    hands.until(again.window.shell)
    home: Any = again.window.shell().page("home")  # type: ignore[union-attr]
    hands.until(home.unwritten.isVisible)


# --- joining ------------------------------------------------------------------------------


@pytest.fixture
def invitation(town_after: Callable[[str], Town]) -> tuple[Town, InvitationFile]:
    """An invitation for the CLO."""
    town = town_after("founded")
    session = town[SECRETARY]
    rows = {entry.name: person for person, entry in session.directory.people.items()}
    return town, joining.invite(session, rows[PEOPLE[CLO].name])


def test_the_fingerprint_must_be_compared_before_a_vault_is_made(
    invitation: tuple[Town, InvitationFile],
    application: Start,
    hands: Hands,
    qtbot: QtBot,
    desk: Path,
    tmp_path: Path,
) -> None:
    town, made = invitation
    file = desk / made.file_name
    file.write_bytes(made.data)
    app = application(town.clock)
    app.show_join()
    page = _page(app)
    step = page.invitation
    hands.press(step.on)
    assert step.refusal.isVisible()
    step.read(file)
    assert step.code.hasFocus()
    qtbot.keyClicks(step.code, "ABCDE-FGHJK-LMNPQ-RSTUV")
    hands.press(step.on)
    hands.until(step.field.fault.isVisible)
    assert page.compare is None
    step.code.clear()
    qtbot.keyClicks(step.code, made.code.lower().replace("-", " "))
    hands.until(step.on.isEnabled)
    hands.press(step.on)
    hands.until(lambda: page.compare is not None and page.compare.isVisible())
    assert page.compare.said.fingerprint == town[SECRETARY].root_fingerprint
    hands.press(page.compare.on)
    assert "Compare first" in page.compare.field.fault.plain()
    assert page.vault is None
    page.compare.same.click()
    hands.press(page.compare.on)
    sheet = _vault(page, hands, qtbot, tmp_path / "clo")
    assert app.session is not None
    _write_down(sheet, preferences.new_recovery_code(app.session, PASSPHRASE), hands, qtbot)
    hands.until(app.window.shell)
    shell = app.window.shell()
    assert shell is not None
    home: Any = shell.page("home")
    hands.until(home.is_read)
    assert home.head.title.plain() == "One thing needs you"
    exchange: Any = shell.go("exchange")
    hands.read(exchange)
    assert [i.purpose_text for i in exchange.outbox.model.rows()] == ["Request to join"]


def test_a_known_vault_is_offered_and_can_be_taken_off_the_list(
    town_after: Callable[[str], Town], application: Start, desk: Path
) -> None:
    town = town_after("joined")
    town[SECRETARY]
    town.close()
    app = application(town.clock)
    app.start()
    assert isinstance(_page(app), UnlockPage)
    app.show_first()
    first = _page(app)
    before = chooser.known_vaults()
    assert Path(before[0].folder) == town.vault(SECRETARY)
    remove = [b for b in first.known.findChildren(type(first.join)) if "Remove" in b.text()]
    remove[0].click()
    assert chooser.known_vaults() == before[1:]
    assert (town.vault(SECRETARY) / "vault.json").exists()


def test_a_folder_without_a_vault_is_refused_in_words(
    application: Start, desk: Path, hands: Hands
) -> None:
    app = application(SystemClock())
    app.start()
    first = _page(app)
    first.open.click()
    hands.until(first.refusal.isVisible)
    assert "vault" in first.refusal.accessibleName()
