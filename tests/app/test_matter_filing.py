"""Filing a matter: kept while it grows, signed for its audience, amended, taken back."""

from __future__ import annotations

import pytest
from a_company import SECRET
from village import CHAIR, EMMA, FIN, LAW, SEC, everything, fill

from candor.app import matter_drafts, matter_filing
from candor.app.matter_filing import Signature
from candor.app.signing import SignatureRefused
from candor.errors import CandorError, Problems


def test_matter_is_filed_numbered_and_read_by_its_audience_alone(village):
    filed = village.file(EMMA)
    assert filed.pdf.startswith(b"%PDF")
    village.post(EMMA)
    case = village[LAW].state.cases[filed.case]
    assert (case.kind, case.subject, case.number) == (
        "matter",
        village.id(EMMA),
        "GFT-2026-0001",
    )
    assert case.matter.matter == "gift_received"
    village.carry(SEC)
    assert village[EMMA].case(filed.case).number == "GFT-2026-0001"
    for other in (FIN, CHAIR):
        assert filed.case not in everything(village[other])


def test_draft_is_kept_as_it_grows_and_opened_again_after_a_restart(village):
    draft = matter_drafts.start(village[EMMA], "gift-received")
    fill(draft, {"q1_03": "Dinner after the site visit"})
    village.close()
    (row,) = matter_drafts.drafts(village[EMMA])
    again = matter_drafts.open_draft(village[EMMA], row.case)
    assert again.answers["1.03"].value == "Dinner after the site visit"
    matter_drafts.discard(village[EMMA], row.case)
    assert matter_drafts.drafts(village[EMMA]) == ()


def test_matter_has_no_due_day_and_tells_none(village):
    assert matter_drafts.start(village[EMMA], "gift-received").due is None


def test_cash_stops_the_signature_and_not_the_draft(village):
    draft = matter_drafts.start(village[EMMA], "gift-received")
    fill(draft, {"q1_02": "cash"})
    with pytest.raises(Problems) as stopped:
        village.sign(EMMA, draft)
    assert any(p.startswith("1.02:") for p in stopped.value.problems)
    assert matter_drafts.drafts(village[EMMA])
    fill(draft, {"q1_01": "returned", "q1_02": "cash"})
    assert village.sign(EMMA, draft).version == 1


def test_wrong_passphrase_signs_nothing_and_keeps_the_draft(village):
    draft = matter_drafts.start(village[EMMA], "gift-received")
    fill(draft, {})
    with pytest.raises(SignatureRefused):
        matter_filing.sign(village[EMMA], draft, Signature("Emma Employee", "no such words here"))
    assert draft.case.id not in village[EMMA].state.cases
    assert matter_drafts.drafts(village[EMMA])


def test_amendment_gives_its_reason_and_leaves_the_first_version(village):
    filed = village.file(EMMA)
    village.post(EMMA)
    draft = matter_drafts.amend(village[EMMA], filed.case)
    fill(draft, {"q1_04": {"minor": 9900, "currency": "USD"}})
    with pytest.raises(Problems, match="Some points"):
        village.sign(EMMA, draft)
    assert village.sign(EMMA, draft, "The receipt says more").version == 2
    village.post(EMMA)
    case = village[LAW].state.cases[filed.case]
    first, second = case.submissions
    assert (first.superseded_by, second.reason) == (second.event, "The receipt says more")
    assert (first.answers["1.04"].value["minor"], second.answers["1.04"].value["minor"]) == (
        4000,
        9900,
    )
    assert case.number == "GFT-2026-0001"


def test_withdrawn_matter_stays_on_file_and_cannot_be_amended(village):
    filed = village.file(EMMA)
    matter_filing.withdraw(village[EMMA], filed.case, "I gave it back.", "Emma Employee", SECRET)
    village.post(EMMA)
    case = village[LAW].state.cases[filed.case]
    assert case.matter.withdrawal.reason == "I gave it back."
    assert len(case.submissions) == 1
    with pytest.raises(CandorError, match="withdrawn"):
        matter_drafts.amend(village[EMMA], filed.case)


def test_nobody_takes_back_somebody_elses_matter(village):
    filed = village.file(EMMA)
    village.post(EMMA)
    with pytest.raises(CandorError, match="not a matter of yours"):
        matter_filing.withdraw(village[LAW], filed.case, "No.", "Lora Lawless", SECRET)


def test_person_whom_it_concerns_does_not_receive_it(village):
    lora = {"name": "Lora Lawless", "id": village.id(LAW)}
    filed = village.file(EMMA, q4_01=[{"person": lora, "why": "own_interest"}])
    village.post(EMMA)
    assert filed.case in village[SEC].state.cases
    assert filed.case not in everything(village[LAW])


def test_own_matter_of_the_secretary_reaches_the_chief_legal_officer(village):
    filed = village.file(SEC)
    village.carry(SEC)
    assert filed.case in village[LAW].state.cases
