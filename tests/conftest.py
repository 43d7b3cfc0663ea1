"""What holds for every test: no network, a home of its own, no stray log line, honest skips.

Markers:
    interop("pdfsig", ...)   needs these system tools: skipped where one is missing
    vectors                  needs the public test vectors in the folder CANDOR_VECTORS
    expects_log("pattern")   this test causes log lines at WARNING or above that match

`CANDOR_REQUIRE_INTEROP=1` (set by `.ci/run`) turns every skip into a failure.
"""

from __future__ import annotations

import logging
import os
import re
import runpy
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

_TESTS = Path(__file__).resolve().parent
_NO_NETWORK = _TESTS / "no_network"
_HOME = Path(tempfile.mkdtemp(prefix="candor-tests-home-"))
_SESSION_BUS = ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SESSION_BUS_PID", "GNOME_KEYRING_CONTROL")
_REQUIRED = os.environ.get("CANDOR_REQUIRE_INTEROP") == "1"
_VECTORS = os.environ.get("CANDOR_VECTORS", "")
_NO_VECTORS = "CANDOR_VECTORS names no folder of public test vectors"


def _isolate() -> list[str]:
    """Give this process and its children a home of their own and no network.

    Returns the list that will hold what was refused. Done on import, before anything under test
    can read the environment.
    """
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        os.environ[name] = str(_HOME)
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(_HOME / name.lower())
    runtime = _HOME / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    # The keyring of the person who runs the tests is none of their business.
    for name in _SESSION_BUS:
        os.environ.pop(name, None)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    paths = (str(_NO_NETWORK), *filter(None, [os.environ.get("PYTHONPATH")]))
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    # A worker of xdist is a child itself and has loaded it already; a second hook would hear
    # nothing, because the first one raises.
    loaded = dict(vars(sys.modules.get("sitecustomize", object)))
    if "attempts" not in loaded:
        loaded = runpy.run_path(str(_NO_NETWORK / "sitecustomize.py"))
    attempts: list[str] = loaded["attempts"]
    return attempts


_ATTEMPTS = _isolate()

# No test is timed: a machine shared with other work must not turn one red.
settings.register_profile(
    "candor", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("candor")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of public test vectors; for tests marked `vectors`."""
    return Path(_VECTORS)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a tool or a folder that is not here, saying which."""
    for marker in item.iter_markers("interop"):
        missing = [tool for tool in marker.args if shutil.which(tool) is None]
        if missing:
            pytest.skip(f"not installed: {', '.join(missing)}")
    if item.get_closest_marker("vectors") and not (_VECTORS and Path(_VECTORS).is_dir()):
        pytest.skip(_NO_VECTORS)


class _Listener(logging.Handler):
    """Keeps what was logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fail a test that logs what it does not expect, or that tries to use the network."""
    listener = _Listener()
    _ATTEMPTS.clear()
    logging.getLogger().addHandler(listener)
    try:
        result = yield
    finally:
        logging.getLogger().removeHandler(listener)
    patterns = [str(marker.args[0]) for marker in item.iter_markers("expects_log")]
    stray = [line for line in listener.lines if not any(re.search(p, line) for p in patterns)]
    if stray:
        pytest.fail("unexpected log lines:\n  " + "\n  ".join(stray), pytrace=False)
    if _ATTEMPTS:
        pytest.fail(f"the network was used: {', '.join(_ATTEMPTS)}", pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Where every tool is promised, a skip is a failure."""
    report = yield
    if _REQUIRED and report.skipped and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        if not (_VECTORS == "" and item.get_closest_marker("vectors")):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped, and CANDOR_REQUIRE_INTEROP=1: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """The same for a whole module that skips itself."""
    report = yield
    if _REQUIRED and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped: {_reason(report)}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was skipped and why, once for each reason."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section("skipped, and why")
    for reason, count in _counted(skipped):
        tests = "test" if count == 1 else "tests"
        terminalreporter.write_line(f"{count} {tests} skipped: {reason}")


def _counted(skipped: list[Any]) -> Iterator[tuple[str, int]]:
    yield from sorted(Counter(map(_reason, skipped)).items())


def _reason(report: Any) -> str:
    """Why a test was skipped; pytest keeps it as (file, line, "Skipped: reason")."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(text).removeprefix("Skipped: ")
