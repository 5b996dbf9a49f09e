"""`python -m bot.verify FILE`: needs the standard library, `cryptography`, and this folder with `bot/domain`."""

import sys

from bot.verify.command import main

if __name__ == "__main__":
    sys.exit(main())
