"""`environment.v1-variables`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Where, check, warning

#: Variables of the registry that was written in Python, up to 2015, to what takes their place.
_V1 = {
    "SETTINGS_FLAVOR": "REGISTRY_STORAGE",
    "AWS_BUCKET": "REGISTRY_STORAGE_S3_BUCKET",
    "AWS_KEY": "REGISTRY_STORAGE_S3_ACCESSKEY",
    "AWS_SECRET": "REGISTRY_STORAGE_S3_SECRETKEY",
    "AWS_HOST": "REGISTRY_STORAGE_S3_REGIONENDPOINT",
    "AWS_SECURE": "REGISTRY_STORAGE_S3_SECURE",
    "AWS_ENCRYPT": "REGISTRY_STORAGE_S3_ENCRYPT",
    "STORAGE_PATH": "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY",
    "STORAGE_REDIRECT": "REGISTRY_STORAGE_REDIRECT",
    "GCS_BUCKET": "REGISTRY_STORAGE_GCS_BUCKET",
    "SEARCH_BACKEND": "",
    "SQLALCHEMY_INDEX_DATABASE": "",
    "STANDALONE": "",
    "INDEX_ENDPOINT": "",
    "DISABLE_TOKEN_AUTH": "",
    "PRIVILEGED_KEY": "",
    "MIRROR_SOURCE": "REGISTRY_PROXY_REMOTEURL",
    "CACHE_REDIS_HOST": "REGISTRY_REDIS_ADDR",
    "GUNICORN_OPTS": "",
    "DOCKER_REGISTRY_CONFIG": "REGISTRY_CONFIGURATION_PATH",
}


@check("environment.v1-variables", when=("$*",))
def v1_variables(config: Config) -> Iterator[Finding]:
    """No variable was meant for the first registry.

    The registry of docker-registry 0.9 and before, written in Python, took other variables. This one ignores them all
    and stores where its file says: with the image's own config in the container, at /var/lib/registry.
    """
    environment = config.environment
    if _V1.keys().isdisjoint(environment):
        return
    for name in sorted(_V1.keys() & environment.keys()):
        instead = _V1[name]
        if instead == "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY" and config.family not in ("filesystem", ""):
            instead = f"REGISTRY_STORAGE_{config.driver.upper()}_ROOTDIRECTORY"
        if instead == "REGISTRY_REDIS_ADDR" and config.release.major >= 3:
            instead = "REGISTRY_REDIS_ADDRS"
        yield warning(
            what=f"{name} is a variable of the first registry, which this one does not read.",
            why=f"It has no effect: the storage is {config.driver or 'what the file says'}, as the config has it.",
            fix=f"Use {instead} instead." if instead else "Unset it; this registry has no such setting.",
            where=Where(variable=name),
        )
