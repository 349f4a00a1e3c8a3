"""`REGISTRY_*` variables over the file: order, replacement, maps that cannot be reached, list positions, panics."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.registry import Registry

from registry_preflight import Config, Stage, foretell
from registry_preflight.config.overrides import APPLIED, UNKNOWN, UNREACHABLE, WITHOUT_EFFECT

from .reading import HEAD, problem, read

FILE = "version: 0.1\nstorage: {filesystem: {rootdirectory: /a}, delete: {enabled: true}}\n"
OLD, NEW = "registry-2.8", "registry-3.1"
EVERY = ("registry-2.5", "registry-2.7", OLD, NEW)


def laid(environment: dict[str, str], text: str = FILE, target: str = OLD) -> Config:
    config = read(text, environment, target)
    assert not config.problems, config.problems
    return config


def fate(name: str, value: str = "x", text: str = FILE, target: str = OLD) -> str:
    (override,) = laid({name: value}, text, target).overrides
    return override.fate


@pytest.mark.parametrize("target", EVERY)
class TestEveryRelease:
    def test_each_piece_is_a_level(self, target: str) -> None:
        config = laid({"REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY": "/b"}, target=target)
        assert config.get("storage.filesystem.rootdirectory") == "/b"

    def test_the_value_is_yaml(self, target: str) -> None:
        config = laid({"REGISTRY_STORAGE_FILESYSTEM_MAXTHREADS": "0x20"}, target=target)
        assert config.get("storage.filesystem.maxthreads") == 32

    def test_the_driver_alone_replaces_the_whole_section(self, target: str) -> None:
        config = laid({"REGISTRY_STORAGE": "inmemory"}, target=target)
        assert list(config.section("storage")) == ["inmemory"]

    def test_the_driver_comes_before_its_parameters(self, target: str) -> None:
        config = laid({"REGISTRY_STORAGE_S3_BUCKET": "b", "REGISTRY_STORAGE": "s3"}, target=target)
        assert dict(config.section("storage")) == {"s3": {"bucket": "b"}}

    def test_a_parameter_of_another_driver_adds_a_second_one(self, target: str) -> None:
        found = problem(FILE, {"REGISTRY_STORAGE_S3_BUCKET": "b"}, target)
        assert (found.kind, found.where.variable) == ("driver", "REGISTRY_STORAGE_S3_BUCKET")

    def test_a_file_without_driver_leaves_the_choice_to_the_variable(self, target: str) -> None:
        config = laid({"REGISTRY_STORAGE_INMEMORY": "{}"}, "version: 0.1\nstorage: {delete: {enabled: true}}\n", target)
        assert config.driver == "inmemory"

    def test_a_key_with_an_underline_cannot_be_reached(self, target: str) -> None:
        config = laid({"REGISTRY_STORAGE_FILESYSTEM_MAX_THREADS": "5"}, target=target)
        assert config.get("storage.filesystem.max") == {"threads": 5}

    def test_a_map_from_the_file_is_out_of_reach(self, target: str) -> None:
        text = "version: 0.1\nstorage: {inmemory: {}, maintenance: {readonly: {enabled: false}}}\n"
        assert fate("REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED", "true", text, target) == UNREACHABLE

    def test_and_keeps_its_value(self, target: str) -> None:
        text = "version: 0.1\nstorage: {inmemory: {}, maintenance: {readonly: {enabled: false}}}\n"
        config = laid({"REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED": "true"}, text, target)
        assert config.get("storage.maintenance.readonly.enabled") is False

    def test_the_map_above_it_is_within_reach(self, target: str) -> None:
        text = "version: 0.1\nstorage: {inmemory: {}, maintenance: {readonly: {enabled: false}}}\n"
        config = laid({"REGISTRY_STORAGE_MAINTENANCE_READONLY": "{enabled: true}"}, text, target)
        assert config.get("storage.maintenance.readonly.enabled") is True

    def test_a_map_that_the_file_lacks_is_made(self, target: str) -> None:
        config = laid({"REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED": "true"}, target=target)
        assert config.get("storage.maintenance.readonly.enabled") is True

    def test_a_key_of_the_file_in_upper_case_is_found(self, target: str) -> None:
        text = "version: 0.1\nstorage: {FileSystem: {a: 1}}\n"
        config = laid({"REGISTRY_STORAGE_FILESYSTEM_B": "2"}, text, target)
        assert config.get("storage.FileSystem.b") == 2

    def test_but_the_last_key_is_written_in_lower_case(self, target: str) -> None:
        config = laid({"REGISTRY_STORAGE_FILESYSTEM_B": "2"}, "version: 0.1\nstorage: {filesystem: {B: 1}}\n", target)
        assert config.get("storage.filesystem") == {"B": 1, "b": 2}

    def test_names_count_their_case(self, target: str) -> None:
        assert fate("REGISTRY_http_ADDR", target=target) == UNKNOWN

    @pytest.mark.parametrize(
        "name", ["REGISTRY_FOO", "REGISTRY_PORT", "REGISTRY_SERVICE_HOST", "REGISTRY_", "REGISTRY__A"]
    )
    def test_an_unknown_name_is_passed_over(self, name: str, target: str) -> None:
        assert fate(name, "tcp://10.0.0.1:5000", target=target) == UNKNOWN

    def test_another_prefix_is_nobodys(self, target: str) -> None:
        assert not laid({"REGISTRY": "x", "REGISTRYSTORAGE": "y", "XREGISTRY_STORAGE": "z"}, target=target).overrides

    def test_a_service_named_registry_storage_stops_the_registry(self, target: str) -> None:
        found = problem(FILE, {"REGISTRY_STORAGE_PORT": "tcp://10.0.0.1:80"}, target)
        assert found.where.variable == "REGISTRY_STORAGE_PORT"

    def test_below_a_plain_value_nothing_happens(self, target: str) -> None:
        assert fate("REGISTRY_HTTP_ADDR_PORT", target=target) == WITHOUT_EFFECT

    def test_below_a_parameters_plain_value_nothing_happens(self, target: str) -> None:
        assert fate("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY_X", target=target) == WITHOUT_EFFECT

    def test_an_empty_value_is_null(self, target: str) -> None:
        config = laid({"REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY": ""}, target=target)
        assert config.get("storage.filesystem.rootdirectory") is None

    @pytest.mark.parametrize("value", ["*x", "a: b: c", "@x", "%x", "[", "'"])
    def test_a_value_that_is_no_yaml_stops_the_registry(self, value: str, target: str) -> None:
        assert problem(FILE, {"REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY": value}, target).kind == "variable"

    def test_what_follows_a_hash_is_a_comment(self, target: str) -> None:
        assert laid({"REGISTRY_HTTP_SECRET": "a #b"}, target=target).get("http.secret") == "a"

    def test_a_value_of_the_wrong_type_stops_the_registry(self, target: str) -> None:
        assert problem(FILE, {"REGISTRY_HTTP_RELATIVEURLS": "maybe"}, target).kind == "variable"

    def test_what_comes_after_such_a_variable_is_read_all_the_same(self, target: str) -> None:
        environment = {"REGISTRY_HTTP_RELATIVEURLS": "maybe", "REGISTRY_LOG_LEVEL": "info", "REGISTRY_HTTP_ADDR": ":1"}
        assert [one.name for one in read(FILE, environment, target).overrides] == [
            "REGISTRY_HTTP_ADDR",
            "REGISTRY_LOG_LEVEL",
        ]

    def test_the_name_of_the_field_counts_and_not_its_key(self, target: str) -> None:
        assert fate("REGISTRY_HTTP_DRAINTIMEOUT", "5s", target=target) == (
            UNKNOWN if target == "registry-2.5" else APPLIED
        )

    def test_a_list_may_be_given_whole(self, target: str) -> None:
        config = laid({"REGISTRY_NOTIFICATIONS_ENDPOINTS": "[{name: a, url: b}]"}, target=target)
        assert config.get("notifications.endpoints[0].url") == "b"

    def test_a_variable_is_where_its_value_came_from(self, target: str) -> None:
        where = laid({"REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY": "/b"}, target=target).where(
            "storage.filesystem.rootdirectory"
        )
        assert (where.variable, where.line) == ("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", None)

    def test_a_name_of_thousands_of_pieces_is_refused(self, target: str) -> None:
        assert problem(FILE, {"REGISTRY_STORAGE_S3" + "_A" * 5000: "x"}, target).kind == "limit"

    def test_the_version_may_not_come_from_a_variable(self, target: str) -> None:
        assert problem("storage: inmemory\nhttp: {}\n", {"REGISTRY_VERSION": "0.1"}, target).kind == "version"


MIDDLEWARE = f"{HEAD}middleware: {{storage: [{{name: a}}]}}\n"


class TestListPositions:
    def test_3_x_reads_them(self) -> None:
        config = laid({"REGISTRY_MIDDLEWARE_STORAGE_0_NAME": "b"}, MIDDLEWARE, NEW)
        assert config.get("middleware.storage[0].name") == "b"

    def test_2_x_passes_over_them(self) -> None:
        assert fate("REGISTRY_MIDDLEWARE_STORAGE_0_NAME", "b", MIDDLEWARE) == WITHOUT_EFFECT

    def test_a_list_of_a_struct_may_grow(self) -> None:
        environment = {"REGISTRY_NOTIFICATIONS_ENDPOINTS_0_NAME": "a", "REGISTRY_NOTIFICATIONS_ENDPOINTS_1_NAME": "b"}
        assert laid(environment, HEAD, NEW).get("notifications.endpoints[1].name") == "b"

    def test_but_leaves_no_gap(self) -> None:
        assert problem(HEAD, {"REGISTRY_NOTIFICATIONS_ENDPOINTS_1_NAME": "b"}, NEW).kind == "variable"

    def test_a_list_from_the_file_in_a_map_cannot_grow(self) -> None:
        found = problem(MIDDLEWARE, {"REGISTRY_MIDDLEWARE_STORAGE_1_NAME": "b"}, NEW)
        assert "panics" in found.why

    @pytest.mark.parametrize("piece", ["X", "-1", "0x0", "9" * 30])
    def test_a_position_is_a_number_from_nought(self, piece: str) -> None:
        assert problem(MIDDLEWARE, {f"REGISTRY_MIDDLEWARE_STORAGE_{piece}_NAME": "b"}, NEW).kind == "variable"


CASES = (
    (FILE, {"REGISTRY_STORAGE": "inmemory"}),
    (FILE, {"REGISTRY_STORAGE_INMEMORY": "{}"}),
    (FILE, {"REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED": "true"}),
    (FILE, {"REGISTRY_STORAGE_MAINTENANCE_READONLY": "{enabled: true}"}),
    (FILE, {"REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_ENABLED": "false"}),
    (FILE, {"REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING": "{enabled: false}"}),
    (FILE, {"REGISTRY_STORAGE_FILESYSTEM": "5"}),
    (FILE, {"REGISTRY_STORAGE_FILESYSTEM": ""}),
    (FILE, {"REGISTRY_STORAGE_PORT": "tcp://10.0.0.1:80"}),
    (FILE, {"REGISTRY_STORAGE_SERVICE_HOST": "10.0.0.1"}),
    (FILE, {"REGISTRY_PORT": "tcp://10.0.0.1:80", "REGISTRY_SERVICE_HOST": "x"}),
    (FILE, {"REGISTRY_STORAGE_": "{}"}),
    (FILE, {"REGISTRY_STORAGE_DELETE": "true"}),
    (FILE, {"REGISTRY_STORAGE_DELETE_ENABLED_X": "true"}),
    (FILE, {"REGISTRY_LOG_LEVEL": "loud"}),
    (FILE, {"REGISTRY_VERSION": "0.2"}),
    (FILE, {"REGISTRY_AUTH": "silly"}),
    (FILE, {"REGISTRY_AUTH_HTPASSWD_REALM": "r"}),
    (FILE, {"REGISTRY_MIDDLEWARE_STORAGE_0_NAME": "nothing"}),
    (FILE, {"REGISTRY_MIDDLEWARE_STORAGE": "[{name: nothing}]"}),
)


@pytest.mark.parametrize(("text", "environment"), CASES)
def test_the_real_registry_starts_where_it_was_foretold(
    registry: Registry, text: str, environment: dict[str, str]
) -> None:
    listening = f'{text}http: {{addr: "127.0.0.1:@PORT@"}}\n'
    foretold = foretell(listening.replace("@PORT@", "5000"), environment, "registry-2.8-debian").predictions[
        Stage.START
    ]
    assert foretold.outcome.value == registry.start(listening, environment).outcome
