"""The reused widgets, pressed and typed in as a person does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from candor.ui import style
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Banner,
    Bar,
    Button,
    Card,
    CheckBox,
    Chooser,
    Columns,
    ColumnSpec,
    DropArea,
    Facts,
    Flow,
    Label,
    LabelledField,
    Note,
    Option,
    OptionList,
    Page,
    PageHead,
    PassphraseField,
    Progress,
    RichText,
    RowsModel,
    RowsView,
    Segments,
    Signer,
    Stepper,
    column,
    link,
    strong,
)
from candor.ui.window import Window

Make = Callable[..., Window]
PEOPLE = (("Ashgrove", "Chair", 3), ("Fenwick", "Member", 1), ("Dellwood", "Member", 2))


def people(*, checkable: bool = False) -> RowsModel:
    return RowsModel(
        [
            ColumnSpec("Person", lambda p: p[0], second=lambda p: p[1], sort=lambda p: p[0]),
            ColumnSpec("Open", lambda p: str(p[2]), sort=lambda p: p[2], right=True),
            ColumnSpec("", lambda _p: "Open", link=True),
        ],
        PEOPLE,
        key=lambda p: p[0],
        checkable=checkable,
    )


def test_plain_words_are_never_read_as_markup() -> None:
    text = RichText("<b>Larkspur</b> & Co", strong("<i>12%</i>"))
    assert "<b>Larkspur" not in text.text()
    assert text.plain() == "<b>Larkspur</b> & Co<i>12%</i>"
    assert text.accessibleName() == text.plain()


def test_a_link_tells_its_target_and_takes_the_keyboard(qtbot: QtBot, window: Make) -> None:
    text = RichText("See ", link("6.01", "question:6.01"))
    window(text)
    assert text.focusPolicy() & Qt.FocusPolicy.TabFocus
    text.setFocus()
    with qtbot.waitSignal(text.linkActivated) as told:
        qtbot.keyClick(text, Qt.Key.Key_Tab)
        text.linkActivated.emit("question:6.01")
    assert told.args == ["question:6.01"]


def test_an_eliding_label_keeps_its_whole_text_as_tool_tip(window: Make) -> None:
    label = Label("A very long name of a company that does not fit", elide=True)
    holder = QWidget()
    holder.setLayout(column(label))
    window(holder)
    label.setFixedWidth(80)
    label.grab()
    assert label.toolTip() == label.text()


def test_segments_begin_with_nothing_chosen_and_tell_a_choice(qtbot: QtBot, window: Make) -> None:
    segments = Segments([("yes", "Yes"), ("no", "No")], name="6.01")
    window(segments)
    assert segments.value() == ""
    with qtbot.waitSignal(segments.chosen) as told:
        qtbot.mouseClick(segments.button("no"), Qt.MouseButton.LeftButton)
    assert (told.args, segments.value()) == (["no"], "no")
    segments.set_value("")
    assert segments.value() == ""
    assert segments.button("yes").accessibleName() == "6.01: Yes"


def test_segments_are_chosen_by_arrow_and_space(qtbot: QtBot, window: Make) -> None:
    segments = Segments([("yes", "Yes"), ("no", "No")])
    window(segments)
    segments.setFocus()
    qtbot.keyClick(segments.button("yes"), Qt.Key.Key_Space)
    assert segments.value() == "yes"
    qtbot.keyClick(segments.button("yes"), Qt.Key.Key_Right)
    assert segments.button("no").hasFocus()
    qtbot.keyClick(segments.button("no"), Qt.Key.Key_Space)
    assert segments.value() == "no"


def test_an_option_that_is_off_says_why_and_cannot_be_chosen(qtbot: QtBot, window: Make) -> None:
    options = OptionList(
        [
            Option("approve", "Approve", "As asked. Not a waiver"),
            Option("other", "Nadia Fairweather", off_because="You named an executive officer."),
        ],
        name="Your decision",
    )
    window(options)
    assert options.value() == ""
    qtbot.mouseClick(options.radio("other"), Qt.MouseButton.LeftButton)
    assert options.value() == ""
    assert "named an executive" in options.radio("other").accessibleDescription()
    with qtbot.waitSignal(options.chosen):
        qtbot.mouseClick(options.radio("approve"), Qt.MouseButton.LeftButton)
    assert options.value() == "approve"


def test_a_chooser_with_a_placeholder_has_nothing_chosen(window: Make) -> None:
    chooser = Chooser([("a", "Accounting"), ("b", "Other")], placeholder="Choose an answer")
    window(chooser)
    assert chooser.value() == ""
    chooser.set_value("b")
    assert (chooser.value(), chooser.currentText()) == ("b", "Other")
    assert Chooser([("a", "Accounting")]).value() == "a"


def test_enter_in_the_passphrase_field_presses_no_button(qtbot: QtBot, window: Make) -> None:
    signer, pressed = Signer("Harold J. Quillfeather", "Independent director"), []
    sign = Button("Sign", "primary", signing=True, on=lambda: pressed.append("sign"))
    holder = QWidget()
    holder.setLayout(column(signer, sign))
    window(holder)
    with qtbot.waitSignal(signer.ready) as told:
        qtbot.keyClicks(signer.passphrase_field(), "correct horse")
    assert told.args == [True]
    qtbot.keyClick(signer.passphrase_field(), Qt.Key.Key_Return)
    assert pressed == []
    assert (signer.full_name(), signer.secret()) == ("Harold J. Quillfeather", "correct horse")
    signer.forget()
    assert not signer.is_ready()


def test_a_refused_passphrase_stays_selected_with_the_sentence_below(
    qtbot: QtBot, window: Make
) -> None:
    signer = Signer("Harold J. Quillfeather")
    window(signer)
    qtbot.keyClicks(signer.passphrase_field(), "wrong")
    signer.refuse("That passphrase did not open this vault.")
    assert signer.passphrase_field().selectedText() == signer.passphrase_field().text()
    assert signer.passphrase.fault.isVisible()
    qtbot.keyClicks(signer.passphrase_field(), "x")
    assert not signer.passphrase.fault.isVisible()


def test_a_passphrase_is_shown_only_when_asked(qtbot: QtBot, window: Make) -> None:
    field = PassphraseField()
    window(field)
    show = field.findChildren(Button)[0]
    assert field.edit.echoMode() == field.edit.EchoMode.Password
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert (field.edit.echoMode(), show.text()) == (field.edit.EchoMode.Normal, "Hide")


def test_a_fault_is_told_beside_its_field_and_to_a_screen_reader(window: Make) -> None:
    field = LabelledField("Passphrase", PassphraseField(), hint="At least 12 letters")
    window(field)
    field.show_fault("Type at least 12 letters.")
    assert field.fault.isVisible()
    assert field.field.accessibleDescription() == "Type at least 12 letters."
    assert field.field.accessibleName() == "Passphrase"


def drop(target: QWidget, *paths: Path) -> None:
    """Drop files on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(QPointF(5, 5), copy, data, left, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_dropped_files_are_told_once_and_only_one_where_one_is_wanted(
    qtbot: QtBot, window: Make, tmp_path: Path
) -> None:
    files = (tmp_path / "a.candor", tmp_path / "b.candor")
    many, one = DropArea("Drop files"), DropArea("Drop a file", several=False)
    for area, expected in ((many, files), (one, files[:1])):
        window(area)
        with qtbot.waitSignal(area.dropped) as told:
            drop(area, *files)
        assert told.args == [expected]


def test_the_button_of_a_drop_area_asks_for_files(
    qtbot: QtBot, window: Make, tmp_path: Path
) -> None:
    area = DropArea("Drop files", choose=lambda: (tmp_path / "x.candor",), tall=True)
    window(area)
    with qtbot.waitSignal(area.dropped) as told:
        qtbot.mouseClick(area.button, Qt.MouseButton.LeftButton)
    assert told.args == [(tmp_path / "x.candor",)]


def test_a_meaning_never_speaks_by_colour_alone() -> None:
    for meaning in Meaning:
        badge = Badge("Due in 8 days", meaning)
        assert badge.accessibleName() == "Due in 8 days"
        assert not badge.findChildren(QLabel)[0].pixmap().isNull()
    assert Bar([(5, "done-fill")], 11, sentence="5 of 11").accessibleName() == "5 of 11"


def test_a_badge_wraps_where_there_is_no_room(window: Make) -> None:
    badge, holder = Badge("Flagged: a dealing with the Company", Meaning.NEEDS), QWidget()
    Flow(badge, parent=holder)
    window(holder)
    holder.setFixedWidth(140)
    QTest.qWait(20)
    assert badge.width() <= 140
    assert badge.height() > 30


def test_two_columns_become_one_below_1180(window: Make) -> None:
    left, right = Card(Label("left")), Card(Label("right"))
    page = Page()
    page.add(Columns(left, right, right_width=352))
    shown = window(page, (1280, 700))
    QTest.qWait(50)
    assert right.x() > left.x()
    assert right.width() == 352
    shown.resize(1100, 700)
    QTest.qWait(50)
    assert right.x() == left.x()
    assert right.y() > left.y()


def test_the_actions_of_a_page_go_below_the_title_where_narrow(window: Make) -> None:
    button = Button("Write 4 reminders", "primary")
    page = Page()
    head = PageHead("Annual questionnaire 2027", "Due Fri 22 Jan 2027", button)
    page.add(head)
    shown = window(page)
    QTest.qWait(30)
    assert button.mapTo(head, QPoint()).x() > head.width() / 2
    shown.resize(800, 600)
    QTest.qWait(50)
    assert button.mapTo(head, QPoint()).x() < 10
    page.clear()
    assert page.body.count() == 0


def test_a_flow_is_measured_anew_when_a_part_of_it_goes(window: Make) -> None:
    holder, first = QWidget(), Button("The first of two")
    flow = Flow(first, Button("The second of two"), parent=holder)
    window(holder)
    wrapped = flow.heightForWidth(200)
    first.hide()
    assert flow.heightForWidth(200) < wrapped


def test_an_icon_wears_the_colour_of_what_its_button_becomes(window: Make) -> None:
    button = Button("Compile", "primary", icon="book-open")
    window(button)

    def ink() -> str:
        image = button.icon().pixmap(20, 20).toImage()
        places = ((x, y) for x in range(image.width()) for y in range(image.height()))
        shades = (image.pixelColor(x, y) for x, y in places)
        fullest = max(shades, key=lambda shade: shade.alpha())
        tones = ("on", "text", "accent")
        return min(
            tones, key=lambda tone: abs(style.colour(tone).lightness() - fullest.lightness())
        )

    assert ink() == "on"
    button.set_kind("plain")
    assert ink() == "text"
    button.set_current(current=True)
    assert ink() == "accent"


def test_a_narrow_flow_never_fails(window: Make) -> None:
    flow_holder = QWidget()
    Flow(Label("one"), Label("two"), parent=flow_holder)
    window(flow_holder)
    layout = flow_holder.layout()
    assert layout is not None
    assert layout.heightForWidth(-40) > 0
    assert layout.heightForWidth(1) > layout.heightForWidth(1000)


def test_rows_are_sorted_by_the_key_of_their_column_and_filtered(window: Make) -> None:
    view = RowsView(people(), name="People")
    window(view)
    assert [view.row_of(view.proxy.index(i, 0))[0] for i in range(3)] == [p[0] for p in PEOPLE]
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [view.row_of(view.proxy.index(i, 0))[2] for i in range(3)] == [3, 2, 1]
    view.proxy.keep(lambda person: person[1] == "Member")
    assert view.proxy.rowCount() == 2


def test_space_ticks_a_row_and_enter_follows_its_link(qtbot: QtBot, window: Make) -> None:
    model = people(checkable=True)
    view = RowsView(model, name="People")
    window(view)
    view.setFocus()
    view.selectRow(1)
    view.setCurrentIndex(view.proxy.index(1, 1))
    with qtbot.waitSignal(model.checks_changed):
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert model.checked() == (PEOPLE[1],)
    with qtbot.waitSignal(view.linked) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args[0] == PEOPLE[1]
    model.set_rows(PEOPLE[:1])
    assert model.checked() == ()


def test_selected_rows_are_copied_as_tab_separated_text(qtbot: QtBot, window: Make) -> None:
    view = RowsView(people(), name="People")
    window(view)
    view.selectRow(0)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Ashgrove\t3\tOpen"


def test_a_click_on_a_box_ticks_and_on_a_link_follows(qtbot: QtBot, window: Make) -> None:
    model = people(checkable=True)
    view = RowsView(model, name="People")
    window(view, (900, 400))
    box = view.visualRect(view.proxy.index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert model.checked() == (PEOPLE[2],)
    there = view.visualRect(view.proxy.index(0, 3)).center()
    with qtbot.waitSignal(view.linked) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert told.args[0] == PEOPLE[0]


def test_ten_thousand_rows_make_no_widget_each(window: Make) -> None:
    model = people()
    view = RowsView(model, name="People", fit=False)
    window(view)
    before = len(view.findChildren(QWidget))
    model.set_rows([(f"Person {n}", "Member", n) for n in range(10_000)])
    view.grab()
    assert len(view.findChildren(QWidget)) <= before + 4


def test_progress_names_its_step_and_can_be_cancelled(qtbot: QtBot, window: Make) -> None:
    progress = Progress()
    window(progress)
    progress.begin("Freeze the answers")
    progress.show_step("Sign and write", 2, 4)
    assert (progress.step.text(), progress.bar.value()) == ("Sign and write", 2)
    with qtbot.waitSignal(progress.cancelled):
        qtbot.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
    assert Stepper(("Answer", "Review"), 1).accessibleName() == "Step 2 of 2: Review"


def test_everything_shown_can_be_said_anew(window: Make) -> None:
    note, banner = Note("Before", "One"), Banner(Meaning.NEEDS, "Before", "One")
    card = Card(note, banner, Facts([("Filer", "Kenji Hollowell")]), CheckBox("I agree"))
    window(card)
    note.say("After", lines=[("check", "done", "Two")])
    banner.say(Meaning.DONE, "After", "Two")
    assert "Two" in " ".join(t.plain() for t in note.findChildren(RichText))
    assert banner.accessibleName() == "After Two"


@pytest.mark.parametrize("kind", ["plain", "primary", "quiet", "bar"])
def test_no_button_is_pressed_by_enter_alone(kind: str) -> None:
    button = Button("Sign", kind)
    assert not button.isDefault()
    assert not button.autoDefault()
