"""Signing a form: nothing half answered, nobody else's name, one record per audience."""

from __future__ import annotations

import pytest
from a_company import DIRECTOR, PEOPLE, SECRET, SECRETARY, Town, speaks_up

from candor.app import demo_answers, filing, importing, outbox
from candor.app.draft import Draft
from candor.app.session import Session
from candor.app.signing import SignatureRefused
from candor.errors import Problems
from candor.forms.answers import Answer
from candor.records import chain
from candor.vault.refusals import NotSaved

NAME = PEOPLE[DIRECTOR].name


@pytest.fixture
def town(town_after) -> Town:
    return town_after("issued")


def filled(town: Town) -> Draft:
    session = town[DIRECTOR]
    draft = filing.open_draft(session, filing.my_forms(session)[0].case)
    draft.start_from(demo_answers.answers(draft.form, PEOPLE[DIRECTOR], draft.context, 1))
    return draft


def sign(draft: Draft, name: str = NAME, secret: str = SECRET, consent: bool = True) -> None:
    filing.sign(draft.session, draft, name, secret, consent)


def nothing_signed(session: Session) -> bool:
    return all(not case.submissions for case in session.state.cases.values())


def test_a_complete_form_is_signed_and_its_printable_copy_is_there_at_once(town):
    draft = filled(town)
    filed = filing.sign(draft.session, draft, NAME, SECRET, consent=True)
    assert filed.version == 1
    assert filed.pdf.startswith(b"%PDF-")
    assert filing.filed_pdf(draft.session, filed.case) == filed.pdf
    (task,) = filing.my_forms(draft.session)
    assert (task.state, task.answered) == ("signed", task.total)
    (case,) = [c for c in draft.session.state.cases.values() if c.kind == "questionnaire"]
    assert case.submissions[0].name == NAME
    assert case.submissions[0].consent


def test_open_points_are_refused_with_the_whole_list(town):
    draft = filled(town)
    for question in ("1.01", "13.03", "6.01"):
        draft.clear(question)
    with pytest.raises(Problems) as refused:
        sign(draft)
    named = {problem.split(":")[0] for problem in refused.value.problems}
    assert {"1.01", "13.03", "6.01"} <= named
    assert nothing_signed(draft.session)


def test_a_flagged_answer_without_its_explanation_blocks_signing_and_not_saving(town):
    draft = filled(town)
    draft.set_answer(Answer("13.04", value=True))
    assert draft.answers["13.04"].value is True
    with pytest.raises(Problems) as refused:
        sign(draft)
    assert any(problem.startswith("13.04") for problem in refused.value.problems)
    draft.set_answer(Answer("13.04", value=True, explanation="The ledger is not locked."))
    sign(draft)
    assert not nothing_signed(draft.session)


@pytest.mark.parametrize("name", ["", "  ", "Somebody Else", "H", "quillfeather"])
def test_a_name_that_is_not_the_signers_is_refused(town, name):
    draft = filled(town)
    with pytest.raises(SignatureRefused):
        sign(draft, name=name)
    assert nothing_signed(draft.session)


def test_a_wrong_passphrase_signs_nothing(town):
    draft = filled(town)
    with pytest.raises(SignatureRefused, match="passphrase"):
        sign(draft, secret="one two three four six")
    assert nothing_signed(draft.session)
    assert draft.session.vault.draft(draft.case.id) is not None


def test_nobody_signs_electronically_without_having_agreed_to_it_once(town):
    draft = filled(town)
    with pytest.raises(Problems, match="agreed"):
        sign(draft, consent=False)
    assert nothing_signed(draft.session)
    sign(draft)
    assert not filing.texts(draft.session, draft).consent_needed


def test_one_body_is_signed_for_each_audience_always(town):
    draft = filled(town)
    sign(draft)
    cases = draft.session.state.cases.values()
    found = {c.submissions[0].audience: set(c.submissions[0].answers) for c in cases}
    assert found["concerns"] == {"13.03"}
    assert found["controls"] == {"13.04"}
    assert not {"13.03", "13.04"} & found["questionnaire"]


def test_the_signed_record_holds_what_was_answered_and_nothing_that_was_not_asked(town):
    draft = filled(town)
    expected = filing.frozen(draft, NAME)
    hidden = {q.id for q in draft.form.questions} - {q.id for q in draft.visible()}
    sign(draft)
    signed: dict[str, Answer] = {}
    for case in draft.session.state.cases.values():
        signed.update(case.submissions[0].answers)
    assert signed == expected
    assert not hidden & set(signed)


def test_a_second_version_starts_from_the_first_and_supersedes_it(town):
    session = town[DIRECTOR]
    draft = filled(town)
    sign(draft)
    town.carry(DIRECTOR)
    town.carry(SECRETARY)
    second = filing.open_draft(session, draft.case.id)
    assert second.answers["13.01"] == session.case(draft.case.id).submissions[0].answers["13.01"]
    second.set_answer(Answer("13.01", value=True, explanation="I remembered something."))
    (task,) = filing.my_forms(session)
    assert task.state == "open"
    assert filing.sign(session, second, NAME, SECRET, consent=False).version == 2
    town.carry(DIRECTOR)
    case = town[SECRETARY].case(draft.case.id)
    first, latest = case.submissions
    assert (first.superseded_by, latest.supersedes) == (latest.event, first.event)
    assert latest.answers["13.01"].value is True
    assert case.standing == (latest,)
    assert len({case.number, *(receipt.number for receipt in case.receipts)}) == 1
    assert len(case.receipts) == 2


def test_both_versions_stand_in_the_same_sealed_cases(town):
    draft = filled(town)
    sign(draft)
    second = filing.open_draft(draft.session, draft.case.id)
    speaks_up_in = dict(second.answers)
    speaks_up(speaks_up_in)
    second.start_from(speaks_up_in)
    filing.sign(draft.session, second, NAME, SECRET, consent=False)
    sealed = [c for c in draft.session.state.cases.values() if c.kind == "sealed"]
    assert [len(case.submissions) for case in sealed] == [2, 2]


def test_a_signing_that_the_disk_refuses_leaves_the_draft_and_no_record(town, monkeypatch):
    draft = filled(town)
    session = draft.session
    before = session.state.project()

    def full(*_args: object) -> bool:
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(session.vault, "discard_draft", full)
        with pytest.raises(NotSaved):
            sign(draft)
    assert session.state.project() == before
    assert nothing_signed(session)
    assert session.vault.draft(draft.case.id) is not None
    sign(draft)
    assert not nothing_signed(session)


def test_what_was_signed_is_read_back_from_the_disk(town):
    draft = filled(town)
    filed = filing.sign(draft.session, draft, NAME, SECRET, consent=True)
    found = draft.session.vault.event(filed.event)
    assert found is not None
    signed, body = found
    assert chain.signature_holds(signed, draft.session.identity.signing.public)
    assert body is not None
    filing.read_back(draft.session, filed.event)


def test_the_reply_waits_in_the_outbox_and_the_preview_says_what_it_brings(town):
    draft = filled(town)
    sign(draft)
    (item,) = [i for i in outbox.outbox(draft.session) if i.state == "ready"]
    assert item.purpose_text == "Signed questionnaire"
    assert "a sealed part that the courier cannot open" in item.contains
    path = outbox.save_to(draft.session, item.id, town.folder)
    (preview,) = importing.preview(town[SECRETARY], [path])
    assert "Add a signed questionnaire" in preview.adds
    assert "Keep sealed parts for others, to be passed on unopened" in preview.adds
    assert preview.sender_name == NAME
