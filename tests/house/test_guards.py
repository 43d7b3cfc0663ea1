"""What holds for every test: proved by small test files that break it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path


def _run(folder: Path, text: str, **environment: str) -> str:
    """What pytest says of a test file that lies below this project's conftest."""
    tests = Path(__file__).resolve().parents[1]
    shutil.copy(tests / "conftest.py", folder)
    shutil.copytree(tests / "no_network", folder / "no_network")
    (folder / "pytest.ini").write_text(
        "[pytest]\nmarkers = interop: x\n vectors: x\n expects_log: x\n"
    )
    (folder / "test_it.py").write_text("import logging, shutil, socket\nimport pytest\n" + text)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout


_CONNECTS = """
import socket
socket.create_connection(("192.0.2.1", 80), timeout=1)
"""


def test_network_is_refused_and_fails_the_test_even_if_swallowed(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        "def test_a_b():\n"
        "    try:\n"
        "        socket.socket().connect(('192.0.2.1', 80))\n"
        "    except AssertionError:\n"
        "        pass\n",
    )
    assert "the network was used: socket.connect 192.0.2.1" in said


def test_python_that_a_test_starts_has_no_network_either() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _CONNECTS], capture_output=True, text=True, check=False
    )
    assert run.returncode != 0
    assert "Candor never uses the network" in run.stderr


def test_loopback_and_unix_sockets_stay_open(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert (tmp_path / "s").exists()


def test_home_is_a_temporary_folder() -> None:
    assert "candor-tests-home-" in str(Path.home())
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ


def test_unexpected_log_line_fails_the_test(tmp_path: Path) -> None:
    said = _run(tmp_path, "def test_a_b():\n    logging.getLogger('x').warning('odd')\n")
    assert "unexpected log lines:\n  WARNING x: odd" in said
    assert "1 failed" in said


def test_expected_log_line_passes(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        "@pytest.mark.expects_log('odd')\n"
        "def test_a_b():\n    logging.getLogger('x').warning('odd')\n",
    )
    assert "1 passed" in said


_NEEDS_A_TOOL = "@pytest.mark.interop('no-such-tool')\ndef test_a_b():\n    assert True\n"


def test_skip_is_told_with_its_reason_at_the_end(tmp_path: Path) -> None:
    said = _run(tmp_path, _NEEDS_A_TOOL)
    assert "1 test skipped: not installed: no-such-tool" in said


def test_skip_is_a_failure_where_every_tool_is_promised(tmp_path: Path) -> None:
    said = _run(tmp_path, _NEEDS_A_TOOL, CANDOR_REQUIRE_INTEROP="1")
    assert "1 error" in said
    assert "not installed: no-such-tool" in said


_NEEDS_VECTORS = "@pytest.mark.vectors\ndef test_a_b():\n    assert True\n"


def test_vectors_are_skipped_only_where_no_folder_is_named(tmp_path: Path) -> None:
    said = _run(tmp_path, _NEEDS_VECTORS, CANDOR_REQUIRE_INTEROP="1")
    assert "CANDOR_VECTORS names no folder" in said
    assert "1 skipped" in said


def test_named_folder_of_vectors_that_is_missing_is_a_failure(tmp_path: Path) -> None:
    said = _run(
        tmp_path, _NEEDS_VECTORS, CANDOR_REQUIRE_INTEROP="1", CANDOR_VECTORS=str(tmp_path / "no")
    )
    assert "1 error" in said
