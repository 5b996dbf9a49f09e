"""What is made of a value that never changes, kept beside it. Must not know what it is, or who made it."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Of = TypeVar("Of")
T = TypeVar("T")


class Kept(dict[object, Any]):
    """Goes with its value to no other process: there it begins empty, and is made again where it is wanted."""

    def __reduce__(self) -> tuple[type["Kept"], tuple[()]]:
        return Kept, ()


class once(Generic[Of, T]):  # noqa: N801  it reads as cached_property does
    """`functools.cached_property` without the lock that Python 3.11 takes: for what lives no longer than a tap.

    Two threads may both make it, and then it is the same twice.
    """

    def __init__(self, make: Callable[[Of], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, of: Of, owner: type) -> T:
        made = of.__dict__[self._name] = self._make(of)
        return made
