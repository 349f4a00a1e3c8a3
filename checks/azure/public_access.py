"""`azure.public-access`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, check, warning

from ._rights import CONTAINER, container_path


@check("azure.public-access", storage=AzureStorage, needs=[CONTAINER], touches="reads", drivers=["azure"])
def public_access(storage: AzureStorage) -> Iterator[Finding]:
    """Nobody reads the container without a signature.

    A container may be open to everybody, for its blobs or for its listing too. Then whoever knows its address gets all
    layers past the registry's own rules. The registry makes its container private.
    """
    answer = storage.survey.container
    level = answer.headers.get("x-ms-blob-public-access", "") if answer else ""
    if level:
        yield warning(
            what=f"Everybody may read the {'blobs' if level == 'blob' else 'container'} of {storage.container}.",
            why="All layers can be had past the registry and its rules.",
            fix=f"az storage container set-permission --account-name {storage.account} --name {storage.container}"
            " --public-access off",
            where=container_path(storage),
            evidence=f"x-ms-blob-public-access: {level}",
        )
