"""`swift.temp-url`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note, warning


@check("swift.temp-url", needs=["storage.driver"], drivers=["swift"])
def temp_url(config: Config) -> Iterator[Finding]:
    """Pulls can be redirected by temporary URLs without harm to others.

    For redirects the driver signs with a key that is kept at the container, or at the account of older clusters. With
    `secretkey` it overwrites the key that is there; without it, it makes one up where there is none. A user that may
    not write it gets no error, and every pull is refused. `accesskey` makes URLs of a form that plain Swift refuses
    (2.8.2 with a real Swift). `tempurlcontainerkey` and `tempurlmethods` are read only where the cluster hides its
    /info.
    """
    redirects = config.redirects
    secret, access = config.parameter("secretkey"), config.parameter("accesskey")
    if secret.text and redirects:
        yield note(
            what="secretkey is set: at each start the driver puts it in the place of the key that the container or"
            " account has.",
            why="Temporary URLs that others made with the old key stop working.",
            fix=f"Remove {secret.path} to keep the key that is there, or give that very key.",
            where=secret.path,
        )
    if access.text and redirects:
        yield warning(
            what="accesskey is set: temporary URLs get the form of a cloud that no longer exists.",
            why="Plain Swift refuses them: the registry starts, pushes work, and every pull of a layer answers 401.",
            fix=f"Remove {access.path}, or set storage.redirect.disable: true.",
            where=access.path,
        )
    yield from _where_info_is_hidden(config, redirects)


def _where_info_is_hidden(config: Config, redirects: bool) -> Iterator[Finding]:
    for name in ("tempurlcontainerkey", "tempurlmethods"):
        parameter = config.parameter(name)
        if parameter.given and parameter.value:
            yield note(
                what=f"{name} counts only if the cluster hides its /info.",
                why="Otherwise the driver goes by what the cluster says of itself.",
                fix=f"Nothing, if /info is hidden; else remove {parameter.path}.",
                where=parameter.path,
            )
    methods = config.parameter("tempurlmethods").value
    if redirects and isinstance(methods, list) and methods and "GET" not in methods:
        yield note(
            what="tempurlmethods has no GET.",
            why="Where it counts, no pull is redirected: the registry hands out all layers itself.",
            fix="Write [GET, HEAD], with capital letters.",
            where=config.parameter("tempurlmethods").path,
        )
