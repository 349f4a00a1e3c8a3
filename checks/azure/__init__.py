"""Azure Blob Storage: what the config and the environment alone can tell."""
