"""What a config needs of its store: each action, on which resource, with which condition keys, and what fails without it.

The table is `config/rights/s3.toml`; here it is applied to one config and one release.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import NamedTuple, cast

from registry_preflight.check import DELETE, PUSH, Stage
from registry_preflight.config.effective import Config
from registry_preflight.config.tables import Data, at, load, spans
from registry_preflight.iam.conditions import Values
from registry_preflight.iam.kleene import Unknown
from registry_preflight.iam.patterns import ANYTHING

LAYOUT = "docker/registry/v2/"
_AMAZON = (".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".c2s.ic.gov", ".sc2s.sgov.gov")
AMAZON, CEPH, OTHER = "amazon", "ceph", "other"


class Need(NamedTuple):
    """One thing that the registry asks of its store.

    `context` are the condition keys of the request, in lower case; a key that is not there is unknown. `breaks` are the
    stages that fail without it, `unsure` those of which that is not known of this store, for the reason that `doubt` tells.
    `serious`: no stage fails without it, and yet it must not be missing. `writer_may`: the store lets the writer of the
    object have it without any policy (`None`: nobody knows). `asks` tells a listing in words.
    """

    action: str
    resource: str
    context: Mapping[str, Values]
    breaks: tuple[Stage, ...]
    unsure: tuple[Stage, ...]
    writer_may: bool | None
    purpose: str
    asks: str
    serious: bool = False
    doubt: str = ""


class S3Facts:
    """What a config of the s3 driver comes to, as far as rights go by it."""

    def __init__(self, config: Config, *, ceph: bool = False, account: str = "", now: float | None = None) -> None:
        self.config = config
        self._account = account
        self._now = time.time() if now is None else now
        self.store = AMAZON if self._at_amazon else CEPH if ceph else OTHER

    def _text(self, name: str) -> str:
        """A parameter's text, or its default; empty where this release does not read it."""
        return self.config.parameter(name).text if self.config.parameters.reads(name) else ""

    def _endpoint(self) -> tuple[str, str]:
        """Scheme and host that requests go to; no host for Amazon's own."""
        text = self._text("regionendpoint")
        scheme, schemed, rest = text.partition("://")
        if not schemed:
            scheme, rest = ("http" if self.config.parameter("secure").value is False else "https"), text
        authority = rest.replace("?", "/").replace("#", "/").partition("/")[0].rpartition("@")[2]
        return scheme.lower(), authority.partition(":")[0].lower()

    @property
    def _at_amazon(self) -> bool:
        host = self._endpoint()[1]
        return not self._text("regionendpoint") or host.endswith(_AMAZON)

    @property
    def bucket(self) -> str:
        return self._text("bucket")

    @property
    def root(self) -> str:
        """What all keys begin with: empty, or with a slash at its end."""
        inner = self._text("rootdirectory").strip("/")
        return f"{inner}/" if inner else ""

    @property
    def region(self) -> str:
        return self._text("region")

    @property
    def partition(self) -> str:
        """The partition of the region, which every ARN begins with."""
        if self.store != AMAZON:
            return "aws"
        beginnings = cast("dict[str, str]", _table()["partitions"])
        return next((name for begin, name in beginnings.items() if self.region.startswith(begin)), "aws")

    @property
    def key(self) -> str:
        return self._text("keyid")

    @property
    def encrypts(self) -> bool:
        return self.config.parameter("encrypt").value is True

    @property
    def key_arn(self) -> str:
        """The key's ARN. Its account and, of an alias, its id are not always in the config: `ANYTHING` stands there."""
        if self.key.startswith("arn:") and ":alias/" not in self.key:
            return self.key
        account = self._account or ANYTHING
        id = ANYTHING if self.alias else self.key
        return f"arn:{self.partition}:kms:{self.region}:{account}:key/{id}"

    @property
    def alias(self) -> str:
        """The alias that keyid names, such as alias/registry; empty where it names a key."""
        return self.key[self.key.index("alias/") :] if "alias/" in self.key else ""

    def is_true(self, name: str) -> bool:
        """Whether a condition of the table (`when`) is true of the config; none always is."""
        config = self.config
        if name == "redirect":
            return config.redirects_to_storage
        if name == "health":
            return config.get("health.storagedriver.enabled") is True
        if name == "proxy":
            return bool(config.text_at("proxy.remoteurl"))
        if name == "kms":
            return self.encrypts and bool(self.key)
        return name == "" or (name == "acl" and self._acl != "private")

    @property
    def _acl(self) -> str:
        return self._text("objectacl") or "private"

    def stage_is_served(self, stage: Stage) -> bool:
        """Whether the registry does this at all: it answers 405 to what the config switches off."""
        config = self.config
        read_only = config.get("storage.maintenance.readonly.enabled") is True
        if stage is DELETE:
            return config.get("storage.delete.enabled") is True and not read_only
        return stage is not PUSH or not read_only

    @cached_property
    def values(self) -> Mapping[str, Values]:
        """The facts that condition keys have as values, by the names of the table."""
        encryption = ("aws:kms" if self.key else "AES256") if self.encrypts else ""
        storage_class = str(self.config.parameter("storageclass").value or "").upper()
        v2 = self.config.parameters.reads("v4auth") and self.config.parameter("v4auth").value is False
        return {
            "secure": self._secure,
            "region": (self.region,) if self.store == AMAZON else Unknown("the condition key aws:RequestedRegion"),
            "now": (time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._now)),),
            "epoch": (str(int(self._now)),),
            "signature": ("AWS" if v2 else "AWS4-HMAC-SHA256",),
            "acl": (self._acl,),
            "storage-class": (storage_class,) if storage_class not in ("", "NONE") else None,
            "encryption": (encryption,) if encryption else None,
            "key": (self.key,) if self.key else None,
            "via": (f"s3.{self.region}.amazonaws.com{'.cn' * (self.partition == 'aws-cn')}",),
            "alias": (self.alias,) if self.alias else Unknown("the aliases of the key"),
        }

    @property
    def _secure(self) -> Values:
        """aws:SecureTransport. With Ceph a request over plain HTTP does not carry the key, so that a Deny of false does not bind it (16.2, seen)."""
        if self._endpoint()[0] == "https":
            return ("true",)
        unknown = Unknown("whether requests over plain HTTP carry the key aws:SecureTransport")
        return {AMAZON: ("false",), CEPH: None}.get(self.store, unknown)

    def prefix(self, text: str) -> Values:
        """s3:prefix. To Ceph an empty prefix is none (16.2, seen)."""
        if text or self.store == AMAZON:
            return (text,)
        return None if self.store == CEPH else Unknown("whether an empty prefix counts as one")

    @property
    def long_term_key(self) -> bool:
        return self._text("accesskey").startswith("AKIA")


def rights_of_request(request: str) -> tuple[str, str, str]:
    """The right that an S3 request takes on the bucket, on the object, and on the one it copies from; empty where none."""
    bucket, key, source = (*cast("dict[str, list[str]]", _table()["requests"])[request], "", "")[:3]
    return bucket, key, source


def _table() -> Data:
    return load("rights/s3")


def s3_needs(facts: S3Facts) -> tuple[Need, ...]:
    """Everything that the config's release asks of its store, and what fails without it."""
    version = facts.config.release.version
    made: list[Need] = []
    for entry in cast("list[Data]", _table()["rights"]):
        stores = entry.get("stores")
        if not spans(entry, version) or not facts.is_true(str(entry.get("when", ""))):
            continue
        if isinstance(stores, list) and facts.store not in stores:
            continue
        breaks, unsure, served = _stages(entry, facts)
        if served:
            made.extend(_asked(entry, facts, breaks, unsure))
    return tuple(made)


def _stages(entry: Data, facts: S3Facts) -> tuple[tuple[Stage, ...], tuple[Stage, ...], bool]:
    """The stages that fail without a right, those that may, and whether the config has a use for it at all."""
    version = facts.config.release.version
    each = _named(at(entry["breaks"], version))
    whole = _named(at(entry["breaks_whole"], version)) if "breaks_whole" in entry else each
    refuses_whole = _of_store(facts, "refuses_whole_delete")
    certain = each & whole if refuses_whole is None else whole if refuses_whole else each
    unsure = (each | whole) - certain if refuses_whole is None else frozenset[Stage]()
    doubted = entry.get("unsure_at")
    if isinstance(doubted, list) and facts.store in doubted:
        certain, unsure = frozenset(), each
    named = _named([entry["stage"]]) if "stage" in entry else each | whole
    served = {stage for stage in named if facts.stage_is_served(stage)}
    in_order = [
        tuple(stage for stage in Stage if stage in chosen and facts.stage_is_served(stage))
        for chosen in (certain, unsure)
    ]
    return in_order[0], in_order[1], bool(served) or not named


def _named(names: object) -> frozenset[Stage]:
    return frozenset(Stage(str(name)) for name in names) if isinstance(names, list) else frozenset()


def _of_store(facts: S3Facts, name: str) -> bool | None:
    value = cast("dict[str, Data]", _table()["stores"])[facts.store].get(name)
    return value if isinstance(value, bool) else None


def _asked(entry: Data, facts: S3Facts, breaks: tuple[Stage, ...], unsure: tuple[Stage, ...]) -> Iterator[Need]:
    """A need for each object and each listing of an entry."""
    sends = [str(name) for name in cast("list[object]", entry.get("sends", []))]
    listings = cast("list[list[str]]", entry.get("asks", [["", "", ""]]))
    writer_may = _of_store(facts, "writer_reads") if entry.get("own") else False
    for on, listing in product(cast("list[str]", entry["on"]), listings):
        context, asks = _context(facts, sends, listing)
        yield Need(
            action=str(entry["action"]),
            resource=_resource(facts, on),
            context=context,
            breaks=breaks,
            unsure=unsure,
            writer_may=writer_may,
            purpose=str(entry["purpose"]),
            asks=asks,
            serious=entry.get("serious") is True,
            doubt=str(entry.get("doubt", "")),
        )


def _key_of(facts: S3Facts, file: str) -> str:
    path = cast("dict[str, str]", _table()["files"])[file]
    return facts.root + (path[1:] if path.startswith("/") else LAYOUT + path)


def _resource(facts: S3Facts, on: str) -> str:
    if on == "key":
        return facts.key_arn
    bucket = f"arn:{facts.partition}:s3:::{facts.bucket}"
    return bucket if on == "bucket" else f"{bucket}/{_key_of(facts, on)}"


def _context(facts: S3Facts, sends: list[str], listing: list[str]) -> tuple[dict[str, Values], str]:
    """The condition keys of a request, and a listing in words."""
    keys = cast("dict[str, dict[str, str]]", _table()["keys"])
    file, delimiter, most = listing
    prefix = _key_of(facts, file) if file else ""
    values: dict[str, Values] = {
        **facts.values,
        "prefix": facts.prefix(prefix) if file else None,
        "delimiter": (delimiter,) if delimiter else None,
        "most": (most,) if most else None,
    }
    groups = ["every", "presigned" if "presigned" in sends else "header", *sends, *(["list"] if file else [])]
    context: dict[str, Values] = {
        key.lower(): None for group in keys.values() if isinstance(group, dict) for key in group
    }
    context.update((key.lower(), None) for key in _listed(keys, "never"))
    if facts.long_term_key:
        context.update((key.lower(), None) for key in _listed(keys, "never_with_long_term_key"))
    for key, name in (item for group in groups for item in keys[group].items()):
        context[key.lower()] = (name.strip("'"),) if name.startswith("'") else values[name]
    asks = f"prefix {prefix!r}" + (f", delimiter {delimiter!r}" if delimiter else "") if file else ""
    return context, asks


def _listed(keys: Mapping[str, object], name: str) -> list[str]:
    return [str(key) for key in cast("list[object]", keys[name])]
