"""`s3.scheme`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Parameter, check, note, warning

from ._store import endpoint, path_of


@check("s3.scheme", when=("storage.*.regionendpoint", "storage.*.secure"), needs=["storage.driver"], drivers=["s3"])
def scheme(config: Config) -> Iterator[Finding]:
    """`secure` says the same as the scheme of the endpoint.

    A scheme in `regionendpoint` wins over `secure`, in all releases and without a word: http:// with `secure: true`
    is plain HTTP, https:// with `secure: false` is TLS (2.8.2, seen). Other programs that read the same settings
    decide the other way round. `secure` counts only where the endpoint has no scheme.
    """
    secure, place = config.parameter("secure"), endpoint(config)
    if place is None:
        if secure.value is False:
            yield _plain(secure)
        return
    if (
        place.schemed
        and secure.given
        and secure.raw is not None
        and (place.scheme == "https") is not (secure.value is True)
    ):
        yield warning(
            what=f"secure is {str(secure.value).lower()}, and the endpoint begins with {place.scheme}://.",
            why=f"The scheme wins: the registry speaks {'TLS' if place.scheme == 'https' else 'plain HTTP'} to the"
            " store, whatever secure says.",
            fix=f"Remove {secure.path}, and check that {place.scheme}:// is what the store speaks.",
            where=secure.path,
        )
    elif (
        place.scheme == "http"
        and not place.wrong
        and config.parameter("skipverify").value is True
        and config.parameters.reads("skipverify")
    ):
        yield note(
            what="skipverify is true, and the endpoint is plain HTTP.",
            why="There is no certificate to verify, so the setting does nothing.",
            fix=f"Use https:// in {path_of(config, 'regionendpoint')}, or remove skipverify.",
            where=config.parameter("skipverify").path,
        )


def _plain(secure: Parameter) -> Finding:
    return warning(
        what="secure is false, and requests go to Amazon: they are sent over plain HTTP.",
        why="Layers and signatures can be read on the way; buckets that demand TLS refuse the requests.",
        fix=f"Remove {secure.path}.",
        where=secure.path,
    )
