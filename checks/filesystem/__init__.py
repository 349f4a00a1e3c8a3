"""The filesystem driver on the real disk."""
