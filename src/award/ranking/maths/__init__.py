"""The mathematics of a ranking: numbers in, numbers out; no database, no web, no clock.

The method and its sources are described in `docs/method.md`.
"""
