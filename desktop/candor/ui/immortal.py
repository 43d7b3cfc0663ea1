"""Keeps None, True, False and NotImplemented alive under Python 3.11.

PySide6 6.12 is built for an interpreter in which these never die (PEP 683, Python 3.12): each of
its calls that returns None gives away a reference it never took. Under 3.11 the count of None then
falls by one a call until the interpreter stops with "deallocating None". A count that starts at
2**40 cannot be used up, which is what 3.12 does by itself.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = 1 << 40


def keep_alive() -> None:
    """Give the four singletons more references than a lifetime of calls can take away."""
    old = sys.implementation.name == "cpython" and sys.version_info < (3, 12)
    # with sys.getobjects the count is not the first field of an object
    if not old or hasattr(sys, "getobjects"):
        return
    for singleton in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(singleton))
        if count.value < PLENTY:
            count.value += PLENTY
