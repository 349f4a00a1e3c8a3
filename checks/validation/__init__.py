"""What manifests must fulfil to be pushed."""
