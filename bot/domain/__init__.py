"""The product minus the world: schemes, answers, scores, grades, interview, record.

Knows the standard library alone. Must not know: clocks, random numbers, files, the network, languages, logging.
"""
