"""Keyring unlock: only where a real keyring really keeps things; the passphrase always works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.backends.SecretService import Keyring as SecretService
from keyring.errors import KeyringLocked

from candor.vault import keyring_slot
from candor.vault.keyring_slot import Kept
from candor.vault.refusals import KeyringRefused

from .conftest import CHILD, PASSPHRASE, create, unlock

KEPT = Kept(b"k" * 32, 7)


class Plaintext(KeyringBackend):
    """As third-party packages offer: a file that anybody can read."""

    priority = 9  # type: ignore[assignment]

    def get_password(self, *_: str) -> None:
        return None

    def set_password(self, *_: str) -> None:
        raise AssertionError("the key went into the open")

    delete_password = set_password


class Disguised(SecretService):
    """A subclass is not the real thing either."""


@pytest.mark.parametrize(
    "backend",
    [null.Keyring(), fail.Keyring(), chainer.ChainerBackend(), Plaintext(), Disguised()],
    ids=lambda backend: type(backend).__module__ + "." + type(backend).__name__,
)
def test_backend_that_is_no_real_keyring_is_refused(backend: Any) -> None:
    """Before anything is given to it."""
    with pytest.raises(KeyringRefused, match="not one that Candor trusts"):
        keyring_slot.put("vault", KEPT, backend)
    with pytest.raises(KeyringRefused):
        keyring_slot.take("vault", backend)
    with pytest.raises(KeyringRefused):
        keyring_slot.forget("vault", backend)


@pytest.mark.parametrize("name", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_variable_that_redirects_the_keyring_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The null keyring would take the key and keep nothing."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    assert not keyring_slot.available()
    with pytest.raises(KeyringRefused, match="PYTHON_KEYRING_BACKEND"):
        keyring_slot.find()


def real(monkeypatch: pytest.MonkeyPatch, **methods: Any) -> SecretService:
    """The real class, with its answers given by the test in place of the bus."""
    for name, method in methods.items():
        monkeypatch.setattr(SecretService, name, method)
    return SecretService()


def test_keyring_that_keeps_nothing_or_something_else_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Set, read back, compare."""
    for answer in (None, "", "candor1:00:1", "something else"):
        backend = real(
            monkeypatch,
            set_password=lambda *_: None,
            get_password=lambda *_, given=answer: given,
        )
        with pytest.raises(KeyringRefused, match="did not keep"):
            keyring_slot.put("vault", KEPT, backend)


def test_locked_keyring_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not with the library's exception."""

    def locked(*_: object) -> str:
        raise KeyringLocked("locked")

    backend = real(monkeypatch, set_password=locked, get_password=locked)
    for ask in (keyring_slot.take, keyring_slot.forget):
        with pytest.raises(KeyringRefused, match="locked or does not answer"):
            ask("vault", backend)
    with pytest.raises(KeyringRefused, match="locked or does not answer"):
        keyring_slot.put("vault", KEPT, backend)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "candor1:zz:1",
        "candor1:00:1",
        f"candor2:{'00' * 32}:1",
        f"candor1:{'00' * 32}:x",
        f"candor1:{'00' * 32}:-1",
        f"candor1:{'00' * 32}:1:1",
    ],
)
def test_foreign_entry_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever another program put there."""
    backend = real(monkeypatch, get_password=lambda *_: text)
    with pytest.raises(KeyringRefused, match="not Candor's"):
        keyring_slot.take("vault", backend)


def test_computer_without_a_keyring_keeps_the_passphrase_working(folder: Path) -> None:
    """Nothing is half switched on."""
    vault, _ = create(folder)
    if keyring_slot.available():
        pytest.fail("the tests' own environment must not reach a keyring")
    with pytest.raises(KeyringRefused):
        vault.add_keyring_slot()
    assert not vault.has_keyring_slot
    vault.close()
    with pytest.raises(KeyringRefused, match="switched off"):
        type(vault).unlock_with_keyring(folder)
    unlock(folder, PASSPHRASE).close()


@pytest.mark.interop("dbus-run-session", "gnome-keyring-daemon")
def test_real_keyring_opens_the_vault_and_remembers_its_counter(folder: Path) -> None:
    """GNOME's keyring on a session bus of its own, with an empty password."""
    create(folder)[0].close()
    script = (
        'echo | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" "$@"'
    )
    done = subprocess.run(
        [
            *("dbus-run-session", "--", "sh", "-c", script),
            *(sys.executable, str(CHILD), "keyring", str(folder)),
        ],
        env={**os.environ, "PYTHON_KEYRING_BACKEND": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.splitlines() == [
        "opened b'kept' False",
        "counter ahead True",
        "accepted False",
        "later False",
        "foreign: What the keyring of this computer holds does not open the vault.",
        "lost: The keyring of this computer holds nothing for this vault.",
        "slot False b'kept'",
    ], done.stderr
    unlock(folder, PASSPHRASE).close()
