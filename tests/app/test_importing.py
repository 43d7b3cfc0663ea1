"""Importing: look first, then all or nothing."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from a_company import (
    CHAIR,
    CLO,
    DIRECTOR,
    MEMBER,
    PEOPLE,
    SECRET,
    SECRETARY,
    Town,
    found,
    invite,
)

from candor.app import filing, importing, outbox
from candor.app.importing import FilePreview, Imported
from candor.app.session import Session
from candor.clock import SteppingClock
from candor.errors import Cancelled, CandorError
from candor.records import chain
from candor.vault.refusals import VaultError

After = Callable[[str], Town]


@pytest.fixture
def issued(town_after: After) -> Town:
    return town_after("issued")


@pytest.fixture(scope="module")
def answered(story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three replies, saved and not yet imported, beside the vaults that wait for them."""
    folder = tmp_path_factory.mktemp("answered") / "town"
    town = story.until("issued", folder)
    for key in (CHAIR, MEMBER, DIRECTOR):
        town.answer(key)
        save(town, key)
    town.close()
    return folder


@pytest.fixture
def replies(answered: Path, story, tmp_path: Path) -> Iterator[Town]:
    shutil.copytree(answered, tmp_path / "town")
    clock = SteppingClock(story.until("issued", tmp_path / "unused").clock.now())
    town = Town(tmp_path / "town", clock)
    yield town
    town.close()


def save(town: Town, key: str) -> Path:
    """The one file that is ready in a person's outbox."""
    (item,) = (i for i in outbox.outbox(town[key]) if i.state == "ready")
    return outbox.save_to(town[key], item.id, town.folder / "saved" / key)


def saved(town: Town) -> list[Path]:
    return sorted((town.folder / "saved").glob("*/*.candor"))


def all_of(session: Session) -> tuple[object, ...]:
    """Everything that an import may add to."""
    vault = session.vault
    events = [(chain.event_id(signed), body is not None) for signed, body in vault.events()]
    kinds = (outbox.FILE, outbox.RELAY, outbox.INCOMING_PACKET, "invitation", "form")
    documents = [(kind, d.key, d.meta) for kind in kinds for d in vault.documents(kind)]
    return session.state.project(), events, documents, vault.peers()


def take(town: Town, *paths: Path) -> tuple[tuple[FilePreview, ...], Imported]:
    return town.take(SECRETARY, paths)


def received(town: Town) -> int:
    return sum(len(case.submissions) for case in town[SECRETARY].state.cases.values())


# --- looking first ------------------------------------------------------------------------


def test_looking_at_files_changes_nothing_and_says_what_they_would_add(replies: Town) -> None:
    before = all_of(replies[SECRETARY])
    previews = importing.preview(replies[SECRETARY], [replies.folder / "saved" / CHAIR])
    assert all_of(replies[SECRETARY]) == before
    (one,) = previews
    assert (one.verdict, one.proved, one.refused) == ("import", True, "")
    assert one.sender_name == one.signed_by == PEOPLE[CHAIR].name
    assert "Add a signed questionnaire" in one.adds
    assert "Keep sealed parts for others, to be passed on unopened" in one.adds
    assert "Meant for you, and unchanged since it was signed" in one.checks
    assert one.gaps == ()


def test_a_folder_without_files_is_told(issued: Town, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CandorError, match=r"no \.candor file"):
        importing.preview(issued[SECRETARY], [tmp_path / "empty"])


def test_a_damaged_file_is_refused_and_changes_nothing(replies: Town) -> None:
    path = saved(replies)[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    before = all_of(replies[SECRETARY])
    previews, done = take(replies, path)
    assert [(p.verdict, p.proved) for p in previews] == [("refused", False)]
    assert previews[0].refused
    assert previews[0].hint
    assert (done.files, done.events) == (0, 0)
    assert all_of(replies[SECRETARY]) == before


@pytest.mark.parametrize("data", [b"", b"hello", b"age-encryption.org/v1\n", bytes(100_000)])
def test_something_that_is_no_exchange_file_is_refused_in_a_sentence(
    issued: Town, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "odd.candor"
    path.write_bytes(data)
    ((one,), _) = take(issued, path)
    assert one.verdict == "refused"
    assert one.refused.endswith((".", "!", "?"))


def test_a_file_for_somebody_else_is_refused(replies: Town) -> None:
    before = all_of(replies[CLO])
    (previews, done) = replies.take(CLO, saved(replies))
    assert {p.verdict for p in previews} == {"refused"}
    assert done.files == 0
    assert all_of(replies[CLO]) == before


def test_a_file_of_another_company_is_refused(issued: Town, tmp_path: Path) -> None:
    other = Town(tmp_path / "other", SteppingClock(issued.clock.now()))
    found(other)
    invitation = invite(other, DIRECTOR)
    path = tmp_path / invitation.file_name
    path.write_bytes(invitation.data)
    other.close()
    before = all_of(issued[DIRECTOR])
    ((one,), done) = issued.take(DIRECTOR, [path])
    assert one.verdict == "refused"
    assert done.files == 0
    assert all_of(issued[DIRECTOR]) == before


def test_a_file_that_claims_a_day_to_come_is_refused(replies: Town, issued: Town) -> None:
    fast = issued[DIRECTOR].clock
    assert isinstance(fast, SteppingClock)
    fast.move_to(fast.now() + timedelta(days=40))
    issued.answer(DIRECTOR)
    ((one,), _) = take(replies, save(issued, DIRECTOR))
    assert one.verdict == "refused"
    assert "days after today" in one.refused
    assert not one.proved
    assert received(replies) == 0


# --- all or nothing -----------------------------------------------------------------------


def test_one_bad_file_among_good_ones_is_left_out_alone(replies: Town) -> None:
    bad = saved(replies)[1]
    bad.write_bytes(bad.read_bytes()[:-1])
    previews, done = take(replies, *saved(replies))
    assert [p.verdict for p in previews] == ["import", "refused", "import"]
    assert (done.files, received(replies)) == (2, 2)


def test_importing_twice_adds_nothing(replies: Town) -> None:
    take(replies, *saved(replies))
    before = all_of(replies[SECRETARY])
    previews, done = take(replies, *saved(replies))
    assert {p.verdict for p in previews} == {"nothing_new"}
    assert {p.new for p in previews} == {0}
    assert (done.files, done.events) == (0, 0)
    assert all_of(replies[SECRETARY]) == before


def test_the_same_file_twice_in_one_import_counts_once(replies: Town, tmp_path: Path) -> None:
    path = saved(replies)[0]
    shutil.copy(path, tmp_path / "copy.candor")
    take(replies, path, tmp_path / "copy.candor")
    assert received(replies) == 1
    numbers = [c.number for c in replies[SECRETARY].state.cases.values() if c.number]
    assert len(numbers) == 1


def test_the_order_of_files_does_not_matter(replies: Town) -> None:
    paths = saved(replies)
    take(replies, paths[2])
    take(replies, paths[1], paths[0])
    cases = [c for c in replies[SECRETARY].state.cases.values() if c.submissions]
    assert sorted(case.number[-4:] for case in cases) == ["0001", "0002", "0003"]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_an_import_that_is_stopped_in_the_middle_leaves_nothing(replies: Town, at: int) -> None:
    session = replies[SECRETARY]
    before = all_of(session)

    def stop(step: str, done: int, _total: int) -> None:
        if (step, done) == ("Import", at):
            raise Cancelled("Stopped.", hint="")

    previews = importing.preview(session, saved(replies))
    with pytest.raises(Cancelled):
        importing.import_files(session, previews, stop)
    assert all_of(session) == before
    replies.close()
    assert all_of(replies[SECRETARY]) == before
    assert importing.import_files(replies[SECRETARY], previews).files == 3
    assert received(replies) == 3


@contextmanager
def full_disk(largest: int) -> Iterator[None]:
    """No file may grow beyond ``largest`` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_up_during_an_import_leaves_nothing(replies: Town) -> None:
    session = replies[SECRETARY]
    previews = importing.preview(session, saved(replies))
    before = all_of(session)
    logs = [log.stat().st_size for log in session.vault_folder.glob("vault.db-*")]
    with full_disk(max(logs, default=0) + 16_384), pytest.raises(VaultError):
        importing.import_files(session, previews)
    assert all_of(session) == before
    replies.close()
    assert all_of(replies[SECRETARY]) == before
    assert importing.import_files(replies[SECRETARY], previews).files == 3


# --- gaps and branches --------------------------------------------------------------------


def second_version(town: Town) -> Path:
    session = town[DIRECTOR]
    draft = filing.open_draft(session, filing.my_forms(session)[0].case)
    draft.set_answer(msgspec.structs.replace(draft.answers["13.01"], comment="Once more."))
    filing.sign(session, draft, PEOPLE[DIRECTOR].name, SECRET, consent=True)
    return save(town, DIRECTOR)


def test_a_file_before_its_predecessor_shows_the_gap_and_both_count_in_the_end(
    replies: Town,
) -> None:
    early = saved(replies)
    late = second_version(replies)
    first = next(p for p in early if p.parent.name == DIRECTOR)
    ((one,), _) = take(replies, late)
    assert one.verdict == "import"
    assert any("1 earlier file from this sender has not arrived" in gap for gap in one.gaps)
    take(replies, first)
    (case,) = (c for c in replies[SECRETARY].state.cases.values() if c.submissions)
    assert [s.superseded_by != "" for s in case.submissions] == [True, False]
    assert case.submissions[-1].answers["13.01"].comment == "Once more."


def test_a_sender_who_went_back_to_a_backup_is_told_as_a_branch(
    replies: Town, issued: Town
) -> None:
    """Harold signs on one copy of his vault, and differently on another."""
    one = next(p for p in saved(replies) if p.parent.name == DIRECTOR)
    take(replies, one)
    issued.answer(DIRECTOR)
    ((branch,), _) = take(replies, save(issued, DIRECTOR))
    assert branch.verdict == "import"
    assert any("may have restored a backup or work on two machines" in gap for gap in branch.gaps)
    forked = [case for case in replies[SECRETARY].state.cases.values() if case.forked]
    assert [case.subject for case in forked] == [replies.id(DIRECTOR)]
