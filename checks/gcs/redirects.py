"""`gcs.redirects`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note, warning


@check("gcs.redirects", needs=["storage.driver"], drivers=["gcs"])
def redirects(config: Config) -> Iterator[Finding]:
    """The registry can sign the addresses that clients are sent to.

    That takes a private key. Without one, which is the way with default credentials and workload identity, 2.x hands
    out the layers itself. From 3.0 on the driver asks Google to sign, and a pull fails where the identity may not do
    that.
    """
    if config.parameter("keyfile").given or not config.redirects_to_storage:
        return
    if config.parameters.reads("credentials") and config.parameter("credentials").given:
        return
    if config.release.fact("gcs_signs_by_api"):
        yield warning(
            what="There is no private key, and pulls are redirected.",
            why="Each pull of a layer asks Google's API to sign. Without iam.serviceAccounts.signBlob it fails;"
            " pushes work all the same.",
            fix="Grant the service account the role Service Account Token Creator on itself and enable the IAM"
            " Credentials API, or set storage.redirect.disable: true.",
            where=f"storage.{config.driver}",
            releases=("registry-3.0", "registry-3.1"),
        )
    else:
        yield note(
            what="There is no private key to sign with.",
            why="The registry hands out all layers itself instead of redirecting to the store.",
            fix="Give keyfile if clients are to fetch layers from the store.",
            where=f"storage.{config.driver}",
            releases=("registry-2.5", "registry-2.7", "registry-2.8"),
        )
