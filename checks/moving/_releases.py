"""The two sides."""

from __future__ import annotations

OLD = ("registry-2.5", "registry-2.7", "registry-2.8")
NEW = ("registry-3.0", "registry-3.1")
