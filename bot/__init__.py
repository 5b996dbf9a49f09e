"""Gradewalk: walks a company or an auditor through a service-certification standard and answers with a grade.

Nothing happens when this package is imported. Where to look for what: DESIGN §4, or `CONTRIBUTING.md`.
"""
