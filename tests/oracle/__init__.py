"""Verdicts against real registry processes: what was foretold must be what they do."""
