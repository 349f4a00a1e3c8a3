"""`python -m registry_preflight`."""

import sys

from registry_preflight.cli import main

sys.exit(main())
