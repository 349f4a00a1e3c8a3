"""A Swift container as a check may use it: the requests that the registry's driver makes, and no verdicts."""

from __future__ import annotations

import json
import posixpath
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from registry_preflight.storage import probe_names
from registry_preflight.storage.network import Answer, Meter, NetworkTrouble, Proxies, Transport, Trust
from registry_preflight.storage.swift_auth import SwiftLogin, SwiftRefusal, log_in, refusal

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config
    from registry_preflight.config.options import Options
    from registry_preflight.ledger import Entry, Ledger
    from registry_preflight.storage.clock import Offset
    from registry_preflight.storage.swift_diagnosis import Diagnosis
    from registry_preflight.storage.swift_info import Info, TempUrls
    from registry_preflight.storage.swift_rehearsal import Rehearsal
    from registry_preflight.storage.swift_survey import Survey

__all__ = ["NetworkTrouble", "Outcome", "SwiftLogin", "SwiftRefusal", "SwiftStorage"]

LAYOUT = "docker/registry/v2"
#: How many names the driver asks for at a time; a cluster that allows fewer refuses.
PAGE = 1000
_T = TypeVar("_T")


class Outcome(NamedTuple):
    """What became of something that several checks look at: one of the three."""

    value: Any = None
    refusal: SwiftRefusal | None = None
    trouble: NetworkTrouble | None = None

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return self.refusal is None and self.trouble is None


class Unremoved(Exception):
    """The cluster refused to remove an object; the text says why."""


class SwiftStorage:
    """The container of one config. Verbs raise `SwiftRefusal` with what the cluster said, and `NetworkTrouble` where it said nothing.

    Whatever is made goes into the ledger before. Nothing is ever posted: no metadata, no key, no ACL is changed.
    """

    Unremoved = Unremoved

    def __init__(self, config: Config, ledger: Ledger, run_id: str) -> None:
        self.config = config
        self.ledger = ledger
        self.run_id = run_id
        self.container = config.parameter("container").text
        self.prefix = config.parameter("prefix").text
        self.meter = Meter(config.secrets.mask)
        self._making = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._made: dict[str, object] = {}
        self._entries: dict[str, Entry] = {}

    def once(self, name: str, make: Callable[[], _T]) -> _T:
        """What several threads ask for at the same time, made by the first of them while the others wait."""
        with self._making:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            if name not in self._made:
                self._made[name] = make()
            return cast("_T", self._made[name])

    @property
    def options(self) -> Options:
        """The options of the run."""
        return self.config.options

    @property
    def transport(self) -> Transport:
        """Connections as the driver makes them: `insecureskipverify` takes any certificate, and proxies are used all the same."""
        return self.once("transport", self._transport)

    def _transport(self) -> Transport:
        environment, release = self.config.environment, self.config.release
        blind = self.config.parameter("insecureskipverify").value is True
        proxies = Proxies.of(release, environment)
        return Transport(environment, Trust.of(release, environment, verify=not blind), self.meter, proxies=proxies)

    def close(self) -> None:
        """Let go of idle connections."""
        transport = self._made.get("transport")
        if isinstance(transport, Transport):
            transport.close()

    # What is asked once for all checks

    @property
    def login(self) -> Outcome:
        """The login, whose value is a `SwiftLogin`."""
        return self.once("login", lambda: self.tried(lambda: log_in(self.config, self.transport)))

    @property
    def head(self) -> Outcome:
        """HEAD of the container, whose value is an `Answer`: what the driver asks first."""
        return self.once("head", lambda: self.tried(lambda: self.send("HEAD")))

    @property
    def account(self) -> Outcome:
        """HEAD of the account, which its owner alone may ask; the value is an `Answer`."""
        return self.once("account", lambda: self.tried(lambda: self.ask("HEAD", self.session.storage_url)))

    @property
    def owner(self) -> bool | None:
        """Whether the user may do anything with the account; `None` where that is not known."""
        outcome = self.account
        if outcome.ok:
            return True
        return False if outcome.refusal is not None and outcome.refusal.status in (401, 403) else None

    @property
    def info(self) -> Info:
        """What the cluster says of itself, as the driver asks for it: without a token."""
        from registry_preflight.storage.swift_info import ask_info

        return self.once("info", lambda: ask_info(self))

    @property
    def temp_urls(self) -> TempUrls:
        """What the driver will sign for, and where it keeps the key."""
        from registry_preflight.storage.swift_info import temp_urls

        return self.once("temp urls", lambda: temp_urls(self))

    @property
    def diagnosis(self) -> Diagnosis:
        """What is wrong with a login by version 3 that was refused."""
        from registry_preflight.storage.swift_diagnosis import diagnose

        return self.once("diagnosis", lambda: diagnose(self))

    @property
    def clock_offset(self) -> Offset | None:
        """How far the storage's clock is ahead of this machine's, by the answers so far; `None` where none has a date."""
        from registry_preflight.storage.clock import offset_of

        host = urlsplit(self.session.storage_url).hostname
        return offset_of(sample for sample in self.meter.samples if sample.host == host)

    @property
    def rehearsal(self) -> Rehearsal:
        """What the stages do with the container, tried once for all checks."""
        from registry_preflight.storage.swift_rehearsal import Rehearsal

        return self.once("rehearsal", lambda: Rehearsal(self))

    @property
    def survey(self) -> Survey:
        """What lies in the container already."""
        from registry_preflight.storage.swift_survey import Survey

        return self.once("survey", lambda: Survey(self))

    @property
    def session(self) -> SwiftLogin:
        """The login, where there is one. Raises the `SwiftRefusal` or `NetworkTrouble` of the login."""
        outcome = self.login
        for trouble in (outcome.refusal, outcome.trouble):
            if trouble is not None:
                raise trouble
        return cast("SwiftLogin", outcome.value)

    @staticmethod
    def tried(work: Callable[[], object]) -> Outcome:
        """Do it, and keep what came of it."""
        try:
            return Outcome(work())
        except SwiftRefusal as refused:
            return Outcome(refusal=refused)
        except NetworkTrouble as trouble:
            return Outcome(trouble=trouble)

    @property
    def user(self) -> str:
        """Who asks, for a sentence."""
        return f"the user {self.config.parameter('username').text}"

    # Names

    def path(self, *names: str) -> str:
        """The name of an object for a path below the registry's own directory, as the driver makes it."""
        return "/".join((self.prefix, "files", LAYOUT, *names)).strip("/")

    def segments(self, path: str, chance: bytes) -> str:
        """The name below which the segments of an object lie: the driver's own form, with 32 random bytes in it."""
        empty_sha1 = bytes.fromhex("da39a3ee5e6b4b0d3255bfef95601890afd80709")
        text = (path.encode() + chance + empty_sha1).hex()
        return f"{self.prefix}/segments/{text[:3]}/{text[3:]}".strip("/")

    def url(self, name: str = "", query: Iterable[tuple[str, str]] = (), container: str | None = None) -> str:
        """The address of the container, or of an object in it."""
        whole = self.container if container is None else container
        path = f"{whole}/{name}" if name else whole
        pairs = urlencode(list(query), quote_via=quote)
        return f"{self.session.storage_url}/{quote(path, safe=_SAFE)}" + (f"?{pairs}" if pairs else "")

    # Requests

    def ask(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """A request with the token. Raises `SwiftRefusal` for anything but 2xx."""
        given = {"X-Auth-Token": self.session.token, **(headers or {})}
        pieces: bytes | list[bytes] = body
        if given.get("Transfer-Encoding"):
            framed = b"%x\r\n%s\r\n" % (len(body), body) if body else b""
            pieces = [framed + b"0\r\n\r\n"]
        answer = self.transport.send(method, url, given, pieces)
        if not 200 <= answer.status < 300:
            place = url.removeprefix(self.session.storage_url).partition("?")[0] or "the account"
            raise refusal(answer, f"{method} {place}")
        return answer

    def send(
        self,
        method: str,
        name: str = "",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        query: Iterable[tuple[str, str]] = (),
    ) -> Answer:
        """A request to the place that is rehearsed in: the container, or the one that stands in for it."""
        return self.ask(method, self.url(name, query, self.place), headers, body)

    @property
    def place(self) -> str:
        """The container that is rehearsed in: the registry's, or one of this run's where that does not exist yet."""
        return str(self._made.get("stand-in") or self.container)

    def put(self, name: str, content: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """PUT of an object in chunks, as the driver sends segments and what joins them: a quota can't be compared with its length."""
        chunked = {"Transfer-Encoding": "chunked", "Content-Type": "application/octet-stream", **(headers or {})}
        return self._made_by(name, lambda: self.send("PUT", name, chunked, content))

    def put_whole(self, name: str, content: bytes) -> Answer:
        """PUT of an object with its length, as the driver sends small files."""
        return self._made_by(
            name, lambda: self.send("PUT", name, {"Content-Type": "application/octet-stream"}, content)
        )

    def copy(self, source: str, name: str) -> None:
        """COPY, as the driver moves what has no segments."""
        destination = {"Destination": quote(f"{self.place}/{name}", safe=_SAFE)}
        self._made_by(name, lambda: self.send("COPY", source, destination))

    def _made_by(self, name: str, make: Callable[[], Answer]) -> Answer:
        """Make an object that is in the ledger meanwhile, and stays there unless the cluster says that it made none."""
        with self.ledger.creating("object", f"{self.place}/{name}", lambda: self.remove(name)) as entry:
            self._entries[name] = entry
            try:
                return make()
            except SwiftRefusal as refused:
                if 400 <= refused.status < 500 and refused.status not in (408, 499):
                    self.forget(name)
                raise

    def listing(self, prefix: str, delimiter: str = "", most: int = PAGE, after: str = "") -> list[dict[str, Any]]:
        """GET of names, as the driver asks for them: `name`, `bytes`, or `subdir` of each."""
        query = [("format", "json"), ("limit", str(most)), ("prefix", prefix)]
        query += [("delimiter", delimiter)] if delimiter else []
        query += [("marker", after)] if after else []
        return json_list(self.send("GET", query=query))

    def make_stand_in(self) -> None:
        """PUT of a container of this run's own, for the registry's does not exist yet and is not ours to make."""
        self.make_container(probe_names.repository(self.run_id))
        self._made["stand-in"] = probe_names.repository(self.run_id)

    def make_container(self, name: str, headers: Mapping[str, str] | None = None) -> Entry:
        """PUT of a container with a name of this run's; it is removed at the end, or by its entry before."""

        def remove() -> None:
            self.gone(lambda: self.ask("DELETE", self.url(container=name)), name)

        with self.ledger.creating("container", name, remove) as entry:
            try:
                self.ask("PUT", self.url(container=name), headers)
            except SwiftRefusal as refused:
                if 400 <= refused.status < 500:
                    self.ledger.forget(entry)
                raise
        return entry

    # Removal

    def bulk_delete(self, names: list[str]) -> dict[str, Any]:
        """The bulk delete of the account, as the driver asks for it; the cluster's own account of it.

        No more names than `Info.bulk_delete` says: what is above that the cluster leaves where it is.
        """
        body = "\n".join(quote(f"{self.place}/{name}", safe=_SAFE) for name in names).encode()
        headers = {"Accept": "application/json", "Content-Type": "text/plain", "Content-Length": str(len(body))}
        answer = self.ask("DELETE", f"{self.session.storage_url}?bulk-delete=1", headers, body)
        try:
            said = json.loads(answer.body)
        except (ValueError, RecursionError):
            raise refusal(answer, "DELETE ?bulk-delete=1") from None
        return said if isinstance(said, dict) else {}

    def remove(self, name: str) -> None:
        """DELETE of an object; one that is not there is gone. Raises `Unremoved`."""
        self.gone(lambda: self.send("DELETE", name), name)
        self.forget(name)

    def forget(self, name: str) -> None:
        """Strike out of the ledger what is gone."""
        if entry := self._entries.pop(name, None):
            self.ledger.forget(entry)

    @staticmethod
    def gone(delete: Callable[[], object], name: str) -> None:
        """Delete something that may be gone already. Raises `Unremoved`."""
        try:
            delete()
        except SwiftRefusal as refused:
            if refused.status != 404:
                raise Unremoved(f"the cluster answers {refused.short}") from None

    # Earlier runs

    def leftovers(self) -> list[str]:
        """Objects and containers of earlier runs, as `container/name`."""
        from registry_preflight.storage.swift_cleanup import leftovers

        try:
            return leftovers(self)
        except (SwiftRefusal, NetworkTrouble):  # what can't be listed can't be found; `clean_up` tells
            return []

    def clean_up(self) -> list[str]:
        """Remove what earlier runs left; what stayed, with the reason."""
        from registry_preflight.storage.swift_cleanup import clean_up

        try:
            return clean_up(self)
        except (SwiftRefusal, NetworkTrouble) as trouble:
            return [f"{self.container}: what is left can't be looked for: {trouble}"]

    @property
    def repository(self) -> str:
        """The repository of this run's probes."""
        return probe_names.repository(self.run_id)

    @property
    def info_url(self) -> str:
        """Where the driver asks what the cluster can: two steps above the account."""
        parts = urlsplit(self.session.storage_url)
        return urlunsplit((parts.scheme, parts.netloc, posixpath.normpath(f"{parts.path}/../../info"), "", ""))


#: What Go leaves as it is in a path.
_SAFE = "/$&+,:;=@!*'()~"


def json_list(answer: Answer) -> list[dict[str, Any]]:
    """A listing; an empty body is an empty one. Raises `SwiftRefusal` where it is none."""
    if not answer.body.strip():
        return []
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, list):
        raise refusal(answer, "GET of a list")
    return [one for one in said if isinstance(one, dict)]
