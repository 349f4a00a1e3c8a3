"""Services that are told about pushes and pulls."""
