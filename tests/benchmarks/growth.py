"""How time grows from 1,000 to 100,000 events: linear work has the exponent 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import process_time

from a_vault import PARTS, SECRET, START, Pair, found, open_campaign, save
from measuring import Measured, exponent, in_a_child, memory_mib, work

from candor.app import campaigns, demo, packet_content, vaults
from candor.app.importing import import_files, preview
from candor.clock import SteppingClock
from candor.packet.compose import compose
from candor.packet.content import PacketContent, PacketKind

PEOPLE = 1000
SIZES = (1_000, 10_000, 100_000)
A_FILE = 9_000
"""Events that a test puts into one file; the format allows 10,000."""
ANNEXES = (12, 48, 192)


def run(folder: Path) -> Iterator[Measured]:
    """Export and import of ever more questionnaires; ever longer packets."""
    spent = [_events(folder / str(size), size) for size in SIZES]
    for at, name in enumerate(("export", "import")):
        yield _grown(name, SIZES, [times[at] for times in spent], "events")
    yield Measured(f"memory for importing {SIZES[-1]:,} events", spent[-1][2], "MiB", 512)
    content = _content(folder / "packet")
    times = [work(partial(compose, _of(content, count), b"{}")) for count in ANNEXES]
    yield _grown("packet", ANNEXES, times, "questionnaires")


def _grown(name: str, sizes: Sequence[int], times: Sequence[float], unit: str) -> Measured:
    told = ", ".join(f"{n:,} {unit} {t:.2f} s" for n, t in zip(sizes, times, strict=True))
    return Measured(f"growth of {name}, exponent", exponent(sizes, times), "", 1.1, note=told)


def _events(folder: Path, size: int) -> tuple[float, float, float]:
    """Processor seconds to export and import so many events, and the MiB that importing took."""
    folder.mkdir()
    pair = found(folder, min(size, PEOPLE))
    exported, files, left = 0.0, [], size
    while left:
        batch = min(left, A_FILE)
        _issue(pair, batch)
        started = process_time()
        files.append(save(pair.secretary, pair.officer_id, folder / "files"))
        exported += process_time() - started
        left -= batch
    pair.secretary.close()
    pair.officer.close()
    imported, memory = in_a_child(import_all, folder / "officer", files)
    return exported, imported, memory


def _issue(pair: Pair, events: int) -> None:
    """So many questionnaires: a campaign after another, until there are enough."""
    while events:
        count = min(events, PEOPLE)
        open_campaign(pair, count)
        events -= count


def import_all(vault: Path, files: list[Path]) -> tuple[float, float]:
    """Import files into a vault: processor seconds, and the most MiB that this process held."""
    session = vaults.open_vault(vault, SECRET, SteppingClock(START), PARTS)
    took = work(lambda: import_files(session, preview(session, files)))
    session.close()
    return took, memory_mib()


def _content(folder: Path) -> PacketContent:
    """What the packet of a small campaign says, really played."""
    story, _ = demo.play(
        folder,
        people=15,
        seed=1,
        now=SteppingClock(START),
        say=lambda _line: None,
        parts=PARTS,
    )
    session = story.secretary.session
    view = campaigns.campaign(session, story.campaign)
    content = packet_content.build(session, view, PacketKind.PACKET, 2, specimen=True)
    demo.close(story)
    return content


def _of(content: PacketContent, count: int) -> PacketContent:
    """The same with so many questionnaires; each has a name, a key and a number of its own."""
    several = (content.annexes * count)[:count]
    annexes = tuple(
        replace(annex, key=f"{annex.key}{n}", name=f"{annex.name} {n}")
        for n, annex in enumerate(several)
    )
    return replace(content, annexes=annexes)
