"""Importing any files in any order, any number of times, ends in the same state: the files that
one real vault received in the story, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.demo.conftest import NOW, PARTS, Played

from candor.app import importing, vaults
from candor.app.session import Session
from candor.clock import SteppingClock


@dataclass(frozen=True)
class Received:
    """A vault as it stood after joining, and every file that its owner was sent since."""

    folder: Path
    passphrase: str
    files: tuple[Path, ...]
    projection: bytes


@pytest.fixture(scope="module")
def received(joined: Path, played: Played) -> Received:
    player = played.story.office("clo")
    name = player.person.name.casefold().replace(" ", "-")
    sent = played.story.out / "exchange" / played.story.secretary.person.key
    files = tuple(sorted(sent.glob(f"to-{name}-*.candor")))
    return Received(joined, player.passphrase, files, player.session.state.project())


@contextmanager
def vault(received: Received, folder: Path) -> Iterator[Session]:
    """The vault as it stood after joining, opened anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(received.folder, folder)
    session = vaults.open_vault(folder, received.passphrase, SteppingClock(NOW), PARTS)
    try:
        yield session
    finally:
        session.close()


def take(session: Session, files: list[Path]) -> None:
    importing.import_files(session, importing.preview(session, files))


def test_the_story_sent_this_vault_several_files(received: Received) -> None:
    assert len(received.files) >= 4


@given(data=st.data())
@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_order_with_repeats_and_late_files_ends_in_the_same_state(
    received: Received, tmp_path: Path, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(received.files))
    first = data.draw(st.integers(0, len(order)))
    again = data.draw(st.lists(st.sampled_from(received.files), max_size=3))
    with vault(received, tmp_path / "straight") as straight:
        for file in received.files:
            take(straight, [file])
        expected = straight.state.project()
    with vault(received, tmp_path / "shuffled") as shuffled:
        for file in (*order[:first], *again):
            take(shuffled, [file])
        if order[first:]:
            take(shuffled, list(order[first:]))
        assert shuffled.state.project() == expected


def test_one_batch_of_all_files_ends_in_the_same_state_as_one_by_one(
    received: Received, tmp_path: Path
) -> None:
    with vault(received, tmp_path / "one") as one:
        for file in received.files:
            take(one, [file])
        expected = one.state.project()
    with vault(received, tmp_path / "all") as batch:
        take(batch, list(received.files))
        assert batch.state.project() == expected


def test_projections_dropped_are_rebuilt_from_the_events(
    received: Received, tmp_path: Path
) -> None:
    with vault(received, tmp_path / "rebuilt") as session:
        take(session, list(received.files))
        before = session.state.project()
        session.vault.drop_projections()
        session.refresh()
        assert session.state.project() == before
