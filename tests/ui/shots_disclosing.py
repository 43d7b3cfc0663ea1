"""Pictures of telling something and following it: chooser, form, stop, review, case, versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from camera import Camera, settle
from PySide6.QtWidgets import QWidget

from candor.app import matter_case, matter_deciding, matter_drafts, matter_filing, matter_routing
from candor.app.demo import Player, Story
from candor.app.jobs import run_here
from candor.app.matter_drafts import MatterDraft
from candor.app.matter_filing import Signature
from candor.forms.answers import Answer
from candor.ui.screens.matter_acts import END
from candor.ui.shell import Shell

FILER = "beatriz_larkin"
GIFT: Mapping[str, Any] = {
    "1.01": "to_be_approved",
    "1.02": "meal",
    "1.03": "Dinner after the site visit",
    "1.04": {"minor": 8600, "currency": "USD"},
    "1.05": "receipt",
    "1.07": "self",
    "1.08": 6,
    "1.09": True,
    "1.10": "keep",
    "2.01": "Theodora Wrenfield",
    "2.02": "Bramblewick Packaging, LLC",
    "2.03": ["vendor"],
    "2.04": False,
    "2.05": False,
    "2.08": False,
    "2.09": "us",
    "3.01": "new",
    "4.01": [],
    "5.01": [],
    "5.02": "usual",
    "5.03": True,
}
"""What the filer tells of a dinner; the days are those of the story."""


def shoot(camera: Camera, story: Story) -> None:
    """Each page when there is something to see on it."""
    filer = story.players[FILER]
    camera.shell("20-disclosures-empty", filer.session, "disclosures", looks=("light",))
    draft = matter_drafts.start(filer.session, "gift-received")
    _answer(draft, {**GIFT, "1.01": "accepted", "1.02": "gift_card"})
    camera.shell("20-matter-stop", filer.session, "disclosures", _form(draft, question="1.02"))
    camera.shell("20-matter-review-stop", filer.session, "disclosures", _form(draft, "show_review"))
    _answer(draft, GIFT)
    camera.shell("20-matter-form", filer.session, "disclosures", _form(draft, question="1.04"))
    camera.shell("20-matter-review", filer.session, "disclosures", _form(draft, "show_review"))
    camera.shell("20-matter-sign", filer.session, "disclosures", _form(draft, "show_signing"))
    case = _sign(filer, draft)
    camera.shell("20-matter-filed", filer.session, "disclosures", _case(case), looks=("light",))
    _follow(camera, story, filer, case)


def _follow(camera: Camera, story: Story, filer: Player, case: str) -> None:
    clo = story.office("clo")
    _carry(story, filer)
    matter_routing.route(story.secretary.session, [case])
    story.carry(story.secretary)
    matter_deciding.ask(clo.session, case, "Who paid for the other guests?")
    _carry(story, clo)
    camera.shell("20-case-asked", filer.session, "disclosures", _case(case))
    amended = matter_drafts.amend(filer.session, case, _request(filer, case))
    _answer(amended, {"1.04": {"minor": 9150, "currency": "USD"}})
    _sign(filer, amended, "The tip was missing; the giver paid for all six.")
    _carry(story, filer)
    matter_drafts.start(filer.session, "guidance")
    camera.shell("20-disclosures", filer.session, "disclosures")
    camera.shell("20-disclosures-own", filer.session, "disclosures", _own)
    camera.shell("20-disclosures-search", filer.session, "disclosures", _search, looks=("light",))
    camera.shell("20-versions", filer.session, "disclosures", _compare(case))
    camera.shell("20-case-end", filer.session, "disclosures", _end(case))


def _answer(draft: MatterDraft, wanted: Mapping[str, Any]) -> None:
    days = dict.fromkeys(("1.06", "3.03", "3.04"), draft.session.today)
    for _ in range(2):  # an answer shows further questions
        for question in draft.visible():
            value = {**days, **wanted}.get(question.id)
            if value is not None:
                draft.set_answer(Answer(question.id, value=value))


def _sign(player: Player, draft: MatterDraft, reason: str = "") -> str:
    player.session.runner = run_here
    name = player.person.name
    signature = Signature(name, player.passphrase, consent=True, reason=reason)
    return matter_filing.sign(player.session, draft, signature).case


def _carry(story: Story, player: Player) -> None:
    for sender in (player, story.secretary):
        sender.session.runner = run_here
        story.carry(sender)


def _request(player: Player, case: str) -> str:
    return matter_case.view(player.session, case).request


# --- steps --------------------------------------------------------------------------------

Steps = Callable[[Shell, QWidget], object]


def _form(draft: MatterDraft, step: str = "", question: str = "") -> Steps:
    def show(shell: Shell, page: Any) -> None:
        page.go_on(draft.case.id)
        settle()
        form: Any = shell.stack.currentWidget()
        if question:
            form.form.go_to(question)
        if step:
            getattr(form, step)()

    return show


def _case(case: str) -> Steps:
    return lambda _shell, page: page.open_item(case)  # type: ignore[attr-defined]


def _compare(case: str) -> Steps:
    def show(shell: Shell, page: Any) -> None:
        page.open_item(case)
        settle()
        shown: Any = shell.stack.currentWidget()
        shown._doers()[matter_case.Act.COMPARE](shown.load())

    return show


def _end(case: str) -> Steps:
    def show(shell: Shell, page: Any) -> None:
        page.open_item(case)
        settle()
        shown: Any = shell.stack.currentWidget()
        shown._sign(END, shown.load())

    return show


def _own(_shell: Shell, page: Any) -> None:
    page._show_own()


def _search(_shell: Shell, page: Any) -> None:
    page.menu.search.setText("ticket")
    page.menu._look()
