"""The system libraries that Qt needs on Linux and its packages do not bring: named before it fails.

Qt itself ends the process with a page of text, or Python with a traceback; here one sentence names
the Debian package. No Qt is imported: this runs before it can be.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

# From the NEEDED entries of Qt 6.12's libraries and platform plug-ins: file -> Debian package.
ALWAYS: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libzstd.so.1": "libzstd1",
}
X11: Mapping[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND: Mapping[str, str] = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def loads(library: str) -> bool:
    """Whether the dynamic linker finds that library, on the system or inside a frozen app."""
    inside = getattr(sys, "_MEIPASS", None)
    if inside is not None and (Path(inside) / library).exists():
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_from_system(
    environment: Mapping[str, str] = os.environ,
    loads: Callable[[str], bool] = loads,
    system: str = sys.platform,
) -> str:
    """One sentence that says why no window can open and what to install, or "" if one can."""
    if not system.startswith("linux"):
        return ""
    platform = _platform(environment)
    if not platform:
        return (
            "There is no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "Start Candor from a desktop session, or use its commands: candor --help."
        )
    needed = {**ALWAYS, **{"xcb": X11, "wayland": WAYLAND}.get(platform, {})}
    missing = [library for library in needed if not loads(library)]
    if not missing:
        return ""
    packages = " ".join(needed[library] for library in missing)
    return (
        f"The window cannot open because {_listed(missing)} missing from this system. "
        f"On Debian or Ubuntu: apt install {packages}"
    )


def _platform(environment: Mapping[str, str]) -> str:
    """The Qt platform plug-in that will be used, or "" where there is no screen at all."""
    if asked := environment.get("QT_QPA_PLATFORM", ""):
        return asked.split(";")[0].split(":")[0].split("-")[0]
    if environment.get("WAYLAND_DISPLAY") and environment.get("XDG_SESSION_TYPE") == "wayland":
        return "wayland"
    if environment.get("DISPLAY"):
        return "xcb"
    return "wayland" if environment.get("WAYLAND_DISPLAY") else ""


def _listed(libraries: list[str]) -> str:
    if len(libraries) == 1:
        return f"the library {libraries[0]} is"
    return f"the libraries {', '.join(libraries[:-1])} and {libraries[-1]} are"
