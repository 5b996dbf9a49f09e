"""The verifier of exported records: `python -m bot.verify FILE`, or `gradewalk verify`.

It needs the standard library, `cryptography` for signatures, and the domain: no settings, no database, no network.
Must not know where a file came from.
"""
