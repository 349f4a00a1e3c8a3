"""`swift.redirected-pulls`."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from registry_preflight import PULL, CannotTell, Finding, SwiftStorage, blocker, check, note, warning
from registry_preflight.storage.swift_rehearsal import LET_IN

from ._terms import CONTAINER, DENIED, who

WHY = "The registry starts, pushes work and its log shows nothing: the storage answers 401 to every client that pulls a layer."
HAND_OUT = "set storage.redirect.disable: true, and the registry hands the layers out itself"


@check(
    "swift.redirected-pulls",
    storage=SwiftStorage,
    needs=[CONTAINER],
    touches="reads",
    drivers=["swift"],
    stages=(PULL,),
)
def redirected_pulls(storage: SwiftStorage) -> Iterator[Finding]:
    """A client that is sent to the storage gets the layer.

    With `redirect` on, the registry answers the pull of a layer with an address of the storage that is signed by SHA-1 with a
    key of the container. At its start the driver reads the key, and writes one where there is none or `secretkey` is another;
    only the account's owner may do either. If that is refused it says nothing and signs with a key that the cluster does not
    know (2.8.2 with a real Swift). This check changes no key: it asks what the cluster signs with, whether the user may set a
    key (tried on a container of the run's own), and, where the key is known, for an address that is signed with it.
    """
    if not storage.config.redirects or "GET" not in storage.temp_urls.methods:
        return
    digests = storage.info.digests
    if digests and "sha1" not in digests:
        yield _broken(
            f"The cluster takes no addresses that are signed by SHA-1, the only way that the driver knows: {', '.join(digests)}.",
            f"Have the cluster's operators add sha1 to allowed_digests, or {HAND_OUT}.",
        )
    elif storage.config.parameter("accesskey").text:
        yield _broken(
            "accesskey gives the addresses a form that Swift refuses.",
            f"Remove storage.swift.accesskey, or {HAND_OUT}.",
        )
    else:
        yield from _key(storage)


def _key(storage: SwiftStorage) -> Iterator[Finding]:
    known, given = storage.rehearsal.known_key, storage.config.parameter("secretkey").text
    if known and given in ("", known):
        yield from _tried(storage, "the key that is there")
    elif storage.owner and not storage.info.has("read_only") and _sets_keys(storage):
        # The start writes a key, and the cluster then knows it.
        if known:
            yield note(
                what="secretkey is not the key that is there: the registry overwrites that at its start.",
                why="Addresses that others signed with the old key stop working.",
                fix="Give the key that is there, or leave storage.swift.secretkey out.",
                where="storage.swift.secretkey",
            )
        yield from _accepted(storage)
    elif given:
        yield from _tried(storage, "secretkey")
    elif storage.owner is None:
        raise CannotTell(
            "whether the user may set the key of temporary addresses is not known, for the account does not answer"
        )
    else:
        what = (
            "the cluster takes no changes"
            if storage.info.has("read_only")
            else f"{who(storage)} is not the account's owner"
        )
        yield _broken(
            f"The registry can't set the key that it signs with, for {what}.",
            f"Give the container's key, which its owner knows, as storage.swift.secretkey, or {HAND_OUT}.",
        )


def _sets_keys(storage: SwiftStorage) -> bool:
    """Whether the start will be able to write a key. Who may ask for the account need not own it: an ACL of the account will do."""
    if not storage.temp_urls.on_container:
        return True
    if storage.options.read_only:
        raise CannotTell(
            "whether the user may set a key is seen only where one is set, on a container of the run's own"
        )
    step = storage.rehearsal.step("own key")
    if step.blocked:
        raise CannotTell("whether the user may set a key could not be tried")
    return step.ok and step.value is not None


def _accepted(storage: SwiftStorage) -> Iterator[Finding]:
    """Whether the cluster accepts what is signed by a key that it keeps: it may lack TempURL, or check another path."""
    named = storage.info.has("tempurl")
    if named and not storage.temp_urls.on_container:
        return
    step = None if storage.options.read_only else storage.rehearsal.step("own key")
    answer = step.value if step is not None and step.ok else None
    if answer is not None and answer.status in LET_IN:
        return
    if answer is None or answer.status not in DENIED or not storage.temp_urls.on_container:
        raise CannotTell("whether the cluster accepts addresses that are signed could not be tried")
    path = urlsplit(storage.session.storage_url).path
    yield _broken(
        f"The cluster keeps a key, and refuses an address that is signed with it as the driver does: {answer.status}.",
        f"Have the cluster's operators see that the catalog's path {path} is the one that TempURL checks (/v1/…), or {HAND_OUT}."
        if named
        else f"The cluster does not tell whether it has TempURL: have its operators add it, or {HAND_OUT}.",
    )


def _tried(storage: SwiftStorage, key: str) -> Iterator[Finding]:
    step = storage.rehearsal.step("signed GET")
    if step.blocked:
        raise CannotTell("an address that is signed could not be tried")
    if step.refusal is None:
        if not storage.options.read_only:
            yield from _fetched(storage)
        return
    if step.refusal.status not in DENIED:
        raise CannotTell(f"an address that is signed with {key} is answered {step.refusal.short}")
    yield _broken(
        f"An address that is signed with {key} is refused: {step.refusal.short}.",
        "Give the container's key, which its owner knows, as storage.swift.secretkey (Swift keeps no key above 256 bytes, and no"
        f" blanks or line ends around it), or {HAND_OUT}.",
        where="storage.swift.secretkey",
        evidence=step.refusal,
    )


def _fetched(storage: SwiftStorage) -> Iterator[Finding]:
    """A blob of this run, fetched as a client does; nothing is said where none could be written."""
    storage.rehearsal.begin("signed GET of a blob", "signed HEAD of a blob")
    got, head = (storage.rehearsal.step(f"signed {method} of a blob") for method in ("GET", "HEAD"))
    if got.refusal is not None or (got.ok and got.value.body != storage.rehearsal.content):
        said = f"is answered {got.refusal.short}" if got.refusal else "brings something else"
        yield _broken(
            f"A blob that a client is sent to {said}.", f"See what stands in front of the storage, or {HAND_OUT}.",
            evidence=got.refusal or (),
        )  # fmt: skip
    elif head.refusal is not None:
        yield warning(
            what=f"A client that asks by HEAD for a blob it is sent to is answered {head.refusal.short}.",
            why="Clients ask so whether a layer is there before they push it.",
            fix=f"See what stands in front of the storage, or {HAND_OUT}.",
            where="storage.redirect.disable",
            evidence=head.refusal,
        )


def _broken(what: str, fix: str, where: str = "storage.redirect.disable", evidence: object = ()) -> Finding:
    return blocker(what=what, why=WHY, fix=fix, where=where, breaks=(PULL,), evidence=evidence)
