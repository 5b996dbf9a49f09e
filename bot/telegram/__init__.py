"""Telegram: the only place that knows it. Takes updates in, shows screens; what they mean is the service's business.

A tap travels: intake (inbox, then confirmed) → lanes (in order per chat) → worker (narrow, handle, answer) → presenter.
"""
