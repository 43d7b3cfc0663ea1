"""The singletons that the Qt binding gives away under old interpreters."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject

from candor.ui.immortal import PLENTY, keep_alive


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None never dies from Python 3.12 on")
def test_none_outlives_calls_that_give_it_away() -> None:
    thing = QObject()
    for _ in range(20_000):
        thing.setObjectName("x")
    assert all(sys.getrefcount(one) > PLENTY // 2 for one in (None, True, False, NotImplemented))


def test_keeping_them_alive_twice_changes_nothing() -> None:
    keep_alive()
    before = sys.getrefcount(None)
    keep_alive()
    assert abs(sys.getrefcount(None) - before) < PLENTY // 2
