"""Importing: look first, then all or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from candor.app import board_book, joining, outbox, receipts, root_officers, sent
from candor.app.import_words import ADDS
from candor.app.intake_jobs import Opened, Places
from candor.app.session import FORM, Session
from candor.app.words import plural
from candor.clock import Tick, as_utc, no_tick
from candor.errors import CandorError
from candor.exchange.checked import Checked, Known, Order, Relayed, Trust
from candor.exchange.manifest import Purpose
from candor.exchange.names import shown
from candor.exchange.outbox import Place
from candor.forms.loader import load

MAX_FILES = 2000
AHEAD = timedelta(days=2)
"""How far another computer's clock may be ahead: time zones, and a badly set one."""


@dataclass(frozen=True)
class FilePreview:
    """One file before anything changes. ``verdict``: "import", "nothing_new" or "refused"."""

    path: str
    name: str
    size: int
    sender_name: str
    sender_title: str
    proved: bool
    purpose_text: str
    signed_by: str
    new: int
    already: int
    verdict: str
    refused: str
    hint: str
    checks: tuple[str, ...]
    adds: tuple[str, ...]
    gaps: tuple[str, ...]
    opened: Opened


@dataclass(frozen=True)
class Imported:
    """What an import added."""

    files: int
    events: int
    text: str


def candor_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The exchange files among paths and, one level deep, in folders; sorted by name."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob("*.candor")) if path.is_dir() else [path]
    return tuple(dict.fromkeys(found))


def preview(
    session: Session, paths: Iterable[Path], tick: Tick = no_tick
) -> tuple[FilePreview, ...]:
    """Check every file and say what importing it would do. Nothing changes.

    Raises CandorError where there is no file at all or more than the limit.
    """
    files = candor_files(paths)
    if not files:
        raise CandorError(
            "There is no .candor file in that folder.", hint="Choose the folder with the replies."
        )
    if len(files) > MAX_FILES:
        raise CandorError(
            f"There are more than {MAX_FILES:,} files.", hint="Import them in several steps."
        )
    opened: tuple[Opened, ...] = session.runner(
        "check_files",
        tuple(str(path) for path in files),
        (session.identity.age.secret,),
        known(session),
        tick=tick,
    )
    return tuple(_preview(session, one) for one in opened)


def known(session: Session) -> Known:
    """What intake must know of this vault; picklable."""
    peers = session.vault.peers()
    directory = session.knowledge.directory
    return Known(
        company=session.root.company,
        person=session.person_id,
        root=session.trust,
        directory_events=session.directory_events,
        directory=session.directory,
        verified=session.verified.only(set(directory)),
        has_event=frozenset(session.knowledge).__contains__,
        received=Places({p: Place(s.received_seq, s.received_digest) for p, s in peers.items()}),
    )


def _preview(session: Session, opened: Opened) -> FilePreview:
    checked = opened.checked
    if checked is None:
        return _refused(opened, opened.refused, opened.hint)
    stopped = _stopped(session, checked)
    if stopped:
        return _refused(opened, *stopped, sender=_claimed(session, checked))
    person = checked.claimed_sender.person
    fresh = len(checked.new) + len(checked.relays) + len(checked.packets) + bool(checked.request)
    lacking = any(not session.vault.has_blob(blob.digest) for blob in checked.blobs)
    again = checked.order is Order.AGAIN
    return FilePreview(
        path=opened.path,
        name=shown(opened.name),
        size=opened.size,
        sender_name=session.name_of(person),
        sender_title=session.title_of(person),
        proved=True,
        purpose_text=outbox.words(checked.purpose),
        signed_by=session.name_of(person),
        new=len(checked.new),
        already=len(checked.here),
        verdict="import" if lacking or (fresh and not again) else "nothing_new",
        refused="",
        hint="",
        checks=_checks(session, checked),
        adds=_adds(session, checked),
        gaps=_gaps(checked),
        opened=opened,
    )


def _claimed(session: Session, checked: Checked) -> str:
    return session.name_of(checked.claimed_sender.person)


def _refused(opened: Opened, why: str, hint: str, sender: str = "") -> FilePreview:
    return FilePreview(
        path=opened.path,
        name=shown(opened.name),
        size=opened.size,
        sender_name=sender or "Unknown",
        sender_title="So it says; not proved" if sender else "Not read",
        proved=False,
        purpose_text="Not read",
        signed_by="Not proved",
        new=0,
        already=0,
        verdict="refused",
        refused=why,
        hint=hint,
        checks=(),
        adds=(),
        gaps=(),
        opened=opened,
    )


def _stopped(session: Session, checked: Checked) -> tuple[str, str] | None:
    """Why a sound file may still not be imported here, and what to do."""
    if checked.purpose is Purpose.ENROLMENT:
        return joining.refusal(session, checked)
    if checked.purpose is Purpose.INVITATION:
        return (
            "This is an invitation, and this vault has joined already.",
            "To join another company, choose “Join with an invitation” on the first screen.",
        )
    if checked.trust is Trust.REVOKED:
        return (
            "The sender's certificate was revoked, so nothing in this file counts.",
            "Call the sender; a new certificate and a new file are needed.",
        )
    if checked.trust is not Trust.PROVED:
        return (
            "Candor cannot tell who made this file: its key is not in your directory.",
            "Import the sender's request to join first, or ask the Secretary for the directory.",
        )
    if _from_the_future(session, checked):
        return (
            "Something in this file claims to be signed days after today.",
            "Check this computer's date. If it is right, the sender's is not: ask for a new file.",
        )
    return None


def _from_the_future(session: Session, checked: Checked) -> bool:
    """Whether an event claims a time that nobody's clock can show yet.

    An answer may not claim an earlier time than what it answers, so one event of a fast clock
    would carry the dates of all that follow with it.
    """
    latest = session.clock.now() + AHEAD
    return any(as_utc(event.header.claimed_at) > latest for event in checked.new)


def _checks(session: Session, checked: Checked) -> tuple[str, ...]:
    name = session.name_of(checked.claimed_sender.person)
    if checked.purpose is Purpose.ENROLMENT:
        first = f"Made with the code that you gave {name}; all three keys are proved"
    else:
        first = f"Signed by {name} with the key in your directory"
    lines = [first, "Meant for you, and unchanged since it was signed"]
    if checked.order is Order.NEXT:
        count = checked.manifest.sequence
        lines.append(
            "The first file from this sender"
            if count == 1
            else f"File {count} from this sender, and nothing is missing in between"
        )
    return tuple(lines)


def _gaps(checked: Checked) -> tuple[str, ...]:
    found = []
    if checked.order is Order.GAP:
        found.append(
            f"{plural(checked.skipped, 'earlier file')} from this sender has not arrived. You can "
            "import this one; Candor keeps the gap in view."
        )
    if checked.order is Order.BRANCHED:
        found.append(
            "This file does not follow the last one from this sender: they may have restored a "
            "backup or work on two machines. Ask them."
        )
    if checked.missing:
        found.append(
            f"It builds on {plural(len(checked.missing), 'record')} not here yet; what depends on "
            "them is kept and judged when they arrive."
        )
    if checked.unread:
        found.append("A newer Candor made part of it; that part is kept for later.")
    return tuple(found)


def _adds(session: Session, checked: Checked) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for event in checked.new:
        label = ADDS.get(event.header.type)
        if label:
            counts[label] = counts.get(label, 0) + 1
    lines = [f"{label} ({count})" if count > 1 else label for label, count in counts.items()]
    if checked.request:
        lines.append("Let this person join: their certificate is issued")
    if checked.blobs:
        lines.append(f"Keep {plural(len(checked.blobs), 'attachment')}")
    if checked.packets:
        lines.append("Put a packet before you to read and sign")
    mine = [r for r in checked.relays if r.to == session.person_id]
    if len(checked.relays) > len(mine):
        lines.append("Keep sealed parts for others, to be passed on unopened")
    if mine:
        lines.append("Open a sealed part meant for you alone")
    return tuple(lines)


def import_files(
    session: Session, previews: Iterable[FilePreview], tick: Tick = no_tick
) -> Imported:
    """Import every file whose verdict is "import", in one transaction: all, or none."""
    chosen = [p.opened.checked for p in previews if p.verdict == "import"]
    files = [checked for checked in chosen if checked is not None]
    inner, refused = _inner(session, files, tick)
    added = 0
    with session.batch():
        for number, checked in enumerate(files, start=1):
            tick("Import", number, len(files) + len(inner))
            added += _take(session, checked)
        for number, checked in enumerate(inner, start=len(files) + 1):
            tick("Import", number, len(files) + len(inner))
            added += _take_sealed(session, checked)
        session.refresh()
        _remember_senders(session, (*files, *inner))
        receipts.give(session)
        root_officers.publish(session)
        board_book.receive(session)
    return Imported(len(files), added, _done(len(files), refused))


def _done(files: int, refused: int) -> str:
    text = f"{plural(files, 'file')} imported."
    if not refused:
        return text
    left = plural(refused, "sealed part")
    return f"{text} {left} inside could not be relied on and stayed out; the rest is complete."


def _inner(session: Session, files: list[Checked], tick: Tick) -> tuple[tuple[Checked, ...], int]:
    """The sealed files inside that are for the owner, and how many of them are refused."""
    mine = tuple(r.file for c in files for r in c.relays if r.to == session.person_id)
    if not mine:
        return (), 0
    secrets = (session.identity.age.secret,)
    found: tuple[Checked | None, ...] = session.runner(
        "check_sealed_files", mine, secrets, known(session), tick=tick
    )
    kept = tuple(
        c
        for c in found
        if c is not None and c.purpose is Purpose.SEALED and not _from_the_future(session, c)
    )
    return kept, len(found) - len(kept)


def _take_sealed(session: Session, checked: Checked) -> int:
    """Of a sealed part only events and their attachments count: nothing in it could be shown
    before, and its sender may be one whose certificate has not arrived. Events of nobody known
    are held, and what such a file says of its place among others is not noted."""
    added = _take_events(session, checked)
    if checked.trust is Trust.PROVED and checked.order in _ORDERED:
        session.vault.note_received(
            checked.claimed_sender.person, checked.place.sequence, checked.place.previous
        )
    return added


_ORDERED = {Order.NEXT, Order.GAP, Order.BRANCHED}


def _take_events(session: Session, checked: Checked) -> int:
    added = session.receive((event.pair for event in checked.new), checked.found)
    for blob in checked.blobs:
        session.vault.add_blob(blob.data)
    return added


def _take(session: Session, checked: Checked) -> int:
    person = checked.claimed_sender.person
    added = _take_events(session, checked)
    for form in checked.forms:
        definition = load(form.data)
        session.vault.put_document(FORM, definition.digest, form.data, {"id": definition.id})
    for relay in checked.relays:
        if relay.to != session.person_id:
            _pass_on(session, relay)
    if checked.request:
        joining.accept(session, checked)
    elif checked.order in _ORDERED:
        session.vault.note_received(person, checked.place.sequence, checked.place.previous)
    for packet in checked.packets:
        # By content too: a file of the same name must not take the place of the genuine one.
        key = f"{packet.name}/{packet.digest}"
        session.vault.put_document(outbox.INCOMING_PACKET, key, packet.data, {"from": person})
    return added


def _pass_on(session: Session, relay: Relayed) -> None:
    """Keep a sealed part for its reader, unless it left for them in an earlier file."""
    key = sent.digest(relay.part)
    if key not in sent.sent_to(session, relay.to).documents:
        session.vault.put_document(outbox.RELAY, key, relay.part, {"to": relay.to})


def _remember_senders(session: Session, files: tuple[Checked, ...]) -> None:
    """What senders sent, they have; and what they say they have seen."""
    # Only who is proved speaks for themselves: a stranger's file in another's name must not
    # make this vault believe that the other has anything.
    replies = [c for c in files if not c.request and c.trust is Trust.PROVED]
    for checked in replies:
        events = (event.id for event in (*checked.new, *checked.here))
        blobs = (blob.digest for blob in checked.blobs)
        sent.note(session, checked.claimed_sender.person, events, blobs)
    outbox.note_seen_by(session, ((c.claimed_sender.person, c.manifest.seen) for c in replies))
