"""`middleware.cloudfront`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import START, Config, Finding, check, note, parse_duration, warning

from .. import _pem
from .._files import read, unusable
from .._serving import PANICS, shown
from .._urls import parse
from ._entries import Entry, named

#: The only length that CloudFront knows (its Developer Guide, "Specify signers").
_BITS = 2048
_FILTERS = ("", "none", "aws", "awsregion")


@check("middleware.cloudfront", when=("middleware",), needs=["middleware.storage"], stages=(START,))
def cloudfront(config: Config) -> Iterator[Finding]:
    """The cloudfront middleware has all that it needs to sign URLs.

    `baseurl`, `privatekey` and `keypairid` are required, as text. `privatekey` is a file whose first PEM block is an
    RSA key in PKCS#1, which begins with BEGIN RSA PRIVATE KEY; the newer form, BEGIN PRIVATE KEY, is refused, and
    CloudFront knows no key of another length than 2048 bits. It works over s3 only: other drivers serve their blobs as
    if it was not there.

    `duration` is text with a unit; a number is silently ignored. From 2.7 on `ipfilteredby` may be none, aws or
    awsregion, the last with `awsregion`. Up to 2.8 the interval of its list is read under the misspelt name
    `updatefrenquency`, and replaces `duration` by mistake; from 3.0 on `updatefrequency` works.
    """
    for entry in named(config, "cloudfront"):
        refused = next(_refused(config, entry), None)
        if refused is not None:
            yield refused
            continue
        if config.family != "s3" and config.driver:
            yield warning(
                what=f"The cloudfront middleware has no effect over the {config.driver} driver.",
                why="It signs URLs of s3 only; for others the registry logs a line with each pull.",
                fix="Remove it.",
                where=entry.path,
            )
        else:
            yield from _length(entry)
        yield from _ignored(config, entry)


def _refused(config: Config, entry: Entry) -> Iterator[Finding]:
    """What stops the start, in the registry's own order."""
    yield from entry.needs_text("baseurl", "https://ID.cloudfront.net")
    base = str(entry.options["baseurl"])
    if wrong := parse(base if "://" in base else f"https://{base}").wrong:
        yield entry.refused("baseurl", f"is {base!r}: {wrong}", "Write a URL: https://ID.cloudfront.net.")
    yield from entry.needs_text("privatekey", "/path/to/key.pem")
    yield from entry.needs_text("keypairid", "the id that CloudFront shows for the key pair")
    yield from _private_key(entry, str(entry.options["privatekey"]))
    yield from _duration(entry, "duration", "20m")
    if config.release.at_least("2.7"):
        yield from _duration(entry, "updatefrenquency", "12h")
        if config.release.major >= 3:
            yield from _duration(entry, "updatefrequency", "12h")
        yield from _filter(entry)


def _private_key(entry: Entry, path: str) -> Iterator[Finding]:
    content = read(path)
    found = _pem.blocks(content.data)
    wrong = content.wrong
    if not wrong and not found:
        wrong = "holds no key in PEM"
    elif not wrong and not _pem.rsa_bits(found[0].der):
        wrong = "does not begin with an RSA key in PKCS#1"
    if wrong:
        convert = "openssl rsa -traditional -in OLD -out NEW makes that form. " if found else ""
        yield unusable(
            "private key for CloudFront", path, wrong, entry.where("privatekey"), why=PANICS,
            fix=f"{convert}Name a file that begins with BEGIN RSA PRIVATE KEY.",
        )  # fmt: skip


def _length(entry: Entry) -> Iterator[Finding]:
    bits = _pem.rsa_bits(_pem.blocks(read(str(entry.options["privatekey"])).data)[0].der)
    if bits != _BITS:
        yield warning(
            what=f"The private key for CloudFront has {bits} bits.",
            why=f"The registry signs with it, but CloudFront takes RSA keys of {_BITS} bits alone: pulls are answered with 403.",
            fix="Make one with openssl genrsa -traditional 2048, and give its public half to the distribution's key group.",
            where=entry.where("privatekey"),
        )


def _duration(entry: Entry, option: str, example: str) -> Iterator[Finding]:
    value = entry.options.get(option)
    if isinstance(value, str) and parse_duration(value) is None:
        yield entry.refused(option, f"is {value!r}, which is no duration", f"Write {option}: {example}, with the unit.")


def _filter(entry: Entry) -> Iterator[Finding]:
    options = entry.options
    for option in ("iprangesurl", "ipfilteredby"):
        if option in options and not isinstance(options[option], str):
            yield entry.refused(option, f"is {shown(options[option])}, not text", f"Write {option} as text.")
    kind = options.get("ipfilteredby")
    word = kind.strip().lower() if isinstance(kind, str) else ""
    if word not in _FILTERS:
        yield entry.refused("ipfilteredby", f"is {kind!r}", "Write none, aws or awsregion.")
    elif word == "awsregion":
        yield from entry.needs_text("awsregion", "us-east-1, with commas between several")


def _ignored(config: Config, entry: Entry) -> Iterator[Finding]:
    value = entry.options.get("duration")
    if value is not None and not isinstance(value, str):
        yield warning(
            what=f"{entry.where('duration')} is {shown(value)}, not text with a unit.",
            why="The registry ignores it without a word and signs for 20 minutes.",
            fix="Write duration: 20m, with the unit.",
            where=entry.where("duration"),
        )
    if config.release.at_least("2.7") and config.release.major < 3:
        if isinstance(entry.options.get("updatefrenquency"), str):
            yield warning(
                what=f"{config.release.name} takes updatefrenquency for the duration of its URLs.",
                why="It stores the value in the wrong place: signed URLs hold that long, whatever duration says.",
                fix="Remove it.",
                where=entry.where("updatefrenquency"),
            )
        elif "updatefrequency" in entry.options:
            yield note(
                what=f"{config.release.name} does not read updatefrequency.",
                why="It knows the setting only under a misspelt name, and stores it in the wrong place.",
                fix="Remove it.",
                where=entry.where("updatefrequency"),
            )
