"""One matter: its way with the reason, its facts, what happened, and what one may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import matter_case, matter_drafts, matter_pages
from candor.app.matter_case import Act, AttachedFile, CaseView, Offered
from candor.app.notices import NoticeView
from candor.app.session import Session
from candor.app.words import moment
from candor.ui.screens.base import SessionPage
from candor.ui.screens.happenings import Happenings
from candor.ui.screens.matter_acts import END, TAKE_BACK, SignedAct, SignedActPage
from candor.ui.screens.matter_compare import ComparePage
from candor.ui.screens.matter_form import open_signed, show_matter
from candor.ui.screens.matter_marks import badge_of, duty_line
from candor.ui.screens.notice import receipt_line
from candor.ui.screens.sending import Ask, save_bytes
from candor.ui.screens.way_boxes import WayBoxes
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Banner,
    Button,
    Card,
    Columns,
    Facts,
    IconLine,
    PageHead,
    RichText,
    Rule,
    column,
    empty,
    joined,
    link,
    strong,
)

SCREEN = "disclosures"
RIGHT, MOST = 296, 6


class CasePage(SessionPage):
    """Reads the case in the background and again whenever the vault has changed."""

    def __init__(self, shell: Shell, session: Session, case: str, under: str = SCREEN) -> None:
        super().__init__(shell, session)
        self.case, self._under = case, under
        self._whole = False
        self.head = PageHead("Reading…")
        self.way = WayBoxes()
        self.because = IconLine("scale", "accent")
        self.happenings = Happenings()
        self._left, self._right = QWidget(), QWidget()
        self._facts, self._box = column(space=16), column(space=8)
        left = column(self._facts, self.happenings, space=16)
        self._left.setLayout(left)
        self.acts = Card(title="What you can do", narrow=True)
        self._right.setLayout(column(self.acts, space=16))
        self.saved = Banner(Meaning.DONE, "")
        self.saved.hide()
        self.asked = Banner(Meaning.NEEDS, "")
        self.asked.hide()
        self.add(self.head, self.refusal, self.saved, self.asked, self.way, self.because)
        self.add(Columns(self._left, self._right, right_width=RIGHT))
        for part in (self.way, self.because, self._left, self._right):
            part.hide()

    def load(self) -> CaseView:
        """The matter as it stands."""
        return matter_case.view(self.session, self.case)

    def show_data(self, data: Any) -> None:
        """Show every part of it."""
        view: CaseView = data
        self.head.set_text(view.title, view.line)
        self.head.set_actions(badge_of(view.standing), Button("Back", on=self.shell.back))
        self.way.show_way(view.way)
        self._say_because(view)
        self._say_asked(view)
        self._show_facts(view)
        self.happenings.show_happenings(view.happenings)
        self._show_acts(view)
        for part in (self.way, self._left, self._right):
            part.show()

    def _say_asked(self, view: CaseView) -> None:
        """What a decider wants to know stands first, with the way to answer it."""
        mine = bool(view.request) and view.mine and not view.forked
        self.asked.setVisible(mine)
        if mine:
            answer = Button("Answer the question", "primary", on=partial(self._amend, view))
            self.asked.say(Meaning.NEEDS, "You are asked for more", view.question, answer)

    def _show_facts(self, view: CaseView) -> None:
        empty(self._facts)
        if view.outcome is not None:
            self._facts.addWidget(_outcome_card(view))
        self._facts.addWidget(self._facts_card(view))
        for told in view.told:
            self._facts.addWidget(_told_card(told))

    def _say_because(self, view: CaseView) -> None:
        clause = f" Code {view.clause}" if view.clause else ""
        said = view.because or view.standing.text
        first = "Why it goes there: " if view.because else f"{view.standing.word}: "
        self.because.text.set_parts(strong(first), said, clause)
        self.because.show()

    def _facts_card(self, view: CaseView) -> Card:
        whole = self._whole or len(view.facts) <= MOST + 1
        facts = Facts(view.facts if whole else view.facts[:MOST], label_width=168)
        if view.files:
            named = joined([link(file.name, file.digest) for file in view.files], ", ")
            papers = RichText(named)
            papers.linkActivated.connect(partial(self._save_paper, view.files))
            facts.add("Documents", papers)
        else:
            facts.add("Documents", "None was attached")
        card = Card(facts, title="Facts")
        if not whole:
            more = f"Show all {len(view.facts)} answers"
            card.add(Button(more, "quiet", icon="chevron-down", on=partial(self._show_all, view)))
        return card

    def _show_all(self, view: CaseView) -> None:
        """Every answer; the page keeps showing them all."""
        self._whole = True
        self._show_facts(view)

    # --- acts ---------------------------------------------------------------------------

    def _show_acts(self, view: CaseView) -> None:
        self.acts.clear()
        self.acts.add(RichText("What you can do", kind="section"))
        if view.forked:
            self.acts.add(IconLine("octagon-x", "stopped", view.forked))
        offered_here = [offered for offered in view.acts if offered.act is not Act.ANSWER]
        for at, offered in enumerate(offered_here):
            if at:
                self.acts.add(Rule())
            self.acts.add(*self._act(view, offered, primary=at == 0 and _presses(offered)))
        if not view.acts and not view.forked:
            self.acts.add(RichText("Nothing here is yours to do. You may read it.", kind="second"))
        if view.foot:
            self.acts.add(Rule(), RichText(view.foot, kind="note"))

    def _act(self, view: CaseView, offered: Offered, *, primary: bool) -> tuple[QWidget, QWidget]:
        button = Button(
            offered.words,
            "primary" if primary else "plain",
            on=partial(self._doers()[offered.act], view),
        )
        button.setSizePolicy(
            button.sizePolicy().Policy.Expanding, button.sizePolicy().verticalPolicy()
        )
        button.setAccessibleDescription(offered.consequence)
        return button, RichText(offered.consequence, kind="note")

    def _doers(self) -> Mapping[Act, Callable[[CaseView], object]]:
        return {
            Act.HAND_OVER: self._copy,
            Act.COPY: self._copy,
            Act.AMEND: self._amend,
            Act.RETIRE: partial(self._sign, END),
            Act.WITHDRAW: partial(self._sign, TAKE_BACK),
            Act.COMPARE: lambda view: self._open(ComparePage(self.shell, self.session, view.case)),
        }

    def _sign(self, act: SignedAct, view: CaseView) -> None:
        self._open(SignedActPage(self.shell, self.session, view, act))

    def _open(self, page: QWidget) -> None:
        self.shell.open(page, under=self._under)

    def _copy(self, _view: CaseView) -> None:
        self.open_once(
            lambda _work: matter_pages.signed_copy(self.session, self.case),
            lambda filed: open_signed(self.shell, self.session, filed),
        )

    def _amend(self, view: CaseView) -> None:
        self.open_once(
            lambda _work: matter_drafts.amend(self.session, self.case, view.request),
            lambda draft: show_matter(self.shell, self.session, draft),
        )

    def _save_paper(self, files: tuple[AttachedFile, ...], digest: str) -> None:
        named = next(file.name for file in files if file.digest == digest)
        folder = Ask.folder(self, "Save the document in")
        if folder is None:
            return
        place = folder
        self.do(
            lambda _work: save_bytes(
                place, named, matter_case.paper(self.session, self.case, digest)
            ),
            self._say_saved,
        )

    def _say_saved(self, path: Any) -> None:
        text = f"In {path.parent}. It is no longer encrypted there."
        self.saved.say(Meaning.DONE, f"Saved as {path.name}", text)
        self.saved.show()


def _outcome_card(view: CaseView) -> Card:
    """What was decided, why, and what it still asks for."""
    outcome = view.outcome
    card = Card(title="What was decided")
    if outcome is not None:
        icon, tone = ("octagon-x", "stopped") if outcome.refused else ("circle-check", "done")
        card.add(IconLine(icon, tone, strong(outcome.word), f". {outcome.by}."))
        if outcome.reason:
            card.add(RichText(f"“{outcome.reason}”"))
    for duty in view.duties:
        card.add(duty_line(duty))
    return card


def _told_card(told: NoticeView) -> Card:
    """Which of the other directors have confirmed what the form told them."""
    said = f"Told the other directors {moment(told.served_at)}. Each confirms that it arrived."
    card = Card(RichText(said), title="Confirmations")
    for receipt in told.receipts:
        card.add(Rule(), receipt_line(receipt))
    return card


def _presses(offered: Offered) -> bool:
    """Whether an act is what the matter waits for, so that its button stands out."""
    return offered.act is Act.HAND_OVER
