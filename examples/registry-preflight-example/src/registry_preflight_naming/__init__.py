"""A house's own rules for registry-preflight."""
