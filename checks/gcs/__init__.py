"""Google Cloud Storage: what the config, the environment and this machine's files can tell."""
