"""Packets as they should be, at every stage and for every reader."""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from candor.packet.content import PacketContent
from candor.packet.sign import NotAPacket
from candor.packet.verify import LineState, Trust, revision_0_digest, to_json, verify
from candor.packet.verify_lines import NAMES, Line, verdict
from candor.records import root

DONE, NEEDS, STOPPED = LineState.DONE, LineState.NEEDS, LineState.STOPPED


def test_packet_with_every_signature_is_green_in_all_six_lines(
    company: Any, complete: bytes, later: Any
) -> None:
    """Exit code 0, and each line says what it rests on."""
    found = verify(complete, company.trust(), later)
    assert [line.name for line in found.lines] == list(NAMES)
    assert {line.state for line in found.lines} == {DONE}
    assert all(line.statement and line.evidence for line in found.lines)
    assert (found.exit_code, found.complete) == (0, True)
    assert found.title == "Nordhavn Bio, packet version 1"
    assert [s.name for s in found.signers] == ["Ada Adler", "Cleo Clark", "Ben Birk"]
    assert all(s.holds and s.signed_at for s in found.signers)


def test_times_are_told_on_the_readers_clock_of_24_hours(
    company: Any, complete: bytes, later: Any
) -> None:
    """Machine times name their zone; each date is written in full."""
    here = verify(complete, company.trust(), later.astimezone(ZoneInfo("America/New_York")))
    assert (
        here.lines[2].statement == "Between Fri 12 Feb 2027, 12:00 ET and Fri 12 Feb 2027, 12:02 ET"
    )
    there = verify(complete, company.trust(), later)
    assert there.lines[2].statement.startswith("Between Fri 12 Feb 2027, 17:00 UTC and ")
    told = [text for line in here.lines for text in (line.evidence, *line.detail)]
    assert not [text for text in told if " am" in text or " pm" in text]


def test_unsigned_packet_is_not_proved_and_not_refused(
    company: Any, states: list[bytes], later: Any
) -> None:
    """Nothing is wrong with it, and nothing binds it."""
    found = verify(states[0], company.trust(), later)
    assert found.exit_code == 3
    assert found.lines[0].state is NEEDS
    assert found.lines[3].statement == "0 of 3 have signed; next: Ada Adler"


@pytest.mark.parametrize(
    ("signed", "statement"),
    [(1, "1 of 3 have signed; next: Cleo Clark"), (2, "2 of 3 have signed; next: Ben Birk")],
)
def test_packet_on_its_way_needs_only_its_other_signers(
    company: Any, states: list[bytes], later: Any, signed: int, statement: str
) -> None:
    """A signer can check what came before signing it."""
    found = verify(states[signed], company.trust(), later)
    assert [line.state for line in found.lines] == [DONE, DONE, DONE, NEEDS, DONE, DONE]
    assert found.lines[3].statement == statement
    assert (found.exit_code, found.complete) == (3, False)


def test_packet_of_a_large_company_is_green_too(
    company: Any, packet: PacketContent, short: PacketContent, later: Any
) -> None:
    """Whoever compares revisions follows the bookmarks from one to the next, through them all."""
    first = packet.annexes[0]
    part = replace(first.parts[0], questions=first.parts[0].questions[:1])
    annexes = tuple(
        replace(first, key=f"{first.key}{n}", name=f"Person {n}", parts=(part,)) for n in range(600)
    )
    composed = company.compiled(replace(short, annexes=annexes))
    found = verify(company.states(composed)[-1], company.trust(), later)
    assert {line.state for line in found.lines} == {DONE}


def test_without_a_root_nothing_about_people_is_proved(complete: bytes, later: Any) -> None:
    """The file is whole, but nobody vouches for whose keys these are."""
    found = verify(complete, Trust(None), later)
    assert [line.state for line in found.lines] == [DONE, NEEDS, DONE, DONE, NEEDS, DONE]
    assert found.exit_code == 3


def test_pinned_root_alone_is_enough(company: Any, complete: bytes, later: Any) -> None:
    """The directory that proves the keys rides inside."""
    assert verify(complete, Trust(company.root), later).exit_code == 0


def test_older_version_of_the_pinned_root_leads_to_the_newer_one_inside(
    company: Any, complete: bytes, later: Any
) -> None:
    """Whoever compared version 1 once can follow."""
    first = root.verify_versions(company.versions[:1])
    assert verify(complete, Trust(first), later).exit_code == 0


def test_foreign_root_is_refused(make_company: Any, complete: bytes, later: Any) -> None:
    """Another company's root, however sound, proves nothing here."""
    found = verify(complete, Trust(make_company().root), later)
    assert found.exit_code == 1
    assert found.lines[4].state is STOPPED
    assert found.lines[1].state is NEEDS


def test_old_directory_is_amber_never_red(company: Any, complete: bytes, later: Any) -> None:
    """Sixty days count as recent; a fresher directory of the reader's own mends it."""
    old = verify(complete, company.trust(), later + timedelta(days=60))
    assert old.lines[5].state is NEEDS
    assert old.exit_code == 3
    fresh = replace(company.trust(), directory_as_of="2027-04-01T09:00:00+00:00")
    assert verify(complete, fresh, later + timedelta(days=60)).exit_code == 0


def test_directory_from_the_future_is_not_recent(company: Any, complete: bytes, later: Any) -> None:
    """A clock that stands wrong is said, not believed."""
    future = replace(company.trust(), directory_as_of="2031-01-01T00:00:00+00:00")
    assert verify(complete, future, later).lines[5].state is NEEDS


def test_signature_from_the_future_is_not_green(company: Any, complete: bytes) -> None:
    """The reader's clock stands long before the claimed time."""
    line = verify(complete, company.trust(), company.now).lines[2]
    assert line.state is NEEDS
    assert "has not come yet" in line.evidence


def test_digest_of_revision_0_is_that_of_the_compiled_file(
    composed: Any, states: list[bytes]
) -> None:
    """Signing leaves the compiled bytes at the front, untouched."""
    wanted = hashlib.sha256(composed.pdf).hexdigest()
    assert {revision_0_digest(state) for state in states} == {wanted}
    with pytest.raises(NotAPacket):
        revision_0_digest(b"%PDF-1.7 nothing more")


def test_verdict_travels_between_processes_and_as_json(
    company: Any, states: list[bytes], later: Any
) -> None:
    """Workers hand it back; other programs read it."""
    trust = company.trust()
    found = verify(states[2], pickle.loads(pickle.dumps(trust)), later)  # noqa: S301 -- our own bytes
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 -- our own bytes
    as_json = json.loads(json.dumps(to_json(found)))
    assert as_json["exit_code"] == 3
    assert [line["state"] for line in as_json["lines"]][3] == "needs"
    assert as_json["signers"][2]["signed_at"] is None


def test_packet_with_a_single_signature_is_certified_and_locked_at_once(
    company: Any, short: Any, later: Any
) -> None:
    """Its only signer is first and last."""
    composed = company.compiled(short, company.lines()[:1])
    found = verify(company.states(composed)[-1], company.trust(), later)
    assert found.exit_code == 0


def test_verdict_has_its_six_lines_or_is_none() -> None:
    """No line may be left out because nothing was found for it."""
    with pytest.raises(ValueError, match="six lines"):
        verdict([Line("Content", DONE, "Unchanged")])
