"""Checks that the registry itself makes while it runs."""
