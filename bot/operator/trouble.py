"""What an operator is told when something cannot be done: one line in both languages. Knows nothing of what it was."""


class Trouble(Exception):  # noqa: N818  told to the operator, never a traceback
    """It was not done, and nothing was changed by trying. exit_code: 2, or 3 where another process is at work."""

    def __init__(self, zh: str, en: str, *, exit_code: int = 2) -> None:
        super().__init__(f"{zh} / {en}")
        self.exit_code = exit_code
