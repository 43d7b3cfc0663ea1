"""What goes along with a signature: the signer's pages, and the papers put to answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from a_company import DIRECTOR, PEOPLE, SECRET, SECRETARY, Town

from candor.app import attachments, demo_answers, filing
from candor.app.draft import Draft
from candor.app.session import Session
from candor.records import chain

NAME = PEOPLE[DIRECTOR].name


@pytest.fixture
def issued(town_after: Callable[[str], Town]) -> Town:
    return town_after("issued")


def filled(session: Session) -> Draft:
    """Harold's whole form, ready to sign."""
    draft = filing.open_draft(session, filing.my_forms(session)[0].case)
    draft.start_from(demo_answers.answers(draft.form, PEOPLE[DIRECTOR], draft.context, 1))
    return draft


def test_the_signer_keeps_a_pdf_of_each_version(issued: Town) -> None:
    harold = issued[DIRECTOR]
    filed = filing.sign(harold, filled(harold), NAME, SECRET, consent=True)
    assert filed.pdf.startswith(b"%PDF-")
    assert filing.filed_pdf(harold, filed.case) == filed.pdf
    assert filing.signed_copy(harold, filed.case) == filed
    again = filing.open_draft(harold, filed.case)
    second = filing.sign(harold, again, NAME, SECRET, consent=False)
    assert second.pdf != filed.pdf
    kept = {document.key for document in harold.vault.documents(filing.FILED)}
    assert kept == {filed.event, second.event}


def test_the_pages_can_be_read_before_signing_and_leave_no_trace(issued: Town) -> None:
    harold = issued[DIRECTOR]
    draft = filled(harold)
    before = harold.state.project()
    assert filing.unsigned_pdf(harold, draft).startswith(b"%PDF-")
    assert harold.state.project() == before
    assert harold.vault.documents(filing.FILED) == ()


def test_an_attachment_is_named_in_the_signed_record_and_arrives_whole(
    issued: Town, tmp_path: Path
) -> None:
    harold, secretary = issued[DIRECTOR], issued[SECRETARY]
    paper = tmp_path / "engagement letter.pdf"
    paper.write_bytes(b"%PDF-1.7 fictional letter" * 1000)
    draft = filled(harold)
    entry = draft.seal(paper)
    draft.attach("13.01", entry)
    filed = filing.sign(harold, draft, NAME, SECRET, consent=True)
    pair = harold.vault.event(filed.event)
    assert pair is not None
    (blob,) = chain.header(pair[0]).blobs
    assert blob == attachments.reference(entry["digest"], paper.stat().st_size)
    disk = b"".join(f.read_bytes() for f in harold.vault_folder.iterdir() if f.is_file())
    assert b"fictional letter" not in disk

    issued.carry(DIRECTOR)
    (kept,) = secretary.case(filed.case).submissions[0].answers["13.01"].attachments
    assert (kept["name"], kept["media"]) == ("engagement letter.pdf", "application/pdf")
    assert attachments.taken(secretary.vault, kept["digest"]) == paper.read_bytes()
