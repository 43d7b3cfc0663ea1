"""One matter from its first question to the file that is handed over."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from candor.app import matter_filing, matter_pages, outbox
from candor.app.draft import Draft
from candor.app.filing import Filed
from candor.app.matter_drafts import MatterDraft
from candor.app.matter_filing import Signature
from candor.app.session import Session
from candor.ui.form_view import FormView
from candor.ui.review_view import ReviewView
from candor.ui.screens.form_page import FormPage
from candor.ui.screens.where_it_goes import Asker, WhereItGoes
from candor.ui.shell import Shell
from candor.ui.sign_view import SignView
from candor.ui.tasks import Work
from candor.ui.widgets import Card

WHY = "Why do you amend it?"


class MatterFormPage(FormPage):
    """The same steps as for a questionnaire; where the matter goes is told all along."""

    SCREEN = "disclosures"
    COPY = "disclosure-signed.pdf"
    COPY_TITLE = "Your signed disclosure"
    BACK = "Back to my disclosures"

    def __init__(self, shell: Shell, session: Session, draft: MatterDraft | None = None) -> None:
        self.asker: Asker | None = None
        super().__init__(shell, session, draft)

    def make_form(self, draft: Draft) -> FormView:
        """The questions, with where the matter goes beside them."""
        self.asker = Asker(self.session, cast("MatterDraft", draft), self)
        goes = WhereItGoes()
        self.asker.told.connect(goes.show_forecast)
        view = FormView(draft, self.session.clock.now().date(), aside=goes)
        view.settled.connect(self.asker.ask)
        self.asker.ask()
        return view

    def make_review(self, draft: Draft) -> ReviewView:
        """What is open and what is stopped, and where the matter goes."""
        goes = WhereItGoes(wide=True)
        if self.asker is not None:
            self.asker.told.connect(goes.show_forecast)
            goes.show_forecast(self.asker.last)
        return ReviewView(draft, Card(goes))

    def make_signing(self, draft: Draft) -> SignView:
        """An amendment gives its reason with the signature."""
        matter = cast("MatterDraft", draft)
        return SignView(
            draft,
            matter_pages.texts(self.session, matter),
            self._sign,
            title="Sign your disclosure",
            act="Sign and file",
            reason=WHY if matter.begun.supersedes else "",
        )

    def _sign(self, name: str, secret: str, consent: bool, work: Work) -> Filed:
        reason = self.signing.reason_given if self.signing is not None else ""
        signature = Signature(name, secret, consent=consent, reason=reason)
        return matter_filing.sign(
            self.session, cast("MatterDraft", self.draft), signature, tick=work.tick
        )

    def make_pages(self, draft: Draft, work: Work) -> bytes:
        """The pages as they would be signed."""
        return matter_pages.unsigned_pdf(self.session, cast("MatterDraft", draft), work.tick)

    def recipient(self) -> str:
        """Whoever the next file is for: the Secretary, or who reads the Secretary's own."""
        ready = [i for i in outbox.outbox(self.session) if i.state == "ready"]
        return ready[0].recipient if ready else super().recipient()


def show_matter(shell: Shell, session: Session, draft: Any) -> None:
    """Show a matter that is being written, above whatever is in front."""
    page = MatterFormPage(shell, session, draft)
    page.begun.connect(partial(show_matter, shell, session))
    shell.open(page, under=MatterFormPage.SCREEN)


def open_signed(shell: Shell, session: Session, filed: Any) -> QWidget:
    """The signed copy of a matter, and its file to hand over."""
    page = MatterFormPage(shell, session)
    page.show_filed(filed)
    shell.open(page, under=MatterFormPage.SCREEN)
    return page
