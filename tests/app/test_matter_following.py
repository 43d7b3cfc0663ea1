"""Following a matter: what may be told, where it stands, what happened when, what changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from a_company import SECRET
from village import CHAIR, EMMA, FIN, LAW, SEC, everything, fill

from candor.app import (
    matter_case,
    matter_drafts,
    matter_filing,
    matter_forecast,
    matter_list,
    matter_menu,
    matter_pages,
    matter_versions,
)
from candor.app.matter_case import Act
from candor.app.matter_standing import Group
from candor.errors import CandorError
from candor.forms.answers import Answer


def _codes(session, text=""):
    return {entry.code for group in matter_menu.menu(session, text) for entry in group.entries}


def _acts(view):
    return [offered.act for offered in view.acts]


def test_menu_holds_what_the_persons_class_may_file(village):
    assert "F16" in _codes(village[CHAIR])
    assert "F16" not in _codes(village[EMMA])
    assert "SUB" not in _codes(village[CHAIR])
    assert not {"F12", "F13", "F18"} & _codes(village[EMMA])


def test_search_finds_a_form_by_what_people_call_the_thing(village):
    assert "F07" in _codes(village[EMMA], "voucher")
    assert _codes(village[EMMA], "relative firm") >= {"F03"}
    assert _codes(village[EMMA], "zeppelin") == set()


def test_matter_stands_first_with_its_filer_then_with_who_received_it(village):
    filed = village.file(EMMA)
    (row,) = matter_list.disclosures(village[EMMA]).filed
    assert (row.standing.group, row.standing.word) == (Group.NEEDS, "Hand it over")
    village.carry(EMMA)
    (row,) = matter_list.disclosures(village[EMMA]).filed
    assert (row.standing.group, row.standing.word) == (Group.WAITING, "Handed over")
    village.carry(SEC)
    (row,) = matter_list.disclosures(village[EMMA]).filed
    assert row.number == "GFT-2026-0001"
    assert row.standing.text.startswith("Sela Secretary, Corporate Secretary, has it since")
    view = matter_case.view(village[EMMA], filed.case)
    assert [stage.word for stage in view.way][:2] == ["Filed", "Received"]


def test_times_of_an_act_are_three_and_what_nobody_witnessed_is_said(village):
    filed = village.file(EMMA)
    view = matter_case.view(village[EMMA], filed.case)
    (happening,) = view.happenings
    assert happening.words == "Filed"
    assert happening.claimed.note.endswith("ET")
    assert happening.witnessed is None
    village.post(EMMA)
    filing, receipt = matter_case.view(village[EMMA], filed.case).happenings
    assert filing.witnessed is not None
    assert filing.witnessed.note == "by 1 vault"
    assert (receipt.words, receipt.detail) == ("Opened and numbered", "GFT-2026-0001")
    assert receipt.witnessed is None


def test_page_of_a_matter_states_the_facts_and_offers_its_filer_every_act(village):
    filed = village.file(EMMA, q1_03="A fruit basket")
    village.post(EMMA)
    view = matter_case.view(village[EMMA], filed.case)
    assert view.title == "Gift or hospitality received: A fruit basket"
    assert dict(view.facts)["Description"].startswith("A fruit basket")
    assert _acts(view) == [Act.AMEND, Act.RETIRE, Act.WITHDRAW, Act.COPY]
    assert matter_case.view(village[LAW], filed.case).acts == ()
    assert view.foot == "Nobody decides a matter of their own."


def test_nobody_outside_its_audience_opens_a_matter(village):
    filed = village.file(EMMA)
    village.post(EMMA)
    with pytest.raises(CandorError, match="not in this vault"):
        matter_case.view(village[FIN], filed.case)


def test_amendment_is_told_in_words(village):
    filed = village.file(EMMA)
    draft = matter_drafts.amend(village[EMMA], filed.case)
    fill(draft, {"q1_04": {"minor": 9900, "currency": "USD"}})
    village.sign(EMMA, draft, "The receipt says more")
    found = matter_versions.comparison(village[EMMA], filed.case, 1, 2)
    assert found.after.reason == "The receipt says more"
    assert "1 answer changed" in found.summary
    assert any("99.00" in said for _question, said in found.lines)
    view = matter_case.view(village[EMMA], filed.case)
    assert view.happenings[-1].words == "Amended"
    assert Act.COMPARE in _acts(view)
    with pytest.raises(CandorError, match="not in this vault"):
        matter_versions.comparison(village[EMMA], filed.case, 2, 2)


def test_matter_taken_back_is_read_and_no_longer_acted_on(village):
    filed = village.file(EMMA)
    village.post(EMMA)
    matter_filing.withdraw(village[EMMA], filed.case, "I gave it back.", "Emma Employee", SECRET)
    view = matter_case.view(village[EMMA], filed.case)
    assert (view.standing.group, view.standing.word) == (Group.DONE, "Withdrawn")
    assert _acts(view) == [Act.COPY]
    assert view.happenings[-1].detail == "I gave it back."


def test_pages_can_be_read_before_signing_and_nothing_is_kept(village):
    draft = matter_drafts.start(village[EMMA], "gift-received")
    fill(draft, {})
    before = village[EMMA].vault.event_count()
    assert matter_pages.unsigned_pdf(village[EMMA], draft).startswith(b"%PDF")
    assert village[EMMA].vault.event_count() == before
    words = matter_pages.texts(village[EMMA], draft)
    assert "SEC" in words.carve_out
    assert words == replace(words, consent_needed=True)


def test_draft_begun_stands_in_the_list_until_it_is_signed_or_thrown_away(village):
    draft = matter_drafts.start(village[EMMA], "gift-received")
    (row,) = matter_list.disclosures(village[EMMA]).drafts
    assert row.title == "Gift or hospitality received"
    matter_drafts.discard(village[EMMA], draft.case.id)
    assert matter_list.disclosures(village[EMMA]).drafts == ()


def test_name_typed_as_the_directory_has_it_keeps_that_person_out(village):
    draft = matter_drafts.start(village[EMMA], "gift-received")
    fill(draft, {})
    row = {"person": {"name": " lora LAWLESS ", "id": ""}, "why": "named_party"}
    draft.set_answer(Answer("4.01", value=[row]))
    (kept,) = draft.answers["4.01"].value
    assert kept["person"]["id"] == village.id(LAW)
    told = matter_forecast.forecast(village[EMMA], draft)
    assert told.title == "Finn Figures (Chief Financial Officer) decides"
    filed = village.sign(EMMA, draft)
    village.post(EMMA)
    assert filed.case not in everything(village[LAW])


def test_name_that_nobody_has_is_said_to_keep_nobody_out(village):
    draft = matter_drafts.start(village[EMMA], "gift-received")
    fill(draft, {})
    row = {"person": {"name": "Lora Lawles", "id": village.id(LAW)}, "why": "named_party"}
    draft.set_answer(Answer("4.01", value=[row]))
    assert draft.answers["4.01"].value[0]["person"]["id"] == ""
    told = matter_forecast.forecast(village[EMMA], draft)
    assert ("“Lora Lawles”", matter_forecast.NOT_KNOWN) in told.passed_over


def test_where_a_draft_goes_is_not_guessed_from_too_few_answers(village):
    draft = matter_drafts.start(village[EMMA], "gift-received")
    assert matter_forecast.forecast(village[EMMA], draft) == matter_forecast.OPEN
    fill(draft, {"q1_01": "accepted", "q1_02": "cash"})
    told = matter_forecast.forecast(village[EMMA], draft)
    assert (told.stopped, told.clause) == (True, "III b5")
