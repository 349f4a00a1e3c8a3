"""`s3.ca-bundle`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, EVERY_STAGE, GC, PULL, PUSH, START, Config, Finding, Where, blocker, check, note

VARIABLE = "AWS_CA_BUNDLE"
PLACE = Where(variable=VARIABLE)
INSTEAD = "Unset AWS_CA_BUNDLE and add the authority to the trust store of the registry's system or image."
#: Larger than any real bundle.
MOST = 8 << 20


@check("s3.ca-bundle", when=("$AWS_CA_BUNDLE",), needs=["storage.driver"], drivers=["s3"], stages=(START, GC))
def ca_bundle(config: Config) -> Iterator[Finding]:
    """AWS_CA_BUNDLE does not stop the S3 driver.

    The AWS library reads this variable when the driver is built. Releases 2.7 and 2.8 give the library a transport of
    their own, for the User-Agent header, and then it cannot load the bundle: `serve` panics whatever the file holds
    (2.8.2, seen). `garbage-collect` sets no such transport and takes the bundle, unless `skipverify` or `useragent` is
    set. A file that is missing or holds no certificate ends every release from 2.7 on. Release 2.5 does not know the
    variable.
    """
    path = config.environment.get(VARIABLE)
    if not path:
        return
    if config.release.before("2.7"):
        yield note(
            what=f"{VARIABLE} is set, and {config.release.name} does not read it.",
            why="A store whose certificate comes from that authority alone is not trusted.",
            fix=INSTEAD,
            where=PLACE,
        )
    elif trouble := _unusable(path):
        yield blocker(
            what=f"{VARIABLE} names {path}, which {trouble}.",
            why="The AWS library refuses to begin, so the registry panics at start, and garbage-collect ends too.",
            fix="Unset the variable, or name a PEM file with the certificates of the authority.",
            where=PLACE,
            breaks=EVERY_STAGE,
        )
    elif config.release.before("3.0"):
        own = config.parameter("skipverify").value is True or config.parameter("useragent").text
        yield blocker(
            what=f"{VARIABLE} is set, and {config.release.name} cannot serve with it.",
            why="The registry panics at start: the custom bundle cannot be put into the transport that it brings"
            " itself." + (" With skipverify or useragent set, garbage-collect ends the same way." if own else ""),
            fix=INSTEAD,
            where=PLACE,
            breaks=EVERY_STAGE if own else (START, PUSH, PULL, DELETE),
            releases=("registry-2.7", "registry-2.8"),
        )


def _unusable(path: str) -> str:
    """Why the library cannot take the file; empty where it can."""
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            text = file.read(MOST)
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    import ssl

    for piece in text.split("-----BEGIN CERTIFICATE-----")[1:]:
        body, end, _ = piece.partition("-----END CERTIFICATE-----")
        try:
            # Go skips a certificate that it cannot parse and is content with one that it can.
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(
                cadata=ssl.PEM_cert_to_DER_cert(f"{ssl.PEM_HEADER}{body}{ssl.PEM_FOOTER}")
            )
        except (ssl.SSLError, ValueError):  # ValueError: the text is no base64
            continue
        if end:
            return ""
    return "holds no certificate"
