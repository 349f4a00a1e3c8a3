"""What the registry logs, and how."""
