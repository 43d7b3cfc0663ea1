"""A form filled in through its widgets: every act is saved, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from a_draft import TODAY, MemoryDraft
from a_view import button, press, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
)
from pytestqt.qtbot import QtBot
from test_widgets import drop

from candor.forms.answers import Change, Provenance, Source
from candor.ui.fields.chosen import YesNoField
from candor.ui.form_view import FormView
from candor.ui.ports import FormDraft
from candor.ui.widgets import Badge, RichText
from candor.ui.window import Window

Make = Callable[..., Window]
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_the_draft_is_what_the_form_expects(draft: MemoryDraft) -> None:
    expected: FormDraft = draft
    assert expected.title == "Gifts 2027"


def test_an_answer_is_saved_at_once_and_said_so(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    press(qtbot, view, "1.03", yes=False)
    assert draft.answers["1.03"].value is False
    assert draft.saves == 1
    assert view.head.saved.text() == "Saved 12:03"
    assert "1 of " in view.head.sentence.plain()


def test_a_follow_up_appears_below_its_parent_and_goes_again(qtbot: QtBot, view: FormView) -> None:
    assert "1.02" not in view.pane.views
    press(qtbot, view, "1.01", yes=True)
    assert list(view.pane.views) == ["1.01", "1.02", "1.03", "1.04"]
    assert view.view("1.02").y() >= 0
    assert view.pane._frames["1.02"].y() > view.pane._frames["1.01"].y()
    press(qtbot, view, "1.01", yes=False)
    assert "1.02" not in view.pane.views


def test_a_flag_stands_beside_its_answer_in_words(qtbot: QtBot, view: FormView) -> None:
    press(qtbot, view, "1.03", yes=True)
    said = [b.accessibleName() for b in view.view("1.03").findChildren(Badge) if b.isVisible()]
    assert said == ["Flagged: A bid is open"]


def test_an_explanation_is_asked_for_where_it_is_needed_and_blocks_nothing(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    press(qtbot, view, "1.03", yes=True)
    shown = view.view("1.03")
    box = shown.remarks.remark("explanation").box
    assert box.isVisible()
    assert any("Explain" in t.plain() for t in shown._problems.findChildren(RichText))
    qtbot.keyClicks(box, "Northquay bids for supply")
    settle(view)
    assert draft.answers["1.03"].explanation == "Northquay bids for supply"
    assert not shown._problems.isVisible()


def test_every_letter_typed_is_on_the_disk(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    view.show_section("more")
    settle(view)
    box = view.view("2.01").field.first()
    box.setFocus()
    for count, letter in enumerate("Lunch", start=1):
        qtbot.keyClicks(box, letter)
        assert draft.answers["2.01"].value == "Lunch"[:count]


def test_delete_takes_a_yes_or_no_back(qtbot: QtBot, view: FormView, draft: MemoryDraft) -> None:
    press(qtbot, view, "1.03", yes=False)
    qtbot.keyClick(view.view("1.03").field.first(), Qt.Key.Key_Delete)
    assert "1.03" not in draft.answers


def test_undo_and_redo_work_on_answers_and_go_to_them(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    press(qtbot, view, "1.03", yes=False)
    view.show_section("more")
    settle(view)
    view.sections.setFocus()
    qtbot.keyClick(view.sections, Qt.Key.Key_Z, CTRL)
    settle(view)
    assert "1.03" not in draft.answers
    assert view.current() == "1.03"
    view.sections.setFocus()
    qtbot.keyClick(view.sections, Qt.Key.Key_Z, CTRL | SHIFT)
    assert draft.answers["1.03"].value is False
    assert view.head.undo.isEnabled()


def test_alt_down_walks_through_every_open_question_across_sections(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    seen = []
    for _ in range(13):
        qtbot.keyClick(view.window().focusWidget() or view, Qt.Key.Key_Down, ALT)
        settle(view)
        seen.append(view.current())
    open_ones = draft.progress().open_questions
    assert set(seen) == set(open_ones)
    assert {draft.form.question(q).section for q in seen} == {"offers", "more"}


def test_the_keyboard_is_in_the_question_that_was_gone_to(view: FormView) -> None:
    view.go_to("2.03")
    settle(view)
    assert view.view("2.03").has_focus()
    assert view.explanation.question == "2.03"


def test_the_explanation_follows_the_focus(view: FormView) -> None:
    view.view("1.01").field.first().setFocus()
    said = [t.plain() for t in view.explanation.findChildren(RichText)]
    assert "A gift must be modest and approved." in said
    assert "Code III" in said
    assert any(text.startswith("Since 1") for text in said)


def test_last_years_answer_is_no_answer_until_it_is_affirmed(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    offer = view.view("1.03").offer
    assert "1.03" not in draft.answers
    qtbot.mouseClick(button(offer, "Still correct"), Qt.MouseButton.LeftButton)
    settle(view)
    answer = draft.answers["1.03"]
    assert (answer.value, answer.change) == (False, Change.REAFFIRMED)
    assert not offer.isVisible()
    assert any("still correct" in t.plain() for t in offer.became.findChildren(RichText))


def test_change_starts_from_last_years_words_and_records_the_change(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    view.show_section("more")
    settle(view)
    shown = view.view("2.01")
    qtbot.mouseClick(button(shown.offer, "Change"), Qt.MouseButton.LeftButton)
    assert "2.01" not in draft.answers
    box = shown.field.first()
    assert isinstance(box, QPlainTextEdit)
    assert (box.toPlainText(), box.hasFocus()) == ("Nothing else.", True)
    box.selectAll()
    qtbot.keyClicks(box, "One dinner.")
    settle(view)
    assert draft.answers["2.01"].value == "One dinner."
    assert draft.answers["2.01"].change is Change.CHANGED


def test_a_fact_on_file_is_confirmed(qtbot: QtBot, view: FormView, draft: MemoryDraft) -> None:
    shown = view.view("1.04")
    qtbot.mouseClick(button(shown.offer, "Confirm"), Qt.MouseButton.LeftButton)
    settle(view)
    answer = draft.answers["1.04"]
    assert (answer.value, answer.provenance) == ("Director", Provenance.CONFIRMED)


def test_a_fact_on_file_is_disputed_in_words(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    shown = view.view("1.04")
    qtbot.mouseClick(button(shown.offer, "Dispute"), Qt.MouseButton.LeftButton)
    box = shown.remarks.remark("dispute").box
    assert box.hasFocus()
    qtbot.keyClicks(box, "I am the chair")
    settle(view)
    answer = draft.answers["1.04"]
    assert (answer.provenance, answer.dispute) == (Provenance.DISPUTED, "I am the chair")


def test_unable_to_answer_takes_the_value_only_with_a_reason_and_gives_it_back(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    press(qtbot, view, "1.03", yes=False)
    shown = view.view("1.03")
    qtbot.mouseClick(shown.acts.button("unable"), Qt.MouseButton.LeftButton)
    assert draft.answers["1.03"].value is False
    remark = shown.remarks.remark("unable")
    qtbot.keyClicks(remark.box, "I asked, no reply")
    settle(view)
    answer = draft.answers["1.03"]
    assert (answer.value, answer.unable) == (None, "I asked, no reply")
    assert not shown.field.isEnabled()
    remark.closed.emit()
    settle(view)
    assert (draft.answers["1.03"].value, draft.answers["1.03"].unable) == (False, "")


def test_a_comment_and_how_one_knows_stand_with_the_answer(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    press(qtbot, view, "1.01", yes=True)
    press(qtbot, view, "1.02", yes=False)
    shown = view.view("1.02")
    qtbot.mouseClick(shown.acts.button("comment"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(shown.remarks.remark("comment").box, "See 2.01")
    knowledge = shown.remarks._parts["knowledge"]
    asked = knowledge.segments.button("asked")  # type: ignore[attr-defined]
    qtbot.mouseClick(asked, Qt.MouseButton.LeftButton)
    settle(view)
    answer = draft.answers["1.02"]
    assert (answer.comment, answer.source) == ("See 2.01", Source.ASKED)


def test_files_are_attached_by_choosing_and_by_dropping_and_taken_away(
    qtbot: QtBot, draft: MemoryDraft, window: Make, tmp_path: Path
) -> None:
    invoice, letter = tmp_path / "invoice.pdf", tmp_path / "letter.pdf"
    invoice.write_bytes(b"%PDF-invoice")
    letter.write_bytes(b"%PDF-letter")
    view = FormView(draft, TODAY, choose=lambda _parent: (invoice,))
    window(view)
    settle(view)
    shown = view.view("1.03")
    qtbot.mouseClick(shown.acts.button("attach"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1.03" in draft.answers)
    drop(shown, letter)
    qtbot.waitUntil(lambda: len(draft.answers["1.03"].attachments) == 2)
    settle(view)
    assert [f["name"] for f in draft.answers["1.03"].attachments] == ["invoice.pdf", "letter.pdf"]
    qtbot.mouseClick(button(shown, "Remove"), Qt.MouseButton.LeftButton)
    settle(view)
    assert [f["name"] for f in draft.answers["1.03"].attachments] == ["letter.pdf"]


def test_a_question_answered_with_files_takes_them_too(
    qtbot: QtBot, view: FormView, draft: MemoryDraft, tmp_path: Path
) -> None:
    file = tmp_path / "invitation.pdf"
    file.write_bytes(b"%PDF")
    view.show_section("more")
    settle(view)
    drop(view.view("2.09").field.area, file)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "2.09" in draft.answers)
    settle(view)
    value = draft.answers["2.09"].value
    assert isinstance(value, list)
    assert value[0]["name"] == "invitation.pdf"


def test_a_full_disk_is_said_in_a_banner_that_stays_until_it_is_saved(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    draft.full = True
    field = view.view("1.03").field
    assert isinstance(field, YesNoField)
    qtbot.mouseClick(field.segments.button("no"), Qt.MouseButton.LeftButton)
    assert view.banner.isVisible()
    assert "disk is full" in view.banner.accessibleName()
    assert view.head.saved.text() == "Not saved"
    draft.full = False
    press(qtbot, view, "1.03", yes=True)
    assert not view.banner.isVisible()


def test_text_that_cannot_be_read_survives_a_look_at_another_section(
    qtbot: QtBot, view: FormView
) -> None:
    view.show_section("more")
    settle(view)
    edit = view.view("2.04").field.first()
    edit.setFocus()
    qtbot.keyClicks(edit, "01/02/2027")
    view.show_section("offers")
    settle(view)
    view.show_section("more")
    settle(view)
    again = view.view("2.04").field.first()
    assert isinstance(again, QLineEdit)
    assert again.text() == "01/02/2027"


def test_rows_below_a_yes_are_recorded_and_kept_through_a_wrong_no(
    qtbot: QtBot, view: FormView, draft: MemoryDraft
) -> None:
    press(qtbot, view, "1.01", yes=True)
    shown = view.view("1.01")
    assert shown.rows is not None
    shown.rows.show_rows([{"giver": "Northquay"}])
    shown.rows.model.changed.emit()
    press(qtbot, view, "1.01", yes=False)
    assert draft.answers["1.01"].rows == ({"giver": "Northquay"},)
    assert shown.rows.isVisible()
    press(qtbot, view, "1.01", yes=True)
    assert draft.answers["1.01"].rows == ({"giver": "Northquay"},)
