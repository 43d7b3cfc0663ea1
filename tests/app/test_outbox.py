"""What leaves: once made, the same bytes for ever; to each only what they may have and lack."""

from __future__ import annotations

from pathlib import Path

import pytest
from a_company import CHAIR, CLO, DIRECTOR, MEMBER, PEOPLE, SECRETARY, Town

from candor.app import attachments, company, deciding, filing, importing, outbox
from candor.app.audience import may_receive
from candor.app.draft import Draft
from candor.app.outbox import OutboxItem
from candor.app.people import PersonInput
from candor.errors import CandorError
from candor.exchange import intake
from candor.forms.answers import Answer
from candor.vault.refusals import NotSaved


def ready(town: Town, key: str) -> list[OutboxItem]:
    return [item for item in outbox.outbox(town[key]) if item.state == "ready"]


@pytest.fixture
def issued(town_after) -> Town:
    return town_after("issued")


@pytest.fixture
def answered(issued: Town) -> Town:
    issued.answer(DIRECTOR)
    return issued


def test_a_file_is_the_same_bytes_each_time_it_is_saved(answered, tmp_path):
    (item,) = ready(answered, DIRECTOR)
    first = outbox.save_to(answered[DIRECTOR], item.id, tmp_path / "one")
    (made,) = [i for i in outbox.outbox(answered[DIRECTOR]) if i.state == "saved"]
    second = outbox.save_to(answered[DIRECTOR], made.id, tmp_path / "two")
    assert first.read_bytes() == second.read_bytes()
    assert first.name == second.name
    answered.sessions.pop(DIRECTOR).close()
    third = outbox.file_of(answered[DIRECTOR], made.id)
    assert third.data == first.read_bytes()


def test_a_second_copy_of_a_file_adds_nothing(answered, tmp_path):
    (item,) = ready(answered, DIRECTOR)
    path = outbox.save_to(answered[DIRECTOR], item.id, tmp_path)
    answered.take(SECRETARY, [path])
    before = answered[SECRETARY].state.project()
    previews, done = answered.take(SECRETARY, [path])
    assert (previews[0].verdict, done.files) == ("nothing_new", 0)
    assert answered[SECRETARY].state.project() == before


def test_what_was_sent_is_not_ready_again(answered):
    answered.carry(DIRECTOR)
    assert ready(answered, DIRECTOR) == []
    with pytest.raises(CandorError, match="nothing new"):
        outbox.make_file(answered[DIRECTOR], answered.id(SECRETARY))


def test_a_different_file_of_that_name_is_never_written_over(answered, tmp_path):
    (item,) = ready(answered, DIRECTOR)
    name = outbox.file_of(answered[DIRECTOR], item.id).name
    (tmp_path / name).write_bytes(b"mine")
    (made,) = ready(answered, DIRECTOR)
    path = outbox.save_to(answered[DIRECTOR], made.id, tmp_path)
    assert (tmp_path / name).read_bytes() == b"mine"
    assert path.name != name


def test_a_file_is_acknowledged_by_what_its_recipient_sends_back(answered):
    (sent,) = [
        i for i in outbox.outbox(answered[SECRETARY]) if i.recipient == answered.id(DIRECTOR)
    ]
    assert (sent.state, sent.purpose_text) == ("saved", "Questionnaire")
    answered.carry(DIRECTOR)
    states = {i.id: i.state for i in outbox.outbox(answered[SECRETARY])}
    assert states[sent.id] == "acknowledged"
    others = [i for i in outbox.outbox(answered[SECRETARY]) if i.recipient == answered.id(MEMBER)]
    assert {i.state for i in others} == {"saved"}


def test_filers_send_to_the_secretary_alone(town_after):
    town = town_after("issued")
    for key in (DIRECTOR, CLO, CHAIR):
        town.answer(key)
        assert {item.recipient for item in ready(town, key)} == {town.id(SECRETARY)}


def test_whoever_has_not_joined_is_sent_nothing(town_after):
    town = town_after("founded")
    assert ready(town, SECRETARY) == []


def test_every_event_in_every_file_is_one_that_its_recipient_may_have(town_after):
    town = town_after("decided")
    session = town[SECRETARY]
    by_id = {town.id(key): key for key in PEOPLE if key != SECRETARY}
    checked = 0
    for item in outbox.outbox(session):
        if item.recipient not in by_id or item.purpose_text == "Invitation":
            continue
        data = outbox.file_of(session, item.id).data
        reader = town[by_id[item.recipient]]
        secrets = (reader.identity.age.secret,)
        found = intake.check(data, secrets=secrets, known=importing.known(reader))
        for event in (*found.new, *found.here):
            assert may_receive(session, event.header, item.recipient)
            checked += 1
    assert checked > 50


def test_an_attachment_travels_with_the_answer_it_belongs_to(issued, tmp_path):
    file = tmp_path / "note.pdf"
    file.write_bytes(b"%PDF a note")
    draft = _draft(issued)
    entry = draft.seal(file)

    def with_note(answers: dict[str, Answer]) -> None:
        answers["13.01"] = Answer("13.01", value=False, attachments=(entry,))

    issued.answer(DIRECTOR, with_note)
    issued.carry(DIRECTOR)
    assert attachments.taken(issued[SECRETARY].vault, entry["digest"]) == b"%PDF a note"


def test_an_attachment_to_a_sealed_answer_never_reaches_the_courier(issued, tmp_path):
    file = tmp_path / "proof.png"
    file.write_bytes(b"a picture")
    draft = _draft(issued)
    entry = draft.seal(file)

    def with_proof(answers: dict[str, Answer]) -> None:
        answers["13.03"] = Answer(
            "13.03", value="will_report", explanation="See the picture.", attachments=(entry,)
        )

    issued.answer(DIRECTOR, with_proof)
    issued.carry(DIRECTOR)
    issued.carry(SECRETARY)
    assert not issued[SECRETARY].vault.has_blob(entry["digest"])
    assert attachments.taken(issued[CLO].vault, entry["digest"]) == b"a picture"


def _draft(town: Town) -> Draft:
    return filing.open_draft(town[DIRECTOR], filing.my_forms(town[DIRECTOR])[0].case)


def test_a_file_that_could_not_be_kept_counts_as_never_made(answered, monkeypatch):
    session = answered[DIRECTOR]
    place = session.vault.peer(answered.id(SECRETARY))

    def full(*_args: object, **_kwargs: object) -> None:
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(session.vault, "put_document", full)
        with pytest.raises(NotSaved):
            outbox.make_file(session, answered.id(SECRETARY))
    assert session.vault.peer(answered.id(SECRETARY)) == place
    assert len(ready(answered, DIRECTOR)) == 1
    answered.carry(DIRECTOR)


def test_a_folder_that_cannot_be_written_is_told_and_the_file_stays_ready(answered, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    (item,) = ready(answered, DIRECTOR)
    with pytest.raises(CandorError, match="could not be written"):
        outbox.save_to(answered[DIRECTOR], item.id, blocked)
    (still,) = ready(answered, DIRECTOR)
    assert still.state_text.endswith("not saved yet")


def test_the_message_to_attach_a_file_to_names_no_content(answered):
    (item,) = ready(answered, DIRECTOR)
    to, subject, text = outbox.compose_email(answered[DIRECTOR], item.id)
    assert to == PEOPLE[SECRETARY].email
    assert subject.endswith(": signed questionnaire")
    assert PEOPLE[SECRETARY].name in text
    with pytest.raises(CandorError, match="not in the outbox"):
        outbox.compose_email(answered[DIRECTOR], "nothing")


def test_directory_news_alone_waits_for_the_next_file(town_after):
    town = town_after("decided")
    for key in PEOPLE:
        town.carry(key)
    town.carry(SECRETARY)
    company.add_people(
        town[SECRETARY], [PersonInput("Nora Newly", "nora@example.com", classes=("nominee",))]
    )
    assert ready(town, SECRETARY) == []


def test_an_unknown_item_is_refused_in_words(issued, tmp_path):
    for item in ("ready:nobody", "0" * 64):
        with pytest.raises(CandorError):
            outbox.save_to(issued[SECRETARY], item, tmp_path)
    assert list(Path(tmp_path).iterdir()) == [tmp_path / "town-0"]


def test_what_a_decider_signs_goes_to_the_secretary_and_on_to_nobody_concerned(town_after):
    town = town_after("decided")
    for item in ready(town, SECRETARY):
        assert "signed decision" not in " ".join(item.contains)
    decided = [r for r in deciding.exceptions(town[SECRETARY]) if r.state == "determined"]
    assert len(decided) > 5
