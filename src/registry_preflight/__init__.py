"""Foretells what a container registry will do with a proposed storage configuration.

This is all that a package of checks or reports needs; what is not in `__all__` may change without notice. Names are
fetched from their modules when they are first asked for, so that the command line starts without all of them.
"""

from __future__ import annotations

from registry_preflight import bundle

bundle.use()

# Not fetched late as the others are: once the module of the same name has been imported, it would stand in the
# decorator's place.
from registry_preflight.check import check as check  # noqa: E402

TYPE_CHECKING = False
if TYPE_CHECKING:
    from registry_preflight.api import check_config as check_config
    from registry_preflight.api import foretell as foretell
    from registry_preflight.check import DELETE as DELETE
    from registry_preflight.check import DRIVER_STAGES as DRIVER_STAGES
    from registry_preflight.check import EVERY_STAGE as EVERY_STAGE
    from registry_preflight.check import GC as GC
    from registry_preflight.check import PULL as PULL
    from registry_preflight.check import PUSH as PUSH
    from registry_preflight.check import START as START
    from registry_preflight.check import CannotTell as CannotTell
    from registry_preflight.check import Check as Check
    from registry_preflight.check import Finding as Finding
    from registry_preflight.check import NeedsNetwork as NeedsNetwork
    from registry_preflight.check import Severity as Severity
    from registry_preflight.check import Stage as Stage
    from registry_preflight.check import Touches as Touches
    from registry_preflight.check import Where as Where
    from registry_preflight.check import blocker as blocker
    from registry_preflight.check import note as note
    from registry_preflight.check import warning as warning
    from registry_preflight.config.document import Node as Node
    from registry_preflight.config.effective import Config as Config
    from registry_preflight.config.effective import UnknownKey as UnknownKey
    from registry_preflight.config.effective import load_config as load_config
    from registry_preflight.config.gotext import parse_duration as parse_duration
    from registry_preflight.config.gotext import printed as printed
    from registry_preflight.config.options import Options as Options
    from registry_preflight.config.parameters import Parameter as Parameter
    from registry_preflight.config.parameters import every_driver_key as every_driver_key
    from registry_preflight.config.parameters import releases_with_driver as releases_with_driver
    from registry_preflight.config.reads import Given as Given
    from registry_preflight.config.reads import given_values as given_values
    from registry_preflight.config.reads import meant as meant
    from registry_preflight.config.reads import releases_reading as releases_reading
    from registry_preflight.config.reads import unread_keys as unread_keys
    from registry_preflight.format import Format as Format
    from registry_preflight.format import Reports as Reports
    from registry_preflight.format import View as View
    from registry_preflight.format import report as report
    from registry_preflight.iam.documents import Policy as Policy
    from registry_preflight.iam.evaluate import Access as Access
    from registry_preflight.iam.evaluate import Decision as Decision
    from registry_preflight.iam.needs import Need as Need
    from registry_preflight.iam.needs import S3Facts as S3Facts
    from registry_preflight.iam.needs import rights_of_request as rights_of_request
    from registry_preflight.iam.needs import s3_needs as s3_needs
    from registry_preflight.iam.proof import PolicyAnswer as PolicyAnswer
    from registry_preflight.iam.proof import Proof as Proof
    from registry_preflight.iam.proof import policy_answers as policy_answers
    from registry_preflight.iam.proof import policy_proof as policy_proof
    from registry_preflight.iam.proof import stages_by_rights as stages_by_rights
    from registry_preflight.iam.writing import is_policy_of_dtr as is_policy_of_dtr
    from registry_preflight.iam.writing import rights_beyond as rights_beyond
    from registry_preflight.iam.writing import statements_for as statements_for
    from registry_preflight.lean import NamedTuple as NamedTuple
    from registry_preflight.lean import lru_cache as lru_cache
    from registry_preflight.pattern import Pattern as Pattern
    from registry_preflight.plugins import load_checks as load_checks
    from registry_preflight.plugins import load_formats as load_formats
    from registry_preflight.result import Chain as Chain
    from registry_preflight.result import EffectiveValue as EffectiveValue
    from registry_preflight.result import Mode as Mode
    from registry_preflight.result import Origin as Origin
    from registry_preflight.result import Outcome as Outcome
    from registry_preflight.result import Plugin as Plugin
    from registry_preflight.result import Prediction as Prediction
    from registry_preflight.result import Report as Report
    from registry_preflight.result import Requests as Requests
    from registry_preflight.result import Result as Result
    from registry_preflight.result import RunFacts as RunFacts
    from registry_preflight.result import Status as Status
    from registry_preflight.result import Verdict as Verdict
    from registry_preflight.schema import document as document
    from registry_preflight.storage.azure import AzureStorage as AzureStorage
    from registry_preflight.storage.azure_answers import AzureRefusal as AzureRefusal
    from registry_preflight.storage.azure_tokens import TokenTrouble as TokenTrouble
    from registry_preflight.storage.clock import NoTime as NoTime
    from registry_preflight.storage.clock import ask_time as ask_time
    from registry_preflight.storage.filesystem import FilesystemStorage as FilesystemStorage
    from registry_preflight.storage.network import NetworkTrouble as NetworkTrouble
    from registry_preflight.storage.s3 import S3Storage as S3Storage
    from registry_preflight.storage.s3_answers import S3Refusal as S3Refusal
    from registry_preflight.storage.steps import Step as Step
    from registry_preflight.storage.swift import SwiftStorage as SwiftStorage
    from registry_preflight.storage.swift_auth import SwiftLogin as SwiftLogin
    from registry_preflight.storage.swift_auth import SwiftRefusal as SwiftRefusal
    from registry_preflight.storage.swift_rehearsal import SwiftTrial as SwiftTrial
    from registry_preflight.version import VERSION as __version__  # noqa: F401
    from registry_preflight.words import nearest as nearest

#: Module and the names that it gives; where a name differs there, `ours=theirs`.
_HOMES = {
    "api": "check_config foretell",
    "check": "DELETE DRIVER_STAGES EVERY_STAGE GC PULL PUSH START CannotTell Check Finding NeedsNetwork Severity Stage Touches Where"
    " blocker note warning",
    "config.document": "Node",
    "config.effective": "Config UnknownKey load_config",
    "config.gotext": "parse_duration printed",
    "config.options": "Options",
    "config.parameters": "Parameter every_driver_key releases_with_driver",
    "config.reads": "Given given_values meant releases_reading unread_keys",
    "format": "Format Reports View report",
    "lean": "NamedTuple lru_cache",
    "pattern": "Pattern",
    "iam.documents": "Policy",
    "iam.evaluate": "Access Decision",
    "iam.needs": "Need S3Facts rights_of_request s3_needs",
    "iam.proof": "PolicyAnswer Proof policy_answers policy_proof stages_by_rights",
    "iam.writing": "is_policy_of_dtr rights_beyond statements_for",
    "plugins": "load_checks load_formats",
    "schema": "document",
    "result": "Chain EffectiveValue Mode Origin Outcome Plugin Prediction Report Requests Result RunFacts Status Verdict",
    "storage.azure": "AzureStorage",
    "storage.azure_answers": "AzureRefusal",
    "storage.azure_tokens": "TokenTrouble",
    "storage.clock": "NoTime ask_time",
    "storage.filesystem": "FilesystemStorage",
    "storage.network": "NetworkTrouble",
    "storage.s3": "S3Storage",
    "storage.s3_answers": "S3Refusal",
    "storage.steps": "Step",
    "storage.swift": "SwiftStorage",
    "storage.swift_auth": "SwiftLogin SwiftRefusal",
    "storage.swift_rehearsal": "SwiftTrial",
    "version": "__version__=VERSION",
    "words": "nearest",
}
_HOME = {
    ours: (module, theirs or ours)
    for module, names in _HOMES.items()
    for ours, _, theirs in (name.partition("=") for name in names.split())
}
__all__ = sorted(["check", *_HOME])  # noqa: PLE0605  # computed from the one list above


def __getattr__(name: str) -> object:
    try:
        module, theirs = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    from registry_preflight.lean import import_module

    value: object = getattr(import_module(f"{__name__}.{module}"), theirs)
    globals()[name] = value
    return value
