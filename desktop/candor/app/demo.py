"""The main job played on the real parts: every step is the function that the window calls."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from candor.app import (
    board_book,
    campaigns,
    company,
    deciding,
    demo_answers,
    demo_decisions,
    filing,
    importing,
    joining,
    outbox,
    preferences,
)
from candor.app.company import NewCompany
from candor.app.demo_facts import facts
from candor.app.demo_people import DemoPerson, cast, pick, table
from candor.app.demo_years import moved
from candor.app.files import write_whole
from candor.app.session import Session
from candor.app.vaults import VaultParts
from candor.app.verifying import VerdictView, verify_file
from candor.app.words import day, plural
from candor.clock import Clock, SteppingClock
from candor.errors import CandorError
from candor.forms.loader import load
from candor.packet.content import PacketKind
from candor.policy.pack import load_pack
from candor.resources import form_file

PACK = "immunogen"
FORM = "annual-questionnaire"
Say = Callable[[str], None]


@dataclass
class Player:
    """One person of the story with their own vault, passphrase and inbox folder."""

    person: DemoPerson
    folder: Path
    passphrase: str
    session: Session

    @property
    def id(self) -> str:
        """The person's id in the directory."""
        return self.session.person_id


@dataclass
class Story:
    """What the steps share. ``out`` receives vaults, exchange files, PDFs and the root."""

    out: Path
    seed: int
    say: Say
    clock: SteppingClock
    end: datetime
    parts: VaultParts | None = None
    players: dict[str, Player] = field(default_factory=dict)
    campaign: str = ""
    packets: dict[PacketKind, str] = field(default_factory=dict)

    def at(self, days: int, hour: int = 10) -> None:
        """Move the story's clock to an hour of a day before its end."""
        when = self.end - timedelta(days=days)
        self.clock.move_to(when.replace(hour=hour, minute=0, second=0))

    def office(self, office: str) -> Player:
        """Whoever holds an office."""
        return next(p for p in self.players.values() if office in p.person.offices)

    @property
    def secretary(self) -> Player:
        """The corporate secretary."""
        return self.office("secretary")

    def carry(self, sender: Player, to: Player | None = None) -> int:
        """Save everything in a player's outbox as files and import each where it belongs."""
        folder = self.out / "exchange" / sender.person.key
        carried: dict[str, list[Path]] = {}
        for item in outbox.outbox(sender.session):
            if item.state == "ready" and (to is None or item.recipient == to.id):
                path = outbox.save_to(sender.session, item.id, folder)
                carried.setdefault(item.recipient, []).append(path)
        for person, paths in carried.items():
            receive(self._by_id(person), paths)
        return sum(len(paths) for paths in carried.values())

    def _by_id(self, person: str) -> Player:
        return next(p for p in self.players.values() if p.id == person)


def receive(player: Player, paths: list[Path]) -> importing.Imported:
    """Preview files and import them; a refused one stops the story. Raises CandorError."""
    previews = importing.preview(player.session, paths)
    refused = [p for p in previews if p.verdict == "refused"]
    if refused:
        raise CandorError(f"{refused[0].name}: {refused[0].refused}", hint=refused[0].hint)
    return importing.import_files(player.session, previews)


def passphrase_of(seed: int, key: str) -> str:
    """A player's passphrase: five words that the demo prints at its end."""
    words = table("names")["passphrase_words"]
    chosen = [pick(words, seed, key, "passphrase", str(number)) for number in range(5)]
    return " ".join(chosen)


def play(
    out: Path,
    *,
    people: int,
    seed: int,
    now: Clock,
    say: Say,
    parts: VaultParts | None = None,
) -> tuple[Story, tuple[VerdictView, ...]]:
    """Play the main job into an empty folder; returns the story and the verdicts.

    Raises CandorError where the folder is not empty, the number of people cannot be played or a
    step fails.
    """
    everyone = cast(seed, people)
    _take(out)
    zone = ZoneInfo(load_pack(company.pack_bytes(PACK)).company.time_zone)
    end = now.now().astimezone(zone).replace(minute=0, second=0)
    story = Story(out, seed, say, SteppingClock(end - timedelta(days=60)), end, parts)
    _found(story, everyone)
    for step in (_join, _campaign, _answer, _refer, _decide, _compile, _sign):
        step(story)
    return story, _verify(story, now)


def _take(out: Path) -> None:
    """Make the folder, or take an empty one: nothing of anybody's may be mixed with the story."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        empty = not any(out.iterdir())
    except OSError as fault:
        raise CandorError(
            f"“{out.name}” cannot be a folder for the demo: {fault.strerror or 'no folder'}.",
            hint="Choose another place with --out.",
        ) from fault
    if not empty:
        raise CandorError(
            f"The folder “{out.name}” is not empty, so the demo was not played there.",
            hint="Choose another folder with --out, or delete this one.",
        )


def close(story: Story) -> None:
    """Lock every vault of the story."""
    for player in story.players.values():
        player.session.close()


def _found(story: Story, everyone: tuple[DemoPerson, ...]) -> None:
    story.at(52)
    secretary, others = everyone[0], everyone[1:]
    clo = next(p for p in others if "clo" in p.offices)
    new = NewCompany(
        pack_id=PACK,
        company_name=table("cast")["company"],
        secretary=secretary.entry(),
        second_officer=clo.email,
        people=tuple(p.entry() for p in others),
    )
    folder, secret = _place(story, secretary)
    made = company.new_company(folder, new, secret, story.clock, story.parts)
    made.session.vault.set_setting("specimen", "yes")
    preferences.confirm_recovery(made.session, made.recovery_code)
    story.players[secretary.key] = Player(secretary, folder, secret, made.session)
    write_whole(story.out / "root.json", company.export_root(made.session))
    story.say(
        f"Founded {made.session.company}: {plural(len(everyone), 'person', 'people')}, "
        f"root {made.session.root_fingerprint}"
    )


def _place(story: Story, person: DemoPerson) -> tuple[Path, str]:
    return story.out / "vaults" / person.key, passphrase_of(story.seed, person.key)


def _join(story: Story) -> None:
    secretary = story.secretary
    by_mail = {p.email: i for i, p in secretary.session.directory.people.items()}
    requests = []
    for person in cast(story.seed, len(by_mail) - 1)[1:]:
        invitation = joining.invite(secretary.session, by_mail[person.email])
        path = write_whole(
            story.out / "exchange" / "invitations" / invitation.file_name, invitation.data
        )
        folder, secret = _place(story, person)
        made = joining.join(
            folder, path.read_bytes(), invitation.code, secret, story.clock, story.parts
        )
        preferences.confirm_recovery(made.session, made.recovery_code)
        story.players[person.key] = Player(person, folder, secret, made.session)
        item = outbox.outbox(made.session)[0]
        requests.append(outbox.save_to(made.session, item.id, story.out / "exchange" / person.key))
    story.at(49)
    receive(secretary, requests)
    story.say(f"Invited {len(requests)} people; {len(requests)} joined and have certificates")


def _campaign(story: Story) -> None:
    story.at(45, 9)
    session = story.secretary.session
    form = load(form_file(FORM).read_bytes())
    opens = story.clock.now().date()
    year_end = date(opens.year - 1, 12, 31)
    filers = {p.id: p.person for p in story.players.values() if p.person.classes}
    signed_at = (story.clock.now() - timedelta(days=350)).isoformat()
    last_year = {
        person: {
            question: {
                "answer": moved(msgspec.to_builtins(answer), year_end.year),
                "signed_at": signed_at,
            }
            for question, answer in demo_answers.last_year(form, who, story.seed).items()
        }
        for person, who in filers.items()
    }
    known: Mapping[str, Mapping[str, Any]] = {
        person: moved(facts(who), year_end.year) for person, who in filers.items()
    }
    new = campaigns.NewCampaign(
        title=f"Annual questionnaire {opens.year}",
        form_id=FORM,
        opens=opens,
        due=opens + timedelta(days=18),
        fiscal_year_end=year_end,
        determination_date=story.end.date(),
        committee="audit",
        meeting_on=story.end.date(),
        people=tuple(filers),
        attributes=(),
    )
    story.campaign = campaigns.open_campaign(session, new, known, last_year)
    carried = story.carry(story.secretary)
    story.say(
        f"Opened “{new.title}”, due {day(new.due)}: {len(form.questions)} questions, "
        f"{carried} files sent"
    )


def _answer(story: Story) -> None:
    form = load(form_file(FORM).read_bytes())
    replies: list[Path] = []
    for number, player in enumerate(p for p in story.players.values() if p.person.classes):
        story.at(max(44 - number % 16, 28), 9 + number % 8)
        task = filing.my_forms(player.session)[0]
        draft = filing.open_draft(player.session, task.case)
        draft.start_from(demo_answers.answers(form, player.person, draft.context, story.seed))
        filed = filing.sign(player.session, draft, player.person.name, player.passphrase, True)
        write_whole(story.out / "copies" / f"{player.person.key}-questionnaire.pdf", filed.pdf)
        item = next(i for i in outbox.outbox(player.session) if i.state == "ready")
        folder = story.out / "exchange" / "replies"
        replies.append(outbox.save_to(player.session, item.id, folder))
    story.at(26)
    receive(story.secretary, [story.out / "exchange" / "replies"])
    passed = story.carry(story.secretary)
    story.say(
        f"{len(replies)} people answered and signed; the Secretary imported {len(replies)} "
        f"replies and sent {passed} files on (receipts, sealed parts)"
    )


def _refer(story: Story) -> None:
    story.at(20)
    session = story.secretary.session
    rows = deciding.exceptions(session, story.campaign)
    count = deciding.refer(session, ((row.case, row.fact.question) for row in rows))
    deciders = {row.decider_name for row in deciding.exceptions(session, story.campaign)}
    carried = story.carry(story.secretary)
    story.say(
        f"{plural(count, 'exception')} referred to {' and '.join(sorted(deciders))} "
        f"in {plural(carried, 'file')}"
    )


def _decide(story: Story) -> None:
    story.at(16)
    lines = []
    for player in list(story.players.values()):
        rows = [r for r in deciding.queue(player.session) if r.state != "determined"]
        if not rows:
            continue
        decisions = [demo_decisions.decision(player.session, row) for row in rows]
        deciding.decide_many(player.session, decisions, player.person.name, player.passphrase)
        story.carry(player)
        lines.append(f"{player.person.name} {len(rows)}")
    story.say(f"Determinations signed: {', '.join(lines)}")


def _compile(story: Story) -> None:
    story.at(6)
    session = story.secretary.session
    for kind in (PacketKind.PACKET, PacketKind.SUPPLEMENT):
        packet = board_book.compile_packet(session, story.campaign, kind)
        story.packets[kind] = packet
        view = next(v for v in board_book.packets(session) if v.id == packet)
        story.say(f"Compiled the {kind.value}: {view.pages} pages")


def _sign(story: Story) -> None:
    for kind, packet in story.packets.items():
        names = []
        for days in (5, 3, 1):
            story.at(days, 11 if kind is PacketKind.PACKET else 14)
            player = _next_signer(story, packet)
            board_book.sign_packet(player.session, packet, player.person.name, player.passphrase)
            names.append(f"{player.person.name} ({player.person.title})")
            story.carry(player)
            story.carry(story.secretary)
        path = story.out / f"{kind.value}.pdf"
        board_book.save_packet(story.secretary.session, packet, path)
        story.say(f"Signed the {kind.value}: {', then '.join(names)}: {path.name}")


def _next_signer(story: Story, packet: str) -> Player:
    for player in story.players.values():
        if any(v.id == packet and v.mine_next for v in board_book.packets(player.session)):
            return player
    raise CandorError("Nobody could sign next.", hint="This is a fault of the demo.")


def _verify(story: Story, now: Clock) -> tuple[VerdictView, ...]:
    found = []
    for kind in story.packets:
        path = story.out / f"{kind.value}.pdf"
        verdict = verify_file(path, story.out / "root.json", None, now)
        story.say(f"Verified {path.name}: {verdict.banner_text}")
        found.append(verdict)
    return tuple(found)


def how_to_open(story: Story) -> tuple[str, ...]:
    """One line per vault: whose, where, its passphrase."""
    digest = hashlib.sha256((story.out / "root.json").read_bytes()).hexdigest()
    lines = [
        f"{p.person.name}, {p.person.title}: {p.folder}  passphrase: {p.passphrase}"
        for p in story.players.values()
    ]
    return (*lines, f"Root document: {story.out / 'root.json'} (SHA-256 {digest[:16]}…)")
