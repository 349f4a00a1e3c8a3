"""`python -m registry_preflight`."""

from registry_preflight.cli import entry

entry()
