"""Support for images of the oldest kind."""
