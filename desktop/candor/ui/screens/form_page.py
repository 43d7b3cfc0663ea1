"""One form, step by step: answer, review, sign, hand over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from candor.app import exchange_folder, filing, matter_drafts, outbox
from candor.app.draft import Draft
from candor.app.files import write_whole
from candor.app.filing import Filed
from candor.app.session import Session
from candor.errors import CandorError
from candor.ui import style, tasks
from candor.ui.form_view import FormView
from candor.ui.review_view import HandOverView, ReviewView
from candor.ui.screens.paper import Paper
from candor.ui.screens.sending import Ask
from candor.ui.shell import Shell
from candor.ui.sign_view import SignView
from candor.ui.style import Meaning
from candor.ui.tasks import Task, Work
from candor.ui.widgets import Button, Card, PageHead, column


class FormPage(QStackedWidget):
    """The steps of one form as pages of a stack; each is made when it is come to.

    A page for another kind of form says how it differs in the methods named `make_...`.
    """

    begun = Signal(object)
    """The draft (MatterDraft) of a form that was begun from an answer of this one."""
    SCREEN = "forms"
    """The entry of the rail under which it stands, and to which it returns."""
    COPY = "questionnaire-signed.pdf"
    COPY_TITLE = "Your signed questionnaire"
    BACK = "Back to my forms"

    def __init__(self, shell: Shell, session: Session, draft: Draft | None = None) -> None:
        super().__init__()
        self.shell, self.session, self.draft = shell, session, draft
        self.form: FormView | None = None
        self.review: ReviewView | None = None
        self.signing: SignView | None = None
        self.handing: HandOverView | None = None
        self.paper: Paper | None = None
        self._filed: Filed | None = None
        self._item = ""
        self._beginning: Task | None = None
        self._looking: Task | None = None
        self._changed = False
        if draft is not None:
            self._show_form(draft)

    def _show_form(self, draft: Draft) -> None:
        if self.form is None:
            self.form = self.make_form(draft)
            self.form.review_asked.connect(self.show_review)
            self.form.opened.connect(self._begin)
            self.form.settled.connect(self._look)
            self._look()
            self.addWidget(self.form)
        self.setCurrentWidget(self.form)

    def _look(self) -> None:
        """See, in the background, which forms the answers call for; once more if they changed
        meanwhile."""
        self._changed = True
        if self.draft is None or (self._looking is not None and not self._looking.is_over()):
            return
        self._changed = False
        as_it_stands = self.draft.snapshot()
        self._looking = tasks.run(
            lambda _work: as_it_stands.openings(), done=self._offer, parent=self
        )
        self._looking.ended.connect(self._look_again)

    def _look_again(self) -> None:
        if self._changed:
            self._look()

    def _offer(self, openings: Any) -> None:
        if self.form is not None:
            self.form.offer(openings)

    def _begin(self, opened: Any) -> None:
        """Begin the form that an answer calls for, once however often it is pressed."""
        draft = self.draft
        if draft is None or (self._beginning is not None and not self._beginning.is_over()):
            return
        self._beginning = tasks.run(
            lambda _work: matter_drafts.start_from_answer(self.session, draft, opened.offer),
            done=self.begun.emit,
            refused=self._refuse_beginning,
            parent=self,
        )

    def _refuse_beginning(self, refusal: CandorError) -> None:
        if self.form is not None:
            self.form.say(Meaning.STOPPED, refusal.message, refusal.hint)

    def refresh(self) -> None:
        """Shown again, for instance after a form was begun from here: offer what is still open."""
        if self.form is not None and self.currentWidget() is self.form:
            self.form.refresh()

    def make_form(self, draft: Draft) -> FormView:
        """The questions."""
        return FormView(draft, self.session.clock.now().date())

    def make_review(self, draft: Draft) -> ReviewView:
        """What is open."""
        return ReviewView(draft)

    def make_signing(self, draft: Draft) -> SignView:
        """What the signature means, and the act."""
        return SignView(draft, filing.texts(self.session, draft), self._sign)

    def make_pages(self, draft: Draft, work: Work) -> bytes:
        """The pages as they would be signed. Runs in a thread."""
        return filing.unsigned_pdf(self.session, draft, work.tick)

    def show_question(self, name: str) -> None:
        """Go back to the form, to a question or to where one was."""
        if self.draft is None:
            return
        self._show_form(self.draft)
        if self.form is not None and name:
            self.form.go_to(name)

    def show_review(self) -> None:
        """Everything that is open, then the whole."""
        if self.draft is None:
            return
        if self.review is None:
            self.review = self.make_review(self.draft)
            self.review.asked.connect(self.show_question)
            self.review.sign_asked.connect(self.show_signing)
            self.addWidget(self.review)
        else:
            self.review.refresh()
        self.setCurrentWidget(self.review)

    def show_signing(self) -> None:
        """What the signature means, and the act; made anew, as the answers may have changed."""
        if self.draft is None:
            return
        if self.signing is not None:
            self.removeWidget(self.signing)
            self.signing.deleteLater()
        self.signing = self.make_signing(self.draft)
        self.signing.asked.connect(self.show_question)
        self.signing.page_asked.connect(self._read)
        self.signing.left.connect(lambda: self.shell.go(self.SCREEN))
        self.signing.signed.connect(self.show_filed)
        self.addWidget(self.signing)
        self.setCurrentWidget(self.signing)

    def _sign(self, name: str, secret: str, consent: bool, work: Work) -> Filed:
        if self.draft is None:
            raise CandorError("There is no form to sign here.", hint="Open it from My forms.")
        return filing.sign(self.session, self.draft, name, secret, consent, work.tick)

    def _read(self) -> None:
        """The pages as they would be signed, without the sheet of evidence."""
        draft = self.draft
        if draft is not None:
            tasks.run(
                lambda work: self.make_pages(draft, work),
                done=self._show_pages,
                refused=self._refuse_reading,
                parent=self,
            )

    def _show_pages(self, pdf: Any) -> None:
        page = ReadPage(self.shell, pdf)
        self.shell.open(page, under=self.SCREEN)

    def _refuse_reading(self, refusal: CandorError) -> None:
        if self.signing is not None:
            self.signing.problem.say(Meaning.STOPPED, refusal.message, refusal.hint)
            self.signing.problem.show()

    # --- after signing ------------------------------------------------------------------

    def show_filed(self, filed: Any) -> None:
        """The signed copy, and the file to hand over."""
        self._filed = filed
        recipient = self.recipient()
        ready = [i for i in outbox.outbox(self.session) if i.recipient == recipient]
        self._item = ready[0].id if ready else ""
        folder = exchange_folder.chosen(self.session) is not None
        before = f"{ready[0].state_text}." if ready and ready[0].state != "ready" else ""
        view = HandOverView(
            self.session.name_of(recipient),
            filed.version,
            folder=folder,
            handed=before,
            back=self.BACK,
        )
        view.save_asked.connect(self._save)
        view.folder_asked.connect(self._put)
        view.mail_asked.connect(self._mail)
        view.pdf_asked.connect(self._save_pdf)
        view.done_asked.connect(lambda: self.shell.go(self.SCREEN))
        self.paper = Paper(self.COPY_TITLE)
        self.paper.setMinimumHeight(style.px(640))
        self.paper.show_pdf(filed.pdf)
        view.add(Card(self.paper, rows=True))
        self.handing = view
        self.addWidget(view)
        self.setCurrentWidget(view)

    def recipient(self) -> str:
        """Whom the file is for."""
        return next(iter(self.session.directory.holders("secretary")), "")

    def _save(self) -> None:
        folder = Ask.folder(self, "Save the file in")
        if folder is not None:
            self._write(lambda item: outbox.save_to(self.session, item, folder))

    def _put(self) -> None:
        self._write(lambda item: exchange_folder.put(self.session, item))

    def _write(self, write: Any) -> None:
        def work(_work: Work) -> tuple[str, Path]:
            # made first: from then on the item has the id under which its bytes are kept
            made = outbox.file_of(self.session, self._item).id
            return made, write(made)

        tasks.run(work, done=self._written, refused=self._refuse, parent=self)

    def _written(self, result: Any) -> None:
        self._item, path = result
        self._say(Meaning.DONE, f"Saved as {path.name}", f"In {path.parent}.")

    def _mail(self) -> None:
        tasks.run(
            lambda _work: outbox.compose_email(self.session, self._item),
            done=self._compose,
            refused=self._refuse,
            parent=self,
        )

    def _compose(self, message: Any) -> None:
        if Ask.open_mail(*message):
            text = "Save the file first, then attach it; Candor sends nothing itself."
            self._say(Meaning.DONE, f"A message to {message[0]} opens in your mail program", text)
        else:
            text = f"Save the file and send it to {message[0]} yourself."
            self._say(Meaning.NEEDS, "This computer opens no mail program", text)

    def _save_pdf(self) -> None:
        filed = self._filed
        if filed is None:
            return
        path = Ask.save_as(self, "Save my signed PDF", self.COPY, "PDF (*.pdf)")
        if path is not None:
            saved = f"Saved as {path.name}", f"In {path.parent}."
            tasks.run(
                lambda _work: write_whole(path, filed.pdf),
                done=lambda _path: self._say(Meaning.DONE, *saved),
                refused=self._refuse,
                parent=self,
            )

    def _refuse(self, refusal: CandorError) -> None:
        self._say(Meaning.STOPPED, refusal.message, refusal.hint)

    def _say(self, meaning: Meaning, title: str, text: str) -> None:
        if self.handing is not None:
            self.handing.say(meaning, title, text)


class ReadPage(QWidget):
    """Pages to read, with a way back."""

    def __init__(self, shell: Shell, pdf: bytes, title: str = "As a page") -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.paper = Paper(title)
        self.paper.show_pdf(pdf)
        back = Button("Back", on=shell.back)
        head = PageHead(title, "As it would be printed. It is not signed yet.", back)
        box = column(space=16, margins=(32, 24, 32, 0))
        box.addWidget(head)
        box.addWidget(self.paper, 1)
        self.setLayout(box)
