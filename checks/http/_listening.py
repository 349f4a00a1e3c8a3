"""Addresses to listen on, as Go's net package takes them."""

from __future__ import annotations

from registry_preflight import CannotTell, NamedTuple, Pattern

#: Hosts that stand for all interfaces.
EVERYWHERE = ("", "0.0.0.0", "::")  # compared with, not bound to
_NUMBER = Pattern(r"(?a)[+-]?[0-9]+")
_LOCAL = Pattern(r"(?a)|localhost|127(?:\.(?:0|[1-9][0-9]{0,2})){3}|0\.0\.0\.0")
# Go takes no leading zeros: such a text is a name to it, which it looks up.
_IPV4 = Pattern(r"(?a)(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_SERVICES = {"http": 80, "https": 443, "domain": 53, "ssh": 22, "ftp": 21, "smtp": 25, "telnet": 23, "pop3": 110}


class Address(NamedTuple):
    """Host and port to listen on; `wrong` says why there is no listening there, empty where there is."""

    host: str = ""
    port: int = 0
    wrong: str = ""


def parse(text: str) -> Address:
    """Read an address such as `:5000` or `[::1]:5000`; an empty one is a free port on all interfaces."""
    if not text:
        return Address()
    host, port, wrong = _split(text)
    if wrong:
        return Address(wrong=wrong)
    number = _port(port)
    if number is None:
        return Address(wrong=f"no port is called {port!r}")
    if not 0 <= number <= 65535:
        return Address(wrong=f"ports end at 65535, and this one is {port}")
    return Address(host, number)


def _split(text: str) -> tuple[str, str, str]:
    before, colon, port = text.rpartition(":")
    if not colon:
        return "", "", "it has no port"
    if text[0] == "[":
        end = text.find("]")
        if end < 0:
            return "", "", "a bracket is not closed"
        if end + 1 != len(before):
            return "", "", "it has no port" if text[end + 1 : end + 2] != ":" else "it has too many colons"
        before = text[1:end]
        rest = text[end + 1 :]
    else:
        if ":" in before:
            return "", "", "it has too many colons (no https:// belongs here, and an IPv6 address stands in brackets)"
        rest = text
    return (before, port, "") if not set("[]") & set(before + rest) else ("", "", "it has a bracket in the wrong place")


def _port(port: str) -> int | None:
    if not port:
        return 0
    if _NUMBER.fullmatch(port):
        return int(port)
    if port.lower() in _SERVICES:
        return _SERVICES[port.lower()]
    from _socket import getservbyname  # the socket module would cost more than the whole check

    try:
        return int(getservbyname(port.lower(), "tcp"))
    except (OSError, ValueError):
        return None


def ensure_local(host: str) -> None:
    """Raise `CannotTell` where it is not certain that the registry can listen on this host."""
    if _LOCAL.fullmatch(host):
        return
    if not (_IPV4.fullmatch(host) or ":" in host):
        raise CannotTell(f"whether {host} is a name of the registry's own machine is not in the config")
    from _socket import AF_INET, AF_INET6, SOCK_STREAM, socket

    try:
        # Binding sends nothing, and port 0 takes none away from anybody.
        probe = socket(AF_INET6 if ":" in host else AF_INET, SOCK_STREAM)
    except OSError:
        raise CannotTell(f"this machine has no addresses of the kind of {host}") from None
    try:
        probe.bind((host, 0))
    except (OSError, ValueError):
        raise CannotTell(f"{host} is not an address of this machine; it must be one of the registry's") from None
    finally:
        probe.close()


def overlap(one: Address, other: Address) -> bool:
    """Whether two listeners can't stand beside each other."""
    same = one.host == other.host or one.host in EVERYWHERE or other.host in EVERYWHERE
    return one.port == other.port != 0 and same
