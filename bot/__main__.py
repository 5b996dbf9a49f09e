"""`python -m bot`: the same as the command `gradewalk`."""

from bot.loading import lasting


def main() -> None:
    """Load the command line, and run it."""
    with lasting():
        from bot.cli import main as command  # noqa: PLC0415  see lasting
    command()


if __name__ == "__main__":
    main()
