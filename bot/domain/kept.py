"""What is made of a value that never changes, kept beside it. Must not know what it is, or who made it."""

from typing import Any


class Kept(dict[object, Any]):
    """Goes with its value to no other process: there it begins empty, and is made again where it is wanted."""

    def __reduce__(self) -> tuple[type["Kept"], tuple[()]]:
        return Kept, ()
