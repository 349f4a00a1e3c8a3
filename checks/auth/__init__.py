"""Who may use the registry."""
