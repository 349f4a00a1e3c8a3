"""One case of the tables beside this file, laid out on a real cluster: a seeded container, then the fault, then the config."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from registry_preflight.fixtures import referee
from registry_preflight.fixtures.backend import free_port
from registry_preflight.fixtures.keystone import Keystone, Project
from registry_preflight.fixtures.openstack import Answer, ask
from registry_preflight.fixtures.swift import PLAIN, Account, Swift, Variant

from registry_preflight import Options, Report, check_config, load_config

CONTAINER = "registry"
#: Seconds for a check on a machine that is busy with others.
PATIENCE = 240
#: Bytes of a layer that takes two segments, and half the time of the referee's own: enough where its size is no matter.
TWO_CHUNKS = 21 << 20
STAGES = ("start", "push", "pull", "delete", "gc")
#: As in a config that somebody who knows the driver would write.
QUIET = {"version": 0.1, "log": {"accesslog": {"disabled": True}}, "http": {"addr": "127.0.0.1:0", "secret": "s"}}


class Case(NamedTuple):
    """A case of a table; the head of `cases.yml` explains the fields."""

    id: str
    fails: frozenset[str]
    says: str
    given: Mapping[str, Any]

    def get(self, name: str, default: Any = None) -> Any:
        """A field."""
        return self.given.get(name, default)


class Objects(NamedTuple):
    """What a registry stored, to be laid into other containers: three images as the referee seeds them."""

    seeds: referee.Seeds
    stored: Mapping[str, tuple[str, bytes]]  # name to its manifest header and content


@cache
def cases(table: str = "cases.yml") -> tuple[Case, ...]:
    """The cases of a table, in its order."""
    found = []
    for given in yaml.safe_load(Path(__file__).with_name(table).read_text()):
        fails = given.get("fails", [])
        stages = STAGES if fails == "start" else fails
        found.append(Case(given["id"], frozenset(stages), given.get("says", ""), given))
    return tuple(found)


Ask = Callable[..., Answer]


def record(swift: Swift, folder: Path) -> Objects:
    """Have a registry store the seeds once, and keep what it stored."""
    account = swift.account()
    path = write(folder / "seed.yml", v1_parameters(account), {})
    # Without layers: the config of an image is a blob like any, and one is enough to be fetched and collected.
    seeds = referee.seed(path, sizes=())
    owner = {"X-Auth-Token": account.token()}
    place = f"{account.storage_url}/{CONTAINER}"
    names = [entry["name"] for entry in ask("GET", f"{place}?format=json", owner).expect(200).json()]

    def fetch(name: str) -> tuple[str, bytes]:
        said = ask("GET", f"{place}/{name}?multipart-manifest=get", owner).expect(200)
        return said.headers.get("x-object-manifest", ""), b"" if "x-object-manifest" in said.headers else said.body

    with ThreadPoolExecutor(4) as pool:
        return Objects(seeds, dict(zip(names, pool.map(fetch, names), strict=True)))


def lay(objects: Objects, storage_url: str, token: str, container: str = CONTAINER) -> None:
    """Make a container and put the seeds into it."""
    owner = {"X-Auth-Token": token}
    ask("PUT", f"{storage_url}/{container}", owner).expect(201, 202)

    def put(item: tuple[str, tuple[str, bytes]]) -> None:
        name, (manifest, content) = item
        headers = owner | ({"X-Object-Manifest": manifest.replace(CONTAINER, container, 1)} if manifest else {})
        ask(
            "PUT", f"{storage_url}/{container}/{name}", headers | {"Content-Length": str(len(content))}, content
        ).expect(201)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, objects.stored.items()))


def v1_parameters(account: Account, user: tuple[str, str] | None = None) -> dict[str, object]:
    """The driver's parameters for a user of an account."""
    name, password = user or account.owner
    return {"authurl": account.auth_url, "username": name, "password": password, "container": CONTAINER}


def v3_parameters(project: Project, user: str = "") -> dict[str, object]:
    """The driver's parameters for a user of a project."""
    return {
        "authurl": project.auth_url,
        "username": user or project.user,
        "password": project.password,
        "domain": "Default",
        "tenant": project.name,
        "region": "RegionOne",
        "container": CONTAINER,
    }


def write(path: Path, parameters: Mapping[str, object], storage: Mapping[str, object]) -> Path:
    """A config file. JSON is YAML, and leaves no doubt about types."""
    config = QUIET | {"storage": {"delete": {"enabled": True}, **storage, "swift": dict(parameters)}}
    path.write_text(json.dumps(config))
    return path


@cache
def shared(keystone: Keystone) -> Project:
    """One project for all cases that do nothing to it."""
    return keystone.project()


class Trial:
    """A case made real: `config` is the file that the registry is to read."""

    def __init__(
        self, case: Case, swift: Swift, keystone: Callable[[], Keystone], objects: Objects, folder: Path
    ) -> None:
        self.case = case
        self._swift = swift
        self._objects = objects
        self.seeded = bool(case.get("seeded", case.fails != frozenset(STAGES) or "setup" in case.given))
        self.variant = _variant(case.get("variant", {}))
        address = swift.proxy()
        self.words = {
            "CLOSED": str(free_port()),
            "SWIFT_PORT": address.rpartition(":")[2],
            "SWIFT": address,
            "LONG": "x" * 300,
        }
        parameters = self._by_keystone(keystone()) if case.get("login") == "v3" else self._by_tempauth()
        for action in case.get("setup", []):
            self._do(*next(iter(action.items())))
        parameters |= self._filled(case.get("with", {}))
        for name in case.get("without", []):
            parameters.pop(name, None)
        self.config = write(folder / "config.yml", parameters, self._filled(case.get("storage", {})))

    @property
    def seeds(self) -> referee.Seeds | None:
        """What is there to pull, to delete and to collect."""
        return self._objects.seeds if self.seeded else None

    def judged(self) -> dict[str, str]:
        """What the real registry did in each stage, as far as there was something to do it to."""
        layers = (referee.SMALL_LAYER, referee.LARGE_LAYER if self.case.get("large") else TWO_CHUNKS)
        did = referee.judge(self.config, self.seeds, layers=layers)
        if did["start"] == "works" and not self.seeded:
            return {stage: did[stage] for stage in ("start", "push")}
        if did["gc"] == "works" and self._garbage():
            did["gc"] = "exit 0, and the garbage is still there"
        return {stage: said for stage, said in did.items() if said != "not tried"}

    def foretold(self) -> Report:
        """What is foretold, with the store seen to be left as it was."""
        before = self.state()
        report = check_config(
            load_config(self.config.read_bytes(), {}, "registry-2.8", options=Options(deadline=PATIENCE))
        )
        assert self.state() == before
        assert report.left_behind == ()
        return report

    def state(self) -> object:
        """Everything that the owner sees of the account: containers with their metadata, and objects."""
        listed = self.ask("GET", "?format=json").json()
        metadata = {
            place: {name: value for name, value in self.ask("HEAD", place).headers.items() if "meta" in name}
            for place in ("", *(f"/{one['name']}" for one in listed))
        }
        names = {
            one["name"]: sorted(
                (each["name"], each["hash"]) for each in self.ask("GET", f"/{one['name']}?format=json").json()
            )
            for one in listed
        }
        return metadata, names

    def _garbage(self) -> bool:
        """Whether the blob that should have been collected is still in the container."""
        (digest,) = self._objects.seeds.collect.blobs
        name = digest.partition(":")[2]
        place = f"/{CONTAINER}/files/docker/registry/v2/blobs/sha256/{name[:2]}/{name}/data"
        return bool(self.ask("HEAD", place).status == 200)

    def _by_tempauth(self) -> dict[str, object]:
        self.account = account = self._swift.account(PLAIN if not self.variant.limits else self.variant)
        self.ask: Ask = account.ask
        self.words |= {"GUEST": account.guest[0], "ACCOUNT": account.name, "OTHER": f"{account.name[:1]}399"}
        if self.seeded:
            lay(self._objects, account.storage_url, account.token())
        seen = self._swift.elsewhere(account, self.variant)
        return v1_parameters(seen, account.guest if self.case.get("user") == "guest" else None)

    def _by_keystone(self, keystone: Keystone) -> dict[str, object]:
        # Where nothing is to be laid there, nobody minds others in the project, and to make one takes a second.
        project = keystone.project() if self.seeded or "setup" in self.case.given else shared(keystone)
        self.ask = project.ask
        self.words |= {
            "KEYSTONE_PORT": keystone.url.rpartition(":")[2],
            "SWIFT_KEYSTONE": self._swift.proxy(Variant(keystone=keystone.url)),
            "KEYSTONE": keystone.url,
            "GUEST": f"{project.id}:{project.guest_id}",
            "PROJECT": project.name,
            "PROJECT_ID": project.id,
            "USER": project.user,
            "LAB_ID": keystone.ids["domain:lab"],
            "OTHER_ID": keystone.ids["project:other"],
        }
        if self.case.get("trust"):
            self.words["TRUST"] = keystone.trust(project)
        if self.case.get("endpoint"):
            self.words["REGION"] = keystone.region_at(str(self._filled(self.case.get("endpoint"))))
        if self.seeded:
            lay(self._objects, project.storage_url, project.token())
        parameters = v3_parameters(project, project.guest if self.case.get("user") == "guest" else "")
        if self.variant != PLAIN:
            parameters["region"] = keystone.region(self.variant)
        return parameters

    def _do(self, action: str, given: Any) -> None:
        """One step that breaks something: a POST of headers to the container or the account, a DELETE, a PUT."""
        given = self._filled(given)
        if action == "container":
            self.ask("POST", f"/{CONTAINER}", given).expect(204)
        elif action == "account":
            self.ask("POST", "", given).expect(204)
        elif action == "reseller":
            admin = ask("GET", self.account.auth_url, {"X-Auth-User": "admin:admin", "X-Auth-Key": "admin"})
            token = {"X-Auth-Token": admin.expect(200).headers["x-auth-token"]}
            ask("POST", self.account.storage_url, token | given).expect(204)
        elif action == "fill":
            self.ask("PUT", f"/{CONTAINER}/filling", {}, b"x" * int(given)).expect(201)
        elif action == "put":
            name, headers = next(iter(given.items()))
            self.ask("PUT", f"/{CONTAINER}/{name}", headers).expect(201)
        elif action == "make":
            self.ask("PUT", f"/{given}").expect(201, 202)
        elif action == "update_accounts":
            self._swift.update_accounts()
        else:
            raise ValueError(action)

    def _filled(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: self._filled(inner) for name, inner in value.items()}
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [self._filled(inner) for inner in value]
        if isinstance(value, str):
            for word, text in self.words.items():
                value = value.replace(f"@{word}@", text)
        return value


def _variant(given: Mapping[str, Any]) -> Variant:
    return Variant(
        without=tuple(given.get("without", ())),
        adding=tuple(given.get("adding", ())),
        settings=tuple(tuple(setting) for setting in given.get("settings", ())),
        limits=tuple((name, str(value)) for name, value in given.get("limits", {}).items()),
    )
