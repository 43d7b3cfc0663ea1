"""The whole main job on real parts. Tests run with the network closed, so this is the proof
that it needs none."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from tests.demo.conftest import NOW, PARTS, Played, play

from candor.app import deciding, demo, inbox, reading
from candor.app.board_book import packets
from candor.app.vaults import open_vault
from candor.clock import SteppingClock
from candor.errors import CandorError

ROOT_LINE = re.compile(r"root [\d ]+$")


def test_every_packet_of_the_demonstration_verifies_green(played: Played) -> None:
    assert [verdict.banner for verdict in played.verdicts] == ["done", "done"]
    assert {line.state for verdict in played.verdicts for line in verdict.lines} == {"done"}


def test_it_leaves_vaults_exchange_files_pdfs_and_the_root(played: Played) -> None:
    out = played.story.out
    assert (out / "root.json").is_file()
    assert {path.name for path in out.glob("*.pdf")} == {"packet.pdf", "supplement.pdf"}
    assert len(list((out / "vaults").iterdir())) == 6
    assert len(list((out / "exchange" / "replies").glob("*.candor"))) == 5


def test_every_exception_is_decided_by_somebody_else_than_its_subject(played: Played) -> None:
    session = played.story.secretary.session
    cases = [c for c in reading.questionnaires(session) if c.determinations]
    assert cases
    for case in cases:
        assert case.subject not in {found.person for found in case.determinations}
        assert not [found.void for found in case.determinations if found.void]


def test_the_chief_legal_officers_own_exceptions_go_to_the_chief_financial_officer(
    played: Played,
) -> None:
    clo, cfo = played.story.office("clo"), played.story.office("cfo")
    mine = {row.person for row in deciding.queue(cfo.session)}
    assert clo.person.name in mine
    assert clo.person.name not in {row.person for row in deciding.queue(clo.session)}


def test_nobody_receives_or_signs_pages_on_their_own_exceptions(played: Played) -> None:
    for player in played.story.players.values():
        own = [c for c in reading.questionnaires(player.session) if c.subject == player.id]
        for case in own:
            assert not case.referrals
            assert not case.determinations
    for packet in packets(played.story.secretary.session):
        case = played.story.secretary.session.case(packet.case)
        subjects = {played.story.secretary.session.case(c).subject for c in case.packets[0].cases}
        assert subjects.isdisjoint({signer.person for signer in packet.line_up})


def test_sealed_answers_never_reach_the_secretary(played: Played) -> None:
    assert not inbox.sealed(played.story.secretary.session)
    assert len(inbox.sealed(played.story.office("clo").session)) == 4
    assert len(inbox.sealed(played.story.office("ac_chair").session)) >= 4


def test_the_same_seed_tells_the_same_story_apart_from_keys(played: Played, tmp_path: Path) -> None:
    again = play(tmp_path / "demo")
    demo.close(again.story)
    told, retold = (
        [ROOT_LINE.sub("root", line) for line in lines] for lines in (played.lines, again.lines)
    )
    assert told == retold


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(CandorError, match="not empty"):
        play(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_too_few_people_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CandorError, match="too few"):
        play(tmp_path / "demo", people=2)


@pytest.mark.interop("pdfsig", "qpdf")
def test_other_programs_find_the_signatures_valid_and_the_file_sound(played: Played) -> None:
    for name in ("packet.pdf", "supplement.pdf"):
        path = str(played.story.out / name)
        found = subprocess.run(
            ["pdfsig", "-nocert", path], capture_output=True, text=True, check=False
        ).stdout
        assert found.count("Signature is Valid") == 3
        checked = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False)
        assert checked.returncode == 0


def test_the_lines_at_the_end_open_each_vault(tmp_path: Path) -> None:
    story = play(tmp_path / "demo").story
    demo.close(story)
    for player, line in zip(story.players.values(), demo.how_to_open(story), strict=False):
        folder, passphrase = line.split(": ", 1)[1].split("  passphrase: ")
        session = open_vault(Path(folder), passphrase, SteppingClock(NOW), PARTS)
        assert session.me.name == player.person.name
        session.close()
