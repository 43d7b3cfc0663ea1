"""Answers that go past the secretary: their readers get them, and nobody can tell they differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from a_company import CANARY, CFO, CHAIR, CLO, DIRECTOR, MEMBER, SECRETARY, Town, speaks_up

from candor.app import importing, inbox, outbox
from candor.app.audience import reach
from candor.forms.answers import Answer
from candor.records import chain

SEALED = {"concerns", "controls"}


def answered(town: Town, *, aloud: bool) -> None:
    """Harold answers; ``aloud`` or not, all answers but the sealed ones are the same."""

    def sealed_only(answers: dict[str, Answer]) -> None:
        spoken = dict(answers)
        speaks_up(spoken)
        answers.update({question: spoken[question] for question in ("13.03", "13.04")})

    town.answer(DIRECTOR, sealed_only if aloud else None)


def inside(town: Town, key: str, path: Path) -> list[tuple[str, int]]:
    """Kind and size of everything in a file. (The file itself has a few bytes more or less:
    age puts a stanza of random length into each header.)"""
    (preview,) = importing.preview(town[key], [path])
    assert preview.opened.checked is not None
    return sorted((blob.kind, blob.size) for blob in preview.opened.checked.manifest.blobs)


def sealed_cases(town: Town, key: str) -> dict[str, str]:
    """By audience, the sealed cases that a person's vault holds of Harold's."""
    subject = town.id(DIRECTOR)
    return {
        case.audience_name: case.id
        for case in town[key].state.cases.values()
        if case.kind == "sealed" and case.subject == subject
    }


def test_the_secretarys_vault_never_holds_a_sealed_case(town_after):
    session = town_after("decided")[SECRETARY]
    assert {case.kind for case in session.state.cases.values()} == {"campaign", "questionnaire"}
    for signed, body in session.vault.events():
        assert chain.header(signed).case in {*session.state.cases, session.root.directory}
        assert body is not None
        assert not {"answer/13.03", "answer/13.04"} & {item.id for item in body.items}


def test_the_concern_reaches_the_clo_and_the_control_weakness_the_committee_chair(town_after):
    town = town_after("replied")
    assert set(sealed_cases(town, DIRECTOR)) == SEALED
    assert set(sealed_cases(town, CLO)) == {"concerns"}
    assert set(sealed_cases(town, CHAIR)) == {"controls"}
    for key in (CFO, MEMBER):
        assert sealed_cases(town, key) == {}
    (concern,) = [i for i in inbox.unread(town[CLO]) if i.flagged]
    (weakness,) = [i for i in inbox.unread(town[CHAIR]) if i.flagged]
    assert f"{CANARY}: 13.03" in concern.lines[0][2]
    assert f"{CANARY}: 13.04" in weakness.lines[0][2]


def test_a_sealed_answer_that_says_nothing_is_there_and_asks_for_nobodys_attention(town_after):
    town = town_after("replied")
    items = inbox.sealed(town[CLO])
    assert len(items) == len({item.case for item in items}) > 1
    assert len(inbox.unread(town[CLO])) == 1
    inbox.mark_read(town[CLO], inbox.unread(town[CLO])[0].case)
    assert inbox.unread(town[CLO]) == ()


def test_the_readers_own_sealed_answers_go_to_the_alternate(town_after):
    town = town_after("replied")
    clo, chair = town.id(CLO), town.id(CHAIR)
    of_clo = [c for c in town[CHAIR].state.cases.values() if c.subject == clo]
    of_chair = [c for c in town[CLO].state.cases.values() if c.subject == chair]
    assert {"concerns", "controls"} == {c.audience_name for c in of_clo if c.kind == "sealed"}
    assert {c.audience_name for c in of_chair if c.kind == "sealed"} == {"concerns"}
    readers = reach(town[CHAIR]).readers
    for case in town[CHAIR].state.cases.values():
        assert case.subject not in readers[case.id]


def seen_by_the_secretary(town: Town) -> dict[str, object]:
    """Everything of the secretary's vault that could differ: counts, sizes, kinds, logs."""
    session = town[SECRETARY]
    relays = session.vault.documents("relay")
    headers = [chain.header(signed) for signed, _ in session.vault.events()]
    return {
        "types": sorted(head.type for head in headers),
        "seqs": sorted(head.seq for head in headers),
        "deps": sorted(len(head.deps) for head in headers),
        "blobs": [head.blobs for head in headers],
        "relays": sorted((doc.meta["to"] == town.id(CLO)) for doc in relays),
        "sizes": sorted(
            len(found.data)
            for doc in relays
            if (found := session.vault.document("relay", doc.key)) is not None
        ),
        "cases": len(session.state.cases),
        "places": {person: peer.received_seq for person, peer in session.vault.peers().items()},
    }


def test_yes_and_no_leave_the_same_traces_in_the_secretarys_vault(town_after):
    traces, files = [], []
    for aloud in (True, False):
        town = town_after("issued")
        answered(town, aloud=aloud)
        (path,) = [
            outbox.save_to(town[DIRECTOR], item.id, town.folder)
            for item in outbox.outbox(town[DIRECTOR])
            if item.state == "ready"
        ]
        files.append(inside(town, SECRETARY, path))
        town.take(SECRETARY, [path])
        traces.append(seen_by_the_secretary(town))
    assert traces[0] == traces[1]
    assert files[0] == files[1]


def test_what_the_secretary_passes_on_is_equally_long_for_yes_and_no(town_after):
    sizes = []
    for aloud in (True, False):
        town = town_after("issued")
        answered(town, aloud=aloud)
        town.carry(DIRECTOR)
        (chair,) = [
            item.id
            for item in outbox.outbox(town[SECRETARY])
            if item.recipient == town.id(CHAIR) and item.state == "ready"
        ]
        path = outbox.save_to(town[SECRETARY], chair, town.folder)
        sizes.append(inside(town, CHAIR, path))
    assert sizes[0] == sizes[1]
    assert "relay" in dict(sizes[0])


def test_the_secretary_cannot_open_what_she_passes_on(town_after):
    town = town_after("issued")
    answered(town, aloud=True)
    town.carry(DIRECTOR)
    session = town[SECRETARY]
    for listed in session.vault.documents("relay"):
        document = session.vault.document("relay", listed.key)
        assert document is not None
        assert CANARY.encode() not in document.data


def test_a_reader_passes_sealed_answers_on_to_nobody(town_after):
    town = town_after("replied")
    for key in (CLO, CHAIR):
        before = {item.id for item in outbox.outbox(town[key]) if item.state == "ready"}
        assert before == set()


@pytest.mark.parametrize("key", [CLO, CHAIR])
def test_sealed_answers_arrive_in_the_readers_vault_and_in_no_list_of_exceptions(town_after, key):
    town = town_after("replied")
    kinds = {case.kind for case in town[key].state.cases.values()}
    assert "sealed" in kinds
    assert not {"13.03", "13.04"} & {
        q
        for case in town[SECRETARY].state.cases.values()
        for submission in case.submissions
        for q in submission.answers
    }
