"""The sentence about missing system libraries, and that its table follows the Qt in use."""

from __future__ import annotations

import re
from pathlib import Path

import PySide6
import pytest

from candor.ui.libraries import ALWAYS, WAYLAND, X11, missing_from_system

_QT = Path(PySide6.__file__).parent / "Qt"
_SCREEN = {"DISPLAY": ":0"}
# Part of every Linux that runs Python, or beneath a library that the table names.
_EVERYWHERE = re.compile(
    r"lib(c|m|dl|z|gcc_s|stdc\+\+|resolv|rt|pthread|gthread-2\.0|xcb|brotlicommon)\.so"
)


def _needed(*files: str) -> set[str]:
    """The libraries that these files of Qt name and Qt itself does not bring."""
    found: set[str] = set()
    for file in files:
        data = (_QT / file).read_bytes()
        found |= {m.decode() for m in re.findall(rb"(?<=\0)lib[\w.+-]+\.so\.\d+(?=\0)", data)}
    own = {path.name for path in (_QT / "lib").iterdir()}
    return {name for name in found - own if not _EVERYWHERE.match(name)}


def test_one_missing_library_is_one_sentence_with_its_package() -> None:
    sentence = missing_from_system(_SCREEN, lambda name: name != "libxcb-cursor.so.0", "linux")
    assert sentence == (
        "The window cannot open because the library libxcb-cursor.so.0 is missing from this "
        "system. On Debian or Ubuntu: apt install libxcb-cursor0"
    )


def test_several_missing_libraries_are_one_command() -> None:
    gone = {"libEGL.so.1", "libxcb-icccm.so.4"}
    sentence = missing_from_system(_SCREEN, lambda name: name not in gone, "linux")
    assert "the libraries libEGL.so.1 and libxcb-icccm.so.4 are missing" in sentence
    assert sentence.endswith("apt install libegl1 libxcb-icccm4")


def test_no_screen_is_said_in_words() -> None:
    sentence = missing_from_system({}, lambda _: True, "linux")
    assert "There is no screen" in sentence
    assert "candor --help" in sentence


@pytest.mark.parametrize(
    ("environment", "library"),
    [
        ({"DISPLAY": ":0"}, "libxcb-cursor.so.0"),
        ({"QT_QPA_PLATFORM": "xcb"}, "libxcb-cursor.so.0"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-cursor.so.0"),
        ({"QT_QPA_PLATFORM": "wayland-egl;xcb"}, "libwayland-cursor.so.0"),
    ],
)
def test_only_the_platform_in_use_is_asked_for(environment: dict[str, str], library: str) -> None:
    asked: list[str] = []

    def loads(name: str) -> bool:
        asked.append(name)
        return True

    missing_from_system(environment, loads, "linux")
    assert library in asked
    assert {"libxcb-cursor.so.0", "libwayland-cursor.so.0"} & set(asked) == {library}


def test_nothing_is_missing_where_nothing_is() -> None:
    assert missing_from_system({"QT_QPA_PLATFORM": "offscreen"}, lambda _: True, "linux") == ""
    assert missing_from_system({}, lambda _: False, "darwin") == ""


def test_this_machine_runs_qt_without_a_screen() -> None:
    assert missing_from_system({"QT_QPA_PLATFORM": "offscreen"}) == ""


def test_table_names_what_qt_needs() -> None:
    libraries = (
        "lib/libQt6Core.so.6",
        "lib/libQt6Gui.so.6",
        "lib/libQt6Widgets.so.6",
        "lib/libQt6Pdf.so.6",
        "lib/libQt6Network.so.6",
        "lib/libQt6DBus.so.6",
    )
    assert _needed(*libraries) <= ALWAYS.keys()
    assert _needed("lib/libQt6XcbQpa.so.6", "plugins/platforms/libqxcb.so") <= {*ALWAYS, *X11}
    assert _needed("plugins/platforms/libqwayland.so") <= {*ALWAYS, *WAYLAND}


def test_table_names_nothing_that_qt_does_not_need() -> None:
    files = [*(_QT / "lib").glob("libQt6*.so.6"), *(_QT / "plugins").rglob("*.so")]
    named = b"".join(path.read_bytes() for path in files)
    assert [lib for lib in {**ALWAYS, **X11, **WAYLAND} if lib.encode() not in named] == []
