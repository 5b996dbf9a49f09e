"""How the program's parts are loaded: without looking for garbage, and without what nobody asked for.

What refers to itself is found by walking over everything there is, again and again while modules are loaded: a fifth
of a start, for nothing; and seldom later. Must not know what is loaded.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_UNASKED: Final = ("httpx._main",)
"""httpx's command line, which draws in rich and pygments; httpx says itself what is missing where there is none."""
SELDOM: Final = 20_000
"""Objects more than before until young ones are looked through: 50 people at once have thousands, none of them lost.
With Python's 700 they are walked over again and again, at the same moment at which most is to be done."""


@contextmanager
def lasting() -> Iterator[None]:
    """What is made inside stays until the process ends: it is not looked through, neither now nor later."""
    was = gc.isenabled()
    left_out = [name for name in _UNASKED if name not in sys.modules]
    gc.disable()
    for name in left_out:
        sys.modules[name] = None  # type: ignore[assignment]  # the import system's way to say "not to be had"
    try:
        yield
    finally:
        for name in left_out:
            del sys.modules[name]
        gc.freeze()
        if was:
            gc.enable()


def look_seldom() -> None:
    """For as long as the process lives: find what refers to itself after more of it, a few MB at most."""
    gc.set_threshold(SELDOM)  # older ones as often in proportion as ever
