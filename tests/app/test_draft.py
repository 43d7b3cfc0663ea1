"""Filling in a form: what the screen calls saved is on the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from a_company import DIRECTOR, SECRET, SECRETARY, Town

from candor.app import attachments, filing
from candor.app.draft import Draft
from candor.errors import CandorError
from candor.forms.answers import Answer, Change, Provenance


@pytest.fixture
def town(town_after) -> Town:
    return town_after("issued")


def opened(town: Town) -> Draft:
    session = town[DIRECTOR]
    return filing.open_draft(session, filing.my_forms(session)[0].case)


def again(town: Town) -> Draft:
    """The draft as another run of the program would find it."""
    town.sessions.pop(DIRECTOR).close()
    return opened(town)


def test_an_answer_is_there_after_the_program_is_started_again(town):
    opened(town).set_answer(Answer("2.03", value="Something", comment="a remark"))
    draft = again(town)
    assert draft.answers["2.03"].value == "Something"
    assert draft.answers["2.03"].comment == "a remark"
    assert draft.saved_at is not None


_TYPIST = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from a_company import DIRECTOR, SECRET, PARTS, START
from candor.app import filing, vaults
from candor.clock import SteppingClock
from candor.forms.answers import Answer
session = vaults.open_vault(Path(sys.argv[2]), SECRET, SteppingClock(START), PARTS)
draft = filing.open_draft(session, filing.my_forms(session)[0].case)
for number in range(100000):
    draft.set_answer(Answer("2.03", value=f"keystroke {number}"))
    print(number, flush=True)
"""


def test_what_was_saved_survives_a_killed_process(town):
    folder = town.vault(DIRECTOR)
    typist = subprocess.Popen(
        [sys.executable, "-c", _TYPIST, str(Path(__file__).parent), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert typist.stdout is not None
    said = [typist.stdout.readline() for _ in range(12)]
    os.kill(typist.pid, signal.SIGKILL)
    said += typist.stdout.readlines()
    typist.wait()
    typist.stdout.close()
    last = int([line for line in said if line.endswith("\n")][-1])
    value = str(opened(town).answers["2.03"].value)
    assert int(value.removeprefix("keystroke ")) in {last, last + 1}


def test_every_change_can_be_taken_back_and_made_again(town):
    draft = opened(town)
    draft.set_answer(Answer("13.01", value=False))
    draft.set_answer(Answer("13.01", value=True))
    draft.clear("13.01")
    assert "13.01" not in draft.answers
    assert [draft.undo(), draft.answers["13.01"].value] == ["13.01", True]
    assert [draft.undo(), draft.answers["13.01"].value] == ["13.01", False]
    assert draft.redo() == "13.01"
    assert draft.answers["13.01"].value is True
    assert draft.can_redo
    draft.set_answer(Answer("13.02", value=False))
    assert not draft.can_redo
    assert [draft.undo() for _ in range(4)] == ["13.02", "13.01", "13.01", None]
    assert again(town).answers.get("13.01") is None


def test_a_text_is_taken_back_as_it_was_before_it_was_typed(town):
    draft = opened(town)
    for typed in ("S", "So", "Som"):
        draft.set_answer(Answer("2.03", value=typed))
    assert (draft.undo(), draft.answers.get("2.03")) == ("2.03", None)
    assert (draft.redo(), draft.answers["2.03"].value) == ("2.03", "Som")


def test_what_was_taken_back_is_taken_back_on_the_disk_too(town):
    draft = opened(town)
    draft.set_answer(Answer("2.03", value="one"))
    draft.undo()
    assert "2.03" not in again(town).answers


def test_last_years_answer_is_a_proposal_until_it_is_reaffirmed(town):
    draft = opened(town)
    question = next(q for q, last in draft.last_year.items() if last.answer.value is False)
    assert question not in draft.answers
    draft.still_correct(question)
    answer = draft.answers[question]
    assert (answer.value, answer.change) == (False, Change.REAFFIRMED)
    assert answer.provenance is Provenance.CONFIRMED


def test_another_answer_than_last_years_is_recorded_as_changed(town):
    draft = opened(town)
    question = next(q for q, last in draft.last_year.items() if last.answer.value is False)
    draft.set_answer(Answer(question, value=True, explanation="It changed."))
    assert draft.answers[question].change is Change.CHANGED
    draft.undo()
    assert question not in draft.answers


def test_a_question_without_last_years_answer_is_new(town):
    draft = opened(town)
    draft.set_answer(Answer("13.03", value="no"))
    assert "13.03" not in draft.last_year
    assert draft.answers["13.03"].change is Change.NEW


def test_a_fact_on_file_is_confirmed_or_disputed_one_by_one(town):
    draft = opened(town)
    first, second = list(draft.facts)[:2]
    draft.confirm_fact(first)
    assert draft.answers[first].provenance is Provenance.CONFIRMED
    assert second not in draft.answers
    draft.dispute_fact(second, "This is not so.")
    assert draft.answers[second].provenance is Provenance.DISPUTED
    assert draft.answers[second].dispute == "This is not so."
    kept = again(town).answers
    assert (kept[first].provenance, kept[second].dispute) == ("confirmed", "This is not so.")


def test_an_attachment_is_sealed_into_the_vault_under_a_salted_name(town, tmp_path):
    file = tmp_path / "deed.PDF"
    file.write_bytes(b"%PDF-1.7 the deed")
    draft = opened(town)
    draft.attach("6.06", draft.seal(file))
    (entry,) = draft.answers["6.06"].attachments
    assert (entry["name"], entry["size"], entry["media"]) == ("deed.PDF", 17, "application/pdf")
    assert attachments.taken(draft.session.vault, entry["digest"]) == b"%PDF-1.7 the deed"
    draft.attach("6.06", draft.seal(file))
    first, second = draft.answers["6.06"].attachments
    assert first["digest"] != second["digest"]


def test_attachments_that_no_exchange_file_could_carry_are_refused_at_once(town, tmp_path):
    """Not after signing, when the answers could no longer leave the vault."""
    draft = opened(town)
    for name in ("one.bin", "two.bin"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(31 * 2**20)
    draft.attach("6.06", draft.seal(tmp_path / "one.bin"))
    with pytest.raises(CandorError, match="60 MB together") as told:
        draft.seal(tmp_path / "two.bin")
    assert "smaller version" in told.value.hint
    sealed_meanwhile = {**draft.answers["6.06"].attachments[0], "name": "two.bin"}
    with pytest.raises(CandorError, match="60 MB together"):
        draft.attach("6.07", sealed_meanwhile)
    assert len(draft.answers["6.06"].attachments) == 1


@pytest.mark.parametrize("path", ["nowhere.pdf", "."])
def test_a_file_that_cannot_be_read_is_refused_and_changes_no_answer(town, tmp_path, path):
    draft = opened(town)
    with pytest.raises(CandorError):
        draft.attach("6.06", draft.seal(tmp_path / path))
    assert "6.06" not in draft.answers


def test_nobody_opens_another_persons_form(town):
    session = town[SECRETARY]
    case = next(c for c in session.state.cases.values() if c.subject == town.id(DIRECTOR))
    with pytest.raises(CandorError, match="somebody else"):
        filing.open_draft(session, case.id)


def test_progress_counts_only_what_is_asked_and_leads_to_the_next_open_question(town):
    draft = opened(town)
    progress = draft.progress()
    assert progress.answered == 0
    first = draft.next_open()
    assert first == draft.visible()[0].id
    draft.set_answer(Answer("2.03", value="x"))
    assert draft.progress().answered <= 1
    assert draft.next_open(first) != first
    assert SECRET not in repr(draft.answers)
