"""The examples are packages of their own: `tests/test_examples.py` installs them and runs their tests there."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("registry_preflight_naming") else ["registry-preflight-example"]
