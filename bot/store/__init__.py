"""The store: the only place that knows SQL. Rows never leave it, it takes and gives frozen values.

Enter by `engine.open_engine`, `migration.migrate`, then `unit.Store`: one unit of work is one transaction. Imports
`bot.domain` alone; must not know use cases, screens, channels, the clock or chance (ids and salts are handed in).
"""
