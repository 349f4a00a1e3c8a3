"""Foretells what a container registry will do with a proposed storage configuration.

This is all that a package of checks or reports needs; what is not in `__all__` may change without notice.
"""

from registry_preflight.api import VERSION as __version__
from registry_preflight.api import check_config, foretell
from registry_preflight.check import (
    DELETE,
    DRIVER_STAGES,
    EVERY_STAGE,
    GC,
    PULL,
    PUSH,
    START,
    CannotTell,
    Check,
    Finding,
    Severity,
    Stage,
    Touches,
    Where,
    blocker,
    check,
    note,
    warning,
)
from registry_preflight.config.effective import Config, UnknownKey, load_config
from registry_preflight.config.gotext import sprint as printed
from registry_preflight.config.parameters import Parameter, every_driver_key, releases_with_driver
from registry_preflight.config.options import Options
from registry_preflight.format import Format, Reports, View, report
from registry_preflight.plugins import load_checks, load_formats
from registry_preflight.storage.disk import DiskStuck
from registry_preflight.storage.filesystem import FilesystemStorage
from registry_preflight.words import nearest
from registry_preflight.result import (
    EffectiveValue,
    Mode,
    Origin,
    Outcome,
    Plugin,
    Prediction,
    Report,
    Requests,
    Result,
    RunFacts,
    Status,
    Verdict,
)

__all__ = [
    "DELETE", "DRIVER_STAGES", "EVERY_STAGE", "GC", "PULL", "PUSH", "START", "CannotTell", "Check", "Config",
    "DiskStuck", "EffectiveValue", "FilesystemStorage", "Finding", "Format", "Mode", "Options", "Origin", "Outcome", "Parameter", "Plugin", "Prediction",
    "Report", "Reports", "Requests", "Result", "RunFacts", "Severity", "Stage", "Status", "Touches", "UnknownKey",
    "Verdict", "View", "Where", "__version__", "blocker", "check", "check_config", "foretell", "load_checks",
    "every_driver_key", "load_config", "load_formats", "nearest", "note", "printed", "releases_with_driver", "report", "warning",
]  # fmt: skip
