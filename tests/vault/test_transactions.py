"""All or nothing, from one thread or many."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candor.keys.codes import new_id
from candor.vault.refusals import NotSaved, VaultClosed
from candor.vault.store import Vault

from .conftest import PASSPHRASE, RECEIVED, Author, create, unlock


class Stop(Exception):
    """What goes wrong in the middle."""


def test_failed_block_leaves_everything_as_it_was(
    vault: Vault, author: Author, reopen: Callable[[], Any]
) -> None:
    """Events, documents, settings and the ledger."""
    vault.set_setting("s", "before")
    signed, body = author.write(new_id())
    with pytest.raises(Stop), vault.transaction():  # noqa: PT012
        vault.add_event(signed, body, received_at=RECEIVED)
        vault.put_document("k", "x", b"data", {})
        vault.set_setting("s", "after")
        raise Stop
    assert vault.event_count() == 0
    assert vault.setting("s") == "before"
    assert vault.document("k", "x") is None
    assert vault.walk() == ()
    vault.close()
    with reopen() as again:
        assert again.setting("s") == "before"


def test_inner_failure_undoes_the_outer_block_even_if_swallowed(vault: Vault) -> None:
    """Half of an import must not survive a too forgiving caller."""
    with pytest.raises(NotSaved), vault.transaction():  # noqa: PT012
        vault.set_setting("a", "1")
        with contextlib.suppress(Stop), vault.transaction():
            vault.set_setting("b", "1")
            raise Stop
        vault.set_setting("c", "1")
    with vault.transaction():
        vault.set_setting("d", "1")
        with vault.transaction():
            vault.set_setting("e", "1")
    assert [vault.setting(name) for name in "abcde"] == ["", "", "", "1", "1"]


def test_swallowed_inner_failure_with_nothing_after_it_saves_nothing(vault: Vault) -> None:
    """Silently going on is no saving either: the block's end says so."""
    with pytest.raises(NotSaved), vault.transaction():  # noqa: PT012
        vault.set_setting("a", "1")
        with contextlib.suppress(Stop), vault.transaction():
            raise Stop
    assert vault.setting("a") == ""


def test_vault_closed_within_a_transaction_saves_nothing(
    vault: Vault, reopen: Callable[[], Any]
) -> None:
    """Locking in mid-import rolls the import back."""
    with pytest.raises(VaultClosed), vault.transaction():  # noqa: PT012
        vault.set_setting("a", "1")
        vault.close()
    with reopen() as again:
        assert again.setting("a") == ""


def test_locking_during_an_import_in_another_thread_undoes_it(
    vault: Vault, author: Author, reopen: Callable[[], Any]
) -> None:
    """Closing does not wait for the import to end."""
    started, problems = threading.Event(), []
    case = new_id()

    def endless() -> Any:
        while True:
            started.set()
            yield author.write(case)

    def work() -> None:
        try:
            vault.add_events(endless(), received_at=RECEIVED)
        except VaultClosed as error:
            problems.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    assert started.wait(30)
    vault.close()
    worker.join(30)
    assert len(problems) == 1
    with reopen() as again:
        assert again.event_count() == 0
        assert again.walk() == ()


def test_many_threads_write_and_read_at_once(vault: Vault) -> None:
    """Nothing is lost, nothing is seen half."""
    problems: list[BaseException] = []

    def work(name: str) -> None:
        try:
            author, case = Author(), new_id()
            for number in range(15):
                with vault.transaction():
                    vault.set_setting(f"{name}/a", str(number))
                    vault.save_draft(name, str(number).encode())
                    vault.set_setting(f"{name}/b", str(number))
                signed, body = author.write(case)
                vault.add_event(signed, body, received_at=RECEIVED)
                assert sum(1 for _ in vault.events(case)) == number + 1
                with vault.transaction():
                    for other in "wxyz":
                        assert vault.setting(f"{other}/a") == vault.setting(f"{other}/b")
        except BaseException as error:  # noqa: BLE001 -- told by the main thread
            problems.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "wxyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert vault.event_count() == 60
    assert vault.walk() == ()


_NAMES = st.sampled_from("abc")
_STEPS = st.one_of(
    st.tuples(st.just("setting"), _NAMES, st.text(max_size=8)),
    st.tuples(st.just("document"), _NAMES, st.binary(max_size=32)),
    st.tuples(st.just("delete"), _NAMES, st.none()),
    st.tuples(st.just("event"), _NAMES, st.none()),
    st.tuples(st.just("peer"), _NAMES, st.integers(1, 9)),
)


class Model:
    """What the vault must hold, in plain dictionaries."""

    def __init__(self) -> None:
        self.settings: dict[str, str] = {}
        self.documents: dict[str, bytes] = {}
        self.peers: dict[str, int] = {}
        self.events: list[Any] = []

    def copy(self) -> Model:
        """A state to return to."""
        other = Model()
        other.settings, other.documents = dict(self.settings), dict(self.documents)
        other.peers, other.events = dict(self.peers), list(self.events)
        return other

    def do(self, vault: Vault, author: Author, cases: dict[str, str], step: Any) -> None:
        """Take one step, here and in the vault."""
        kind, name, value = step
        if kind == "setting":
            vault.set_setting(name, value)
            self.settings[name] = value
        elif kind == "document":
            vault.put_document("k", name, value, {})
            self.documents[name] = value
        elif kind == "delete":
            vault.delete_document("k", name)
            self.documents.pop(name, None)
        elif kind == "peer":
            vault.note_sent(name, value, "d")
            self.peers[name] = value
        else:
            pair = author.write(cases[name])
            vault.add_event(*pair, received_at=RECEIVED)
            self.events.append(pair)

    def check(self, vault: Vault) -> None:
        """Compare everything."""
        assert {n: vault.setting(n) for n in "abc"} == {n: self.settings.get(n, "") for n in "abc"}
        found = {d.key: vault.document("k", d.key) for d in vault.documents("k")}
        assert {k: d.data for k, d in found.items() if d} == self.documents
        assert {p: s.sent_seq for p, s in vault.peers().items()} == self.peers
        assert list(vault.events()) == self.events
        assert vault.event_count() == len(self.events)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.lists(_STEPS, max_size=5), st.booleans()), max_size=6))
def test_each_transaction_happens_whole_or_not_at_all(blocks: list[Any]) -> None:
    """Against a model, with failures in between, and once more after closing."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "v"
        vault, model, author = create(folder)[0], Model(), Author()
        cases = {name: new_id() for name in "abc"}
        for steps, fails in blocks:
            before = model.copy()
            last = dict(author._last)
            try:
                with vault.transaction():
                    for step in steps:
                        model.do(vault, author, cases, step)
                    if fails:
                        raise Stop
            except Stop:
                model, author._last = before, last
            model.check(vault)
        assert vault.walk() == ()
        vault.close()
        with unlock(folder, PASSPHRASE) as again:
            model.check(again)
            assert again.walk(public_key=author.public_key) == ()
            assert not again.rollback_suspected
