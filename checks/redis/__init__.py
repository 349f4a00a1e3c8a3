"""The Redis server for the cache."""
