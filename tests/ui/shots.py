"""The pictures in the order of the story: each screen when there is something to see on it."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import shots_deciding
import shots_disclosing
from camera import Camera, settle
from PySide6.QtWidgets import QWidget

from candor.app import (
    board_book,
    chooser,
    company,
    demo,
    demo_answers,
    filing,
    joining,
    outbox,
    people,
)
from candor.app.chooser import VaultEntry
from candor.app.demo import Player, Story
from candor.app.files import write_whole
from candor.app.vaults import VaultParts
from candor.clock import SteppingClock, SystemClock
from candor.forms.loader import load
from candor.packet.content import PacketKind
from candor.resources import form_file
from candor.ui.application import Application
from candor.ui.screens.base import go_to
from candor.ui.shell import Shell
from candor.vault.kdf import Kdf

SEED = 1
TELLS = "beatriz_larkin"


def shoot_all(camera: Camera, folder: Path, *, people: int, packets: bool, until: int = 0) -> None:
    """Play the story and stop for every picture."""
    if not until and shots_deciding.wanted(camera):
        shots_deciding.shoot(camera, folder.parent / "deciding")
    if camera.only and all(shots_deciding.is_one(name) for name in camera.only):
        return
    now = SystemClock().now().replace(minute=0, second=0)
    cheap = VaultParts(Kdf.lowest(), Kdf.lowest())
    story = Story(folder, SEED, _say, SteppingClock(now - timedelta(days=60)), now, cheap)
    steps = (
        lambda: demo._found(story, demo.cast(story.seed, people)),
        lambda: _founding(camera, story),
        lambda: demo._join(story),
        lambda: demo._campaign(story),
        lambda: _filing(camera, story),
        lambda: _replying(camera, story),
        lambda: _exceptions(camera, story),
        lambda: demo._refer(story),
        lambda: _decisions(camera, story),
        lambda: demo._decide(story),
        lambda: shots_disclosing.shoot(camera, story),
        lambda: _packets(camera, story),
        lambda: demo._compile(story),
        lambda: _signing(camera, story),
        lambda: demo._sign(story),
        lambda: _signed(camera, story),
    )
    for step in steps[: until or None]:
        step()
    if packets and not until:
        _pages(camera, story)
    demo.close(story)


def _replying(camera: Camera, story: Story) -> None:
    _signing_a_form(camera, story)
    replies = _answer_some(story)
    _replies(camera, story, replies)
    demo.receive(story.secretary, replies)
    story.carry(story.secretary)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _go(screen: str, argument: str = "") -> Callable[[Shell, QWidget], object]:
    return lambda shell, _page: go_to(shell, screen, argument)


# --- before anything ----------------------------------------------------------------------


def _entries(story: Story) -> tuple[VaultEntry, ...]:
    return tuple(
        VaultEntry(
            str(player.folder),
            player.session.company,
            player.person.name,
            player.person.title,
            player.session.clock.now().isoformat(),
        )
        for player in story.players.values()
    )


def _founding(camera: Camera, story: Story) -> None:
    entry = _entries(story)[0]
    camera.locked("01-unlock", lambda app: app.show_unlock((entry,)))
    camera.locked("01-unlock-two", lambda app: app.show_unlock((entry, entry)), looks=("light",))
    camera.locked(
        "01-unlock-wrong", lambda app: _wrong(app.show_unlock((entry,))), looks=("light",)
    )
    chooser.forget_vault(entry.folder)
    camera.locked("00-first-start", lambda app: app.show_first())
    camera.locked("00-concern-locked", _concern, looks=("light",))
    camera.locked("00-new-company-1", lambda app: app.show_new_company())
    camera.locked("00-new-company-2", lambda app: _people_step(app, story))
    camera.locked("00-new-company-3", lambda app: _vault_step(app, story))
    camera.locked("00-recovery", lambda app: _recovery(app, story), looks=("light", "200"))
    camera.locked("00-join-1", lambda app: app.show_join())
    camera.locked("00-join-2", lambda app: _fingerprint(app, story))
    session = story.secretary.session
    camera.shell("11-people", session, "people")
    row = company.people(session)[1]
    made = joining.invite(session, row.id)
    from candor.ui.screens.invitations import InvitationPage

    camera.shell(
        "11-invitation",
        session,
        "people",
        lambda shell, _page: shell.open(InvitationPage(shell, session, made)),
    )
    camera.shell("11-add-person", session, "people", lambda _shell, page: page._add())


def _concern(app: Application) -> None:
    app.show_first()
    app.window.centralWidget().concern.click()


def _wrong(page: QWidget) -> None:
    from candor.app.vaults import CandorError

    page.secret.edit.setText("not the passphrase")
    page._refuse(
        CandorError(
            "This passphrase does not open the vault.",
            hint="Check capital letters and the keyboard layout, or use the recovery code.",
        )
    )


def _csv(story: Story) -> Path:
    rows = demo.cast(story.seed, 8)[1:]
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("name", "email", "title", "classes", "offices"))
    for p in rows:
        table.writerow((p.name, p.email, p.title, ";".join(p.classes), ";".join(p.offices)))
    return write_whole(story.out / "people.csv", text.getvalue().encode())


def _people_step(app: object, story: Story) -> object:
    app.show_new_company()
    page = app.window.centralWidget().content
    page._ask_people()
    page.people.list.read(_csv(story))
    settle()
    page.people.list.take.click()
    return page


def _vault_step(app: object, story: Story) -> None:
    page = _people_step(app, story)
    page.about.you.show_person(people.PersonInput("Eleanor Whitcombe", "eleanor@example.com"))
    page._ask_vault()


def _recovery(app: object, story: Story) -> None:
    from candor.app.vaults import Created
    from candor.ui.screens.steps import RecoveryStep

    code = "7KQ2M-X4RTB-9WHDN-C6VJP-3FYAZ-8SLGE-5UQK2"
    app._show(RecoveryStep(Created(story.secretary.session, code)))


def _fingerprint(app: object, story: Story) -> None:
    from candor.app.joining import read_invitation

    session = story.secretary.session
    made = joining.invite(session, company.people(session)[0].id)
    app.show_join()
    page = app.window.centralWidget().content
    page._show(read_invitation(made.data, made.code, session.clock.now()))


# --- the questionnaire --------------------------------------------------------------------


def _filing(camera: Camera, story: Story) -> None:
    director = _player(story, "harold_quillfeather")
    _draft(director, story, 60)
    camera.shell("02-home-director", director.session, "home")
    camera.shell(
        "02-home-empty", _player(story, "priya_dellwood").session, "home", looks=("light",)
    )
    case = filing.my_forms(director.session)[0].case
    camera.shell("04-forms", director.session, "forms")
    camera.shell("04-form", director.session, "forms", _go("forms", case))
    camera.shell("05-review-open", director.session, "forms", _form_at(case, "show_review"))
    camera.shell("12-settings", director.session, "settings")
    camera.shell("13-help", director.session, "help")
    camera.shell(
        "14-report-a-concern", director.session, "home", lambda shell, _p: shell.open_concern()
    )


def _player(story: Story, key: str) -> Player:
    return story.players[key]


def _draft(player: Player, story: Story, count: int) -> None:
    """Answer the first questions only."""
    form = load(form_file(demo.FORM).read_bytes())
    draft = filing.open_draft(player.session, filing.my_forms(player.session)[0].case)
    answers = demo_answers.answers(form, player.person, draft.context, story.seed)
    draft.start_from(dict(list(answers.items())[:count]))


def _form_at(case: str, step: str, *args: object) -> Callable[[Shell, QWidget], object]:
    """A step of a form, once its first page stands."""

    def show(shell: Shell, _page: QWidget) -> None:
        go_to(shell, "forms", case)
        settle()
        getattr(shell.stack.currentWidget(), step)(*args)

    return show


def _signing_a_form(camera: Camera, story: Story) -> None:
    """Review, signature and what follows it, with every question answered."""
    director = _player(story, "harold_quillfeather")
    _draft(director, story, 1000)
    case = filing.my_forms(director.session)[0].case
    camera.shell("05-review", director.session, "forms", _form_at(case, "show_review"))
    camera.shell("05-sign", director.session, "forms", _form_at(case, "show_signing"))


def _filers(story: Story) -> Iterable[Player]:
    return (player for player in story.players.values() if player.person.classes)


def _answer_some(story: Story) -> list[Path]:
    """All but four answer; half of the replies are imported, the others wait as files."""
    form = load(form_file(demo.FORM).read_bytes())
    waiting: list[Path] = []
    # whoever tells the Audit Committee's chair something is among those who answer
    filers = sorted(_filers(story), key=lambda player: player.person.key != TELLS)
    for number, player in enumerate(filers[:-4]):
        story.at(max(44 - number % 16, 28), 9 + number % 8)
        task = filing.my_forms(player.session)[0]
        draft = filing.open_draft(player.session, task.case)
        draft.start_from(demo_answers.answers(form, player.person, draft.context, story.seed))
        filing.sign(player.session, draft, player.person.name, player.passphrase, True)
        item = next(i for i in outbox.outbox(player.session) if i.state == "ready")
        path = outbox.save_to(player.session, item.id, story.out / "exchange" / "replies")
        if number % 2:
            waiting.append(path)
        else:
            demo.receive(story.secretary, [path])
    story.at(26)
    return waiting


def _replies(camera: Camera, story: Story, replies: list[Path]) -> None:
    session = story.secretary.session
    broken = write_whole(replies[0].with_name("winterbourne-001.candor"), _damaged(replies[1]))
    files = (*replies[:2], broken)
    camera.shell("03-home-secretary", session, "home")
    camera.shell("06-exchange", session, "exchange")
    camera.shell(
        "06-import-preview", session, "exchange", lambda _shell, page: page.drop_files(files)
    )
    camera.shell("07-campaign", session, "campaigns")
    camera.shell("07-reminders", session, "campaigns", lambda _s, page: page.write_reminders())
    camera.shell("07-new-campaign", session, "campaigns", lambda _s, page: page.new_campaign())
    camera.shell("11-people-joined", session, "people", looks=("light",))
    signed = _player(story, "margaret_ashgrove").session
    camera.shell("02-home-signed", signed, "home", looks=("light",))
    camera.shell("06-outbox-director", signed, "exchange", looks=("light", "200"))
    case = filing.my_forms(signed)[0].case
    filed = filing.signed_copy(signed, case)
    camera.shell("05-hand-over", signed, "forms", _form_at(case, "show_filed", filed))
    broken.unlink()


def _damaged(path: Path) -> bytes:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    return bytes(data)


def _exceptions(camera: Camera, story: Story) -> None:
    session = story.secretary.session
    camera.shell("15-exceptions", session, "exceptions")
    camera.shell("03-home-referring", session, "home", looks=("light",))
    chair = story.office("ac_chair").session
    camera.shell("16-sealed", chair, "sealed", _first_sealed)


def _first_sealed(_shell: Shell, page: QWidget) -> None:
    page.table.selectRow(0)


def _decisions(camera: Camera, story: Story) -> None:
    clo = story.office("clo").session
    camera.shell("08-home-clo", clo, "home", looks=("light",))
    camera.shell("08-decisions", clo, "decisions")
    camera.shell("08-decision", clo, "decisions", _first_sheet)


def _first_sheet(shell: Shell, page: QWidget) -> None:
    page.decide_first()
    settle()
    shell.stack.currentWidget().options.set_value("approval_with_conditions")
    shell.stack.currentWidget()._changed()


def _packets(camera: Camera, story: Story) -> None:
    camera.shell("10-packet-before", story.secretary.session, "packet")


def _signing(camera: Camera, story: Story) -> None:
    packet = story.packets[PacketKind.PACKET]
    camera.shell("10-packet", story.secretary.session, "packet", _go("packet", packet))


def _signed(camera: Camera, story: Story) -> None:
    good = story.out / f"{PacketKind.PACKET.value}.pdf"
    session = story.secretary.session
    camera.shell("12-verify-empty", session, "verify", looks=("light",))
    camera.shell("12-verify", session, "verify", lambda _s, page: page.drop_files((good,)))
    bad = write_whole(story.out / "changed.pdf", _changed(good.read_bytes()))
    camera.shell("12b-verify-red", session, "verify", lambda _s, page: page.drop_files((bad,)))
    camera.shell("03-home-done", session, "home", looks=("light",))


def _changed(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[len(data) // 3] ^= 1
    return bytes(changed)


def _pages(camera: Camera, story: Story) -> None:
    """Every page of both packets at 100 dpi."""
    from PySide6.QtCore import QSize
    from PySide6.QtPdf import QPdfDocument

    for kind, packet in story.packets.items():
        path = story.out / f"{kind.value}.pdf"
        board_book.save_packet(story.secretary.session, packet, path)
        document = QPdfDocument()
        document.load(str(path))
        for at in range(document.pageCount()):
            size = document.pagePointSize(at) * (100 / 72)
            image = document.render(at, QSize(round(size.width()), round(size.height())))
            image.save(str(camera.out / f"page-{kind.value}-{at + 1:03}.png"))
            camera.count += 1
        document.close()
