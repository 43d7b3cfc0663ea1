"""The look: contrast, one sheet, one place for sizes."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from candor.resources import ResourceMissing, resource
from candor.ui import icons, style
from candor.ui.style import Meaning, Scheme

TEXT_ON = (
    ("text", ("surface", "window", "rail", "tint")),
    ("text2", ("surface", "window", "rail", "sunken", "tint")),
    ("accent", ("surface", "window", "tint")),
    ("on", ("accent", "accent-hover")),
    *((m.value, (f"{m.value}-back", "surface")) for m in Meaning if m is not Meaning.NEUTRAL),
)
OUTLINES = (
    ("outline", ("surface", "window", "sunken")),
    *((f"{m.value}-fill", ("surface",)) for m in Meaning if m is not Meaning.NEUTRAL),
)


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance."""
    c = QColor(colour)
    parts = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (c.redF(), c.greenF(), c.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_every_ground_it_stands_on(scheme: str) -> None:
    colours = style.tokens()[scheme]
    for text, grounds in TEXT_ON:
        for ground in grounds:
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_outline_and_fill_can_be_seen(scheme: str) -> None:
    colours = style.tokens()[scheme]
    for line, grounds in OUTLINES:
        for ground in grounds:
            assert contrast(colours[line], colours[ground]) >= 3, (line, ground)


def test_all_schemes_name_the_same_tokens() -> None:
    tokens = style.tokens()
    assert set(tokens["light"]) == set(tokens["dark"]) == set(tokens["contrast"])


def test_the_sheet_has_every_token_and_size_filled_in(qapp: QApplication) -> None:
    for scheme, scale in product((Scheme.LIGHT, Scheme.DARK), (1.0, 2.0)):
        worn = style.apply(qapp, scheme, scale)
        sheet = re.sub(r"/\*.*?\*/", "", style.sheet(worn), flags=re.DOTALL)
        assert "@" not in sheet


def test_high_contrast_sets_no_colour_of_its_own(qapp: QApplication) -> None:
    worn = style.apply(qapp, Scheme.CONTRAST, 1.0)
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", style.sheet(worn))
    assert "2px solid" in style.sheet(worn)
    system = qapp.style().standardPalette()
    assert style.colour("text") == system.color(system.ColorRole.WindowText)


def test_sizes_follow_the_text_scale(qapp: QApplication) -> None:
    assert (style.px(40), style.font().pixelSize()) == (40, 15)
    style.apply(qapp, Scheme.LIGHT, 2.0)
    assert (style.px(40), style.font("title").pixelSize()) == (80, 52)
    assert "min-height: 76px" in style.sheet(style.look())


def test_a_change_of_look_reaches_what_paints(qapp: QApplication) -> None:
    told: list[str] = []
    style.announcer().changed.connect(lambda: told.append(style.look().scheme.value))
    style.apply(qapp, Scheme.DARK, 1.0)
    assert told == ["dark"]
    assert qapp.palette().window().color() == style.colour("window")


def test_no_widget_names_a_colour() -> None:
    """Colours stand in tokens.toml and nowhere else."""
    folder = resource("style").parents[1] / "desktop" / "candor" / "ui"
    for file in folder.rglob("*.py"):
        assert not re.search(r"""["']#[0-9A-Fa-f]{3,8}["']""", file.read_text("utf-8")), file.name


def test_an_icon_wears_the_colour_of_its_token(qapp: QApplication) -> None:
    image = icons.pixmap("check", "stopped", 24).toImage()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {style.colour("stopped").name()}


def test_an_icon_that_is_not_shipped_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ResourceMissing, match="missing"):
        icons.pixmap("unicorn")


def test_every_icon_named_by_a_meaning_is_shipped(qapp: QApplication) -> None:
    assert all(not icons.pixmap(name).isNull() for name in style.MEANING_ICON.values())


def test_letters_come_from_the_shipped_family(qapp: QApplication) -> None:
    label = QLabel("ImmunoGen")
    label.ensurePolished()
    assert label.fontInfo().family() == style.FAMILY


def test_the_same_look_again_dresses_nobody_anew(qapp: QApplication) -> None:
    worn = style.apply(qapp, Scheme.DARK, 1.0)
    told: list[None] = []
    style.announcer().changed.connect(lambda: told.append(None))
    assert style.apply(qapp, Scheme.DARK, 1.0) is worn
    assert told == []
    assert style.apply(qapp, Scheme.LIGHT, 1.0) is not worn
    assert told == [None]
