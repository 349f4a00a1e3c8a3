"""Names of variables: what they mean to the registry, and what people mean by them."""

from __future__ import annotations

from registry_preflight import Config, nearest

PREFIX = "REGISTRY_"


def joined(path: str) -> str:
    """The variable that sets the value at a path."""
    return PREFIX + path.replace(".", "_").upper()


def list_position(name: str) -> bool:
    """Whether a piece of the name is a number, which is a list's position from 3.0 on."""
    return any(character.isdigit() for character in name) and any(piece.isdigit() for piece in name.split("_")[1:])


def is_service_link(name: str, value: str) -> bool:
    """Whether Kubernetes (or an older Docker's link) set the variable for a Service named registry or the like."""
    if name.endswith("_SERVICE_HOST") or name.endswith("_SERVICE_PORT") or "_SERVICE_PORT_" in name:
        return True
    if value.startswith(("tcp://", "udp://")) and (name.endswith("_PORT") or name.endswith(("_TCP", "_UDP"))):
        return True
    return "_PORT_" in name and ("_TCP" in name or "_UDP" in name) and name.endswith(("_ADDR", "_PORT", "_PROTO"))


def settings_at(config: Config, path: str) -> dict[str, str]:
    """The piece of a variable's name, to the key, of each setting that the release has in the section at a path."""
    section = config.section(path)
    return {field.variable: name for name, field in section.type.fields.items()}


def similar(config: Config, name: str, path: str) -> str:
    """The variable that was meant by one that the registry does not know below `path`; empty where none is near."""
    pieces = name.split("_")[1:]
    depth = len(path.split(".")) if path else 0
    rest = pieces[depth:]
    known = settings_at(config, path)
    before = "_".join([PREFIX[:-1], *pieces[:depth]])
    whole = "".join(rest).upper()
    if whole in known:
        return f"{before}_{whole}"
    # The rest may be one name with underscores in it, or a wrong name with right ones behind it.
    for count in (len(rest), 1):
        near = nearest("".join(rest[:count]).lower(), [piece.lower() for piece in known])
        if near:
            return "_".join([before, near.upper(), *rest[count:]])
    return ""
