"""`python3 desktop`: the first start sets up, the second reads a stamp, failures are sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

# Runs `desktop` as Python would, and writes down what it opens, starts and becomes.
_WATCHER = """
import json, runpy, sys
root, *arguments = sys.argv[1:]
seen = {"opened": [], "started": [], "became": []}

def watch(event, details):
    if event == "open" and isinstance(details[0], str) and details[0].startswith(root):
        seen["opened"].append(details[0])
    elif event in ("subprocess.Popen", "os.posix_spawn", "os.fork", "os.system"):
        seen["started"].append(event)
    elif event == "os.exec":
        seen["became"] = [details[0], list(details[1])]
        print(json.dumps(seen), flush=True)

sys.dont_write_bytecode = True
sys.argv[:] = [root + "/desktop", *arguments]
sys.path.insert(0, root + "/desktop")
sys.addaudithook(watch)
runpy.run_path(root + "/desktop", run_name="__main__")
"""


def _last(run: subprocess.CompletedProcess[str]) -> str:
    """The sentence that a failure ends with; anything raw would stand here instead."""
    assert run.returncode == 1
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    return run.stderr.splitlines()[-1]


def test_first_start_sets_up_and_becomes_the_command(checkout: Any) -> None:
    run = checkout.start("demo", "--people", "3")
    assert run.stdout == "candor gadget demo --people 3\n"
    assert run.returncode == 7
    assert "Setting Candor up" in run.stderr
    assert checkout.stamp.is_file()


def test_second_start_opens_three_files_and_starts_no_process(ready: Any) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _WATCHER, str(ready.root), "verify", "x.pdf"],
        env=ready.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    seen = json.loads(run.stdout.splitlines()[0])
    opened = {Path(path).relative_to(ready.root).as_posix() for path in seen["opened"]}
    code = {name for name in opened if name.startswith("desktop/")}
    assert opened - code == {".venv/candor-stamp", "requirements.lock", "pyproject.toml"}
    assert not any("installing" in name for name in code)
    assert seen["started"] == []
    command = str(ready.root / ".venv" / "bin" / "candor")
    assert seen["became"] == [command, [command, "verify", "x.pdf"]]


def test_second_start_says_nothing_of_its_own(ready: Any) -> None:
    run = ready.start("--help")
    assert (run.stdout, run.stderr) == ("candor gadget --help\n", "")


def test_interrupted_set_up_goes_on_where_it_was(ready: Any) -> None:
    ready.stamp.unlink()
    run = ready.start()
    assert run.returncode == 7
    assert "2/3" in run.stderr
    assert "1/3" not in run.stderr


def test_changed_lock_sets_up_again(ready: Any) -> None:
    with (ready.root / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")
    run = ready.start()
    assert run.returncode == 7
    assert "Setting Candor up" in run.stderr


def test_settings_for_other_installations_do_not_misdirect_this_one(ready: Any) -> None:
    ready.stamp.unlink()
    run = ready.start(PIP_USER="1", PIP_TARGET=str(ready.root / "astray"))
    assert run.stdout == "candor gadget\n"
    assert not (ready.root / "astray").exists()


def test_no_network_is_one_sentence_and_leaves_no_stamp(ready: Any) -> None:
    with (ready.root / "requirements.lock").open("a") as lock:
        lock.write(f"gizmo==1 --hash=sha256:{'1' * 64}\n")
    run = ready.start(PIP_FIND_LINKS=str(ready.root / "nothing"))
    assert "Connect this machine to the network once" in _last(run)
    assert not ready.stamp.exists()


def test_file_with_another_hash_is_refused_and_leaves_no_stamp(ready: Any) -> None:
    lock = f"gadget==1 --hash=sha256:{'0' * 64}\n"
    (ready.root / "requirements.lock").write_text(lock)
    subprocess.run([ready.root / ".venv/bin/pip", "uninstall", "-qy", "gadget"], check=True)
    run = ready.start()
    assert "is not the one that requirements.lock names" in _last(run)
    assert not ready.stamp.exists()


def test_half_made_environment_is_made_anew(ready: Any) -> None:
    ready.stamp.unlink()
    for program in (ready.root / ".venv" / "bin").glob("python*"):
        program.unlink()
    run = ready.start()
    assert run.returncode == 7
    assert "1/3" in run.stderr


def test_moved_environment_is_made_anew(ready: Any) -> None:
    elsewhere = ready.root.with_name("elsewhere")
    ready.root.rename(elsewhere)
    moved = type(ready)(elsewhere, ready.environment)
    try:
        run = moved.start()
    finally:
        elsewhere.rename(ready.root)
    assert run.returncode == 7
    assert "1/3" in run.stderr


def test_python_without_venv_names_the_debian_package(ready: Any, tmp_path: Path) -> None:
    (tmp_path / "venv.py").write_text(
        "print('the virtual environment was not created because ensurepip is not available')\n"
        "raise SystemExit(1)\n"
    )
    ready.stamp.unlink()
    (ready.root / ".venv" / "bin" / "pip").unlink()
    run = ready.start(PYTHONPATH=str(tmp_path))
    assert "apt install python{}.{}-venv".format(*sys.version_info[:2]) in _last(run)


def test_missing_lock_is_one_sentence(checkout: Any) -> None:
    lock = checkout.root / "requirements.lock"
    aside = lock.rename(lock.with_suffix(".aside"))
    try:
        run = checkout.start()
    finally:
        aside.rename(lock)
    assert _last(run).startswith("The file requirements.lock of this checkout cannot be read")
