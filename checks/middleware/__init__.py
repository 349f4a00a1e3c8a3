"""Code that sits between the registry and its storage."""
