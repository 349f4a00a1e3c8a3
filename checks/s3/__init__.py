"""Amazon S3 and stores that speak its protocol: what the config and the environment alone can tell."""
