"""When Python looks for garbage: not while things are made that stay. Must not know what they are.

What refers to itself is found by walking over everything there is, again and again while modules are loaded: a fifth
of a start, for nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """What is made inside stays until the process ends: it is not looked through, neither now nor later."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()
