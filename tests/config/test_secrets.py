"""What is secret never leaves: by value in every encoding, by place where it is short, in every format, wherever it sits."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from typing import NamedTuple, cast
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry_preflight import (
    Config,
    Finding,
    Report,
    Reports,
    View,
    blocker,
    check,
    foretell,
    load_config,
    load_formats,
)
from registry_preflight.config.listing import effective_values
from registry_preflight.config.parameters import parameter_entries
from registry_preflight.config.secrets import MASK, is_secret_name
from registry_preflight.config.tables import VERSIONS, Data, driver_names, load, spans
from registry_preflight.pages import effective_lines
from registry_preflight.plan import Planned
from registry_preflight.run import Run

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCY"
#: Text that can stand in double quotes and is no part of a report by chance.
TEXTS = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x2000, exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")),
    min_size=5,
    max_size=40,
).map(lambda text: f"zQ{text}7x")


def config(text: str, environment: dict[str, str] | None = None) -> Config:
    return load_config(text.encode(), environment or {}, "registry-2.8")


def masked(text: str, secret: str = SECRET) -> str:
    """A text as it is shown beside a config that holds the secret."""
    return config(f"version: 0.1\nhttp: {{secret: {json.dumps(secret)}}}\nstorage: inmemory\n").secrets.mask(text)


class TestEncodings:
    def test_as_it_is(self) -> None:
        assert masked(f"key={SECRET}.") == f"key={MASK}."

    def test_more_than_once(self) -> None:
        assert masked(f"{SECRET} {SECRET}") == f"{MASK} {MASK}"

    @pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
    @pytest.mark.parametrize("after", ["", ":x", "::"])
    def test_in_base64_at_each_alignment(self, before: str, after: str) -> None:
        encoded = base64.b64encode(f"{before}{SECRET}{after}".encode()).decode()
        assert MASK in masked(f"Authorization: Basic {encoded}")

    @pytest.mark.parametrize("before", ["", "a", "ab"])
    def test_of_base64_no_more_is_left_than_its_ends(self, before: str) -> None:
        encoded = base64.b64encode(f"{before}{SECRET}x".encode()).decode()
        assert len(masked(encoded).replace(MASK, "")) <= 8

    def test_in_base64_for_urls(self) -> None:
        encoded = base64.urlsafe_b64encode("a\u00ff?>".encode() * 5).decode()
        assert masked(encoded, "a\u00ff?>" * 5).startswith(MASK)

    @pytest.mark.parametrize("encode", [quote, quote_plus, lambda text: quote(text, safe="")])
    def test_in_urls(self, encode: object) -> None:
        assert callable(encode)
        assert masked(f"http://h/?k={encode('a b/c+d=é&')}", "a b/c+d=é&") == f"http://h/?k={MASK}"

    def test_in_urls_with_small_hexadecimal_digits(self) -> None:
        assert "k7" not in masked("http://h/?k=wjal%2fk7m%2bx", "wjal/k7m+x")

    def test_in_json(self) -> None:
        assert masked(json.dumps({"k": 'a"b\\c/dé'}, ensure_ascii=False), 'a"b\\c/dé') == '{"k": "' + MASK + '"}'

    def test_in_json_of_nothing_but_ascii(self) -> None:
        assert masked(json.dumps("größer als alles"), "größer als alles") == f'"{MASK}"'

    def test_in_json_with_escaped_slashes(self) -> None:
        assert masked("wJalrXUtnFEMI\\/K7MDENG+bPxRfiCY") == MASK

    def test_in_pythons_spelling(self) -> None:
        assert "it's" not in masked(repr('it\'s "mine"\n'), 'it\'s "mine"\n')

    @pytest.mark.parametrize("digits", [SECRET.encode().hex(), SECRET.encode().hex().upper()])
    def test_in_hexadecimal(self, digits: str) -> None:
        assert masked(digits) == MASK

    def test_each_line_of_a_key_in_several_lines(self) -> None:
        body = "".join(f"      {letter * 20}\n" for letter in "abc")
        made = config(f"version: 0.1\nstorage:\n  gcs:\n    private_key: |\n{body}")
        assert made.secrets.mask("b" * 20) == MASK

    def test_in_the_password_of_any_url(self) -> None:
        assert masked("dial http://bob:hunter2@h/") == f"dial http://bob:{MASK}@h/"

    @pytest.mark.parametrize("name", ["X-Amz-Signature", "sig", "temp_url_sig", "AWSAccessKeyId", "Signature"])
    def test_in_the_signature_of_any_url(self, name: str) -> None:
        assert masked(f"https://h/b?a=1&{name}=abc%2Fdef&z=2") == f"https://h/b?a=1&{name}={MASK}&z=2"

    @settings(max_examples=60, deadline=None)
    @given(TEXTS)
    def test_whatever_it_is(self, secret: str) -> None:
        assert not set(leaks(masked(" ".join(spellings(secret)), secret), secret))


class TestWhatIsSecret:
    @pytest.mark.parametrize(
        "name",
        [
            "password", "secret", "secret_key", "secretKey", "SECRETKEY", "aws_secret_access_key", "accountkey", "account_key",
            "private_key", "token", "api_key", "connectionstring", "sas", "passphrase", "licensekey", "Authorization",
        ],
    )  # fmt: skip
    def test_a_key_that_no_table_knows_is_known_by_its_name(self, name: str) -> None:
        text = f"version: 0.1\nstorage: {{s3: {{{name}: {SECRET}}}}}\n"
        assert MASK in config(text).secrets.mask(SECRET)

    @pytest.mark.parametrize("name", ["tokenurl", "secretfile", "passwordfile", "signatureendpoint", "monkey"])
    def test_other_names_are_not(self, name: str) -> None:
        assert not is_secret_name(name)

    def test_a_list_of_secrets_is_secret(self) -> None:
        assert config(f"x: {{tokens: [{SECRET}, b]}}\n").secrets.mask(SECRET) == MASK

    def test_a_secret_far_down_is_secret(self) -> None:
        text = "".join(f"{'  ' * level}k:\n" for level in range(40)) + f"{'  ' * 40}password: {SECRET}\n"
        assert config(text).secrets.mask(SECRET) == MASK

    def test_a_secret_by_alias_is_secret(self) -> None:
        text = f"version: 0.1\nx: &x {SECRET}\nstorage: {{s3: {{secretkey: *x}}}}\n"
        assert config(text).secrets.mask(SECRET) == MASK

    def test_a_secret_in_a_merged_map_is_secret(self) -> None:
        text = f"version: 0.1\nx: &x {{secretkey: {SECRET}}}\nstorage: {{s3: {{<<: *x}}}}\n"
        assert config(text).secrets.mask(SECRET) == MASK

    def test_both_of_two_duplicates_are_secret(self) -> None:
        text = f"version: 0.1\nstorage: {{s3: {{secretkey: {SECRET}, secretkey: other-word}}}}\n"
        assert config(text).secrets.mask(f"{SECRET} other-word") == f"{MASK} {MASK}"

    @pytest.mark.parametrize(
        "name",
        [
            "REGISTRY_STORAGE_S3_SECRETKEY",
            "REGISTRY_STORAGE_S3_SECRET_KEY",
            "REGISTRY_HTTP_SECRET",
            "AWS_SECRET_ACCESS_KEY",
        ],
    )
    def test_a_variable_is_known_by_its_name(self, name: str) -> None:
        assert config("version: 0.1\nstorage: s3\n", {name: SECRET}).secrets.mask(SECRET) == MASK

    def test_a_variable_that_holds_a_map_is_looked_into(self) -> None:
        environment = {"REGISTRY_STORAGE_S3": f"{{region: us-east-1, secretkey: '{SECRET}'}}"}
        assert config("version: 0.1\nstorage: s3\n", environment).secrets.mask(SECRET) == MASK

    def test_a_variables_quotes_are_not_part_of_the_secret(self) -> None:
        assert (
            config("version: 0.1\nstorage: s3\n", {"REGISTRY_HTTP_SECRET": f"'{SECRET}'"}).secrets.mask(SECRET) == MASK
        )

    def test_of_an_identifier_the_end_may_be_seen(self) -> None:
        text = "version: 0.1\nstorage: {s3: {accesskey: AKIAIOSFODNN7EXAMPLE}}\n"
        assert config(text).secrets.mask("AKIAIOSFODNN7EXAMPLE") == f"{MASK}MPLE"

    def test_a_short_secret_masks_no_words(self) -> None:
        text = "version: 0.1\nhttp: {secret: s}\nstorage: s3\n"
        assert config(text).secrets.mask("storage.s3") == "storage.s3"


class TestLines:
    def line(self, text: str, number: int) -> str | None:
        return config(text).line(number)

    def test_a_short_secret_is_masked_in_its_line(self) -> None:
        assert self.line("version: 0.1\nstorage:\n  s3:\n    secretkey: abc\n", 4) == f"    secretkey: {MASK}"

    def test_so_is_one_in_flow_style(self) -> None:
        shown = self.line("version: 0.1\nstorage: {s3: {secretkey: abc, region: us-east-1}}\n", 2)
        assert shown == f"storage: {{s3: {{secretkey: {MASK}, region: us-east-1}}}}"

    @pytest.mark.parametrize("quoted", ['"a\\"b"', "'a''b'"])
    def test_so_is_one_in_quotes(self, quoted: str) -> None:
        shown = self.line(f"version: 0.1\nstorage: {{s3: {{secretkey: {quoted}, region: x}}}}\n", 2)
        assert shown is not None and "b" not in shown.replace("storage: {s3: {secretkey", "")

    def test_two_secrets_of_a_line_are_masked(self) -> None:
        shown = self.line("version: 0.1\nx: {password: ab, token: cd}\n", 2)
        assert shown == f"x: {{password: {MASK}, token: {MASK}}}"

    @pytest.mark.parametrize(
        "line", ["  secretkey: abc def", "- password: abc", "secret_key = abc", 'x: {"password": "abc"']
    )
    def test_where_the_file_is_no_yaml_names_are_enough(self, line: str) -> None:
        shown = self.line(f"storage: [\n{line}\n\t@", 2)
        assert shown is not None and "abc" not in shown

    def test_a_letter_of_several_bytes_before_it_shifts_nothing(self) -> None:
        shown = self.line("version: 0.1\nx: {a: größe, password: abc, b: c}\n", 2)
        assert shown == f"x: {{a: größe, password: {MASK}, b: c}}"


class Place(NamedTuple):
    """Where a secret may sit: a config with `%s` for it, or a variable, for a release that knows the place."""

    id: str
    text: str
    variable: str
    target: str
    identifier: bool


def _nested(path: str) -> str:
    """A dotted path as YAML in one line, with `%s` for the value."""
    made = "%s"
    for part in reversed(path.split(".")):
        name, bracket, _ = part.partition("[")
        made = f"{{{name}: [{made}]}}" if bracket else f"{{{name}: {made}}}"
    return made[1:-1]


def places() -> Iterator[Place]:
    for driver in driver_names():
        table = load(f"drivers/{driver}")
        for name, entry in parameter_entries(table).items():
            known = [version for version in VERSIONS if spans(table, version) and spans(entry, version)]
            if entry.get("secret") and known:
                text = f"version: 0.1\n{_nested(f'storage.{driver}.{name}')}\n"
                variable = f"REGISTRY_STORAGE_{driver}_{name.replace('.', '_')}".upper()
                yield Place(
                    f"{driver}.{name}", text, variable, f"registry-{known[-1]}", entry["secret"] == "identifier"
                )
    for path, section in load("sections").items():
        entry = cast("Data", section)
        if entry.get("secret") and entry.get("since") != "3.0":
            value = f"{path}.Authorization[]" if entry["type"] == "header" else path
            variable = "REGISTRY_" + path.split("[")[0].upper().replace(".", "_")
            text = f"version: 0.1\nstorage: inmemory\n{_nested(value)}\n"
            yield Place(path, text, variable, "registry-2.7", False)


PLACES = tuple(places())
NAMES = [place.id for place in PLACES]


def spellings(secret: str) -> Iterator[str]:
    raw = secret.encode()
    yield from (secret, quote(secret), quote(secret, safe=""), quote_plus(secret), raw.hex(), raw.hex().upper())
    yield from (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], html.escape(secret))
    yield from (base64.b64encode(before + raw).decode() for before in (b"", b"a:", b"b"))


def leaks(shown: str, secret: str) -> Iterator[str]:
    """The spellings of a secret that a text holds; of base64 the middle, which no neighbour changes."""
    *plain, first, second, third = spellings(secret)
    yield from (spelling for spelling in plain if spelling in shown)
    yield from (
        spelling for spelling in (first[4:-6], second[4:-6], third[4:-6]) if len(spelling) > 6 and spelling in shown
    )


def everything(report: Report) -> str:
    """What every installed format shows of a report."""
    formats, _ = load_formats()
    return "\n".join("".join(format.render(Reports([report], view=View()))) for format in formats.values())


@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_no_format_shows_a_secret_of_the_file(place: Place) -> None:
    secret = 'zQ wJal"rX\\tn<F>&E/K7+M=é'
    text = place.text % json.dumps(secret, ensure_ascii=False)
    shown = everything(foretell(text, {}, place.target))
    assert not list(leaks(shown, secret))


@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_no_format_shows_a_secret_of_the_environment(place: Place) -> None:
    secret = "zQwJalrXtnFEK7Mx"
    shown = everything(foretell(place.text % "x", {place.variable: secret}, place.target))
    assert not list(leaks(shown, secret))


@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_the_effective_config_shows_no_secret(place: Place) -> None:
    made = load_config((place.text % f'"{SECRET}"').encode(), {}, place.target)
    shown = "\n".join(effective_lines(made, effective_values(made, defaults=True)))
    assert MASK in shown and not list(leaks(shown, SECRET))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES), TEXTS, st.sampled_from(["%s", "[%s", "{a: %s}", "[%s]", "!!int %s", "%s %s"]))
def test_no_format_shows_any_secret_in_any_shape(place: Place, secret: str, shape: str) -> None:
    quoted = json.dumps(secret, ensure_ascii=False)
    text = place.text % shape.replace("%s", quoted)
    shown = everything(foretell(text, {}, place.target))
    assert not list(leaks(shown, secret))


@pytest.mark.parametrize("number", ["12345678901", "0x1F2E3D4C", "1_234_567", "1234567.5", "1e+10"])
def test_a_secret_that_is_a_number_is_masked_as_it_is_printed(number: str) -> None:
    made = config(f"version: 0.1\nstorage: {{s3: {{secretkey: {number}}}}}\n")
    assert made.secrets.mask(f"<{made.parameter('secretkey').value}>") == f"<{MASK}>"


def test_an_exception_of_a_broken_check_shows_no_secret() -> None:
    @check("test.talks", needs=())
    def talks(config: Config) -> Iterator[Finding]:
        """It talks."""
        raise ValueError(f"cannot sign with {config.get('http.secret')}")
        yield

    made = config(f"version: 0.1\nhttp: {{secret: {SECRET}}}\nstorage: inmemory\n")
    (result,) = Run(made, [Planned(talks)], None, "run").results()
    assert result.reason == f"the check crashed: ValueError: cannot sign with {MASK}"


@pytest.mark.parametrize("field", ["what", "why", "fix", "evidence", "where"])
def test_no_field_of_a_finding_shows_a_secret(field: str) -> None:
    @check("test.talks", needs=())
    def talks(config: Config) -> Iterator[Finding]:
        """It talks."""
        texts = {"what": "a", "why": "b", "fix": "c", "where": "d", "evidence": "e"} | {field: f"x {SECRET}"}
        yield blocker(**texts)  # type: ignore[arg-type]

    made = config(f"version: 0.1\nhttp: {{secret: {SECRET}}}\nstorage: inmemory\n")
    (result,) = Run(made, [Planned(talks)], None, "run").results()
    assert SECRET not in repr(result) and re.search(re.escape(MASK), repr(result))
