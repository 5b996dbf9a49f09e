"""What an operator does besides running the bot: back up, restore, look after the inbox, ask what is wrong.

Above the store, beside nobody's interview. Must not know how anything is scored, drawn or sent.
"""
