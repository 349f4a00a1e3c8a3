"""`environment.list-indexes`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Where, check, warning

from ._names import is_service_link, joined, list_position


@check("environment.list-indexes", when=("$REGISTRY_*",))
def list_indexes(config: Config) -> Iterator[Finding]:
    """No variable counts on a position in a list that the release can't fill.

    Names with a number, such as REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL, reach into lists from 3.0 on; 2.x ignores them
    in silence. Even in 3.x a list of plain texts, such as http.tls.clientcas, does not get the value: it gets an empty
    text at that place.
    """
    for override in config.overrides:
        if (
            override.fate == "applied"
            or not list_position(override.name)
            or is_service_link(override.name, override.value)
        ):
            continue
        path = override.path.partition("[")[0]
        if override.fate == "unknown" and not path:
            continue
        whole = "['...']" if _of_texts(config, path) else "[{...}]"
        late = config.release.major < 3 or override.fate != "without-effect"
        yield warning(
            what=f"{override.name} does not set a position of {path or 'a list'} in {config.release.name}.",
            why="2.x ignores such a variable without a word."
            if late
            else "The list gets an empty text there instead of the value.",
            fix=f'Give the whole list: {joined(path)}="{whole}", or write it into the file.',
            where=Where(path=override.path, variable=override.name),
        )


def _of_texts(config: Config, path: str) -> bool:
    parent, _, name = path.rpartition(".")
    field = config.section(parent).type.fields.get(name)
    return field is not None and field.type.element is not None and field.type.element.kind == "string"
