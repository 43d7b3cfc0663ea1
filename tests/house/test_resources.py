"""Fonts, icons and what is said of their origin; and that a wheel carries them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

_TRUETYPE = b"\x00\x01\x00\x00"
_LICENCES = {
    "Inter": "Inter-LICENSE.txt",
    "Noto": "Noto-LICENSE.txt",
    "Source": "SourceSerif4-LICENSE.md",
    "Droid": "DroidSansFallback-LICENSE.txt",
}


def test_every_font_has_truetype_outlines_and_a_licence_beside_it(root: Path) -> None:
    folder = root / "resources" / "fonts"
    fonts = sorted(folder.glob("*.ttf"))
    assert len(fonts) >= 20
    assert [f.name for f in fonts if f.read_bytes()[:4] != _TRUETYPE] == []
    for font in fonts:
        (licence,) = [name for prefix, name in _LICENCES.items() if font.name.startswith(prefix)]
        assert (folder / licence).is_file()


def test_fonts_stay_small(root: Path) -> None:
    size = sum(p.stat().st_size for p in (root / "resources" / "fonts").iterdir())
    assert size < 25 * 2**20


def test_every_icon_is_drawn_in_the_current_colour(root: Path) -> None:
    icons = sorted((root / "resources" / "icons").glob("*.svg"))
    own = {"candor.svg"}
    assert len(icons) > 50
    assert [
        i.name for i in icons if "currentColor" not in i.read_text() and i.name not in own
    ] == []
    assert "ISC License" in (root / "resources" / "icons" / "LICENSE").read_text()


def test_readme_names_every_folder_of_resources(root: Path) -> None:
    readme = (root / "resources" / "README.md").read_text(encoding="utf-8")
    folders = [p.name for p in (root / "resources").iterdir() if p.is_dir()]
    assert [name for name in folders if f"`{name}/`" not in readme] == []


def test_licence_is_apache(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_wheel_carries_forms_and_resources(root: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("forms", "resources"):
        shipped = [p for p in (root / folder).rglob("*") if p.is_file()]
        assert {f"candor/_data/{p.relative_to(root).as_posix()}" for p in shipped} <= names
    assert "candor/__main__.py" in names
