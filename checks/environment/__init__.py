"""The environment: what the registry makes of its variables, and which have no effect."""
