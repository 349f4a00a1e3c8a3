"""The storage section: one driver, its parameters and the settings beside it."""
