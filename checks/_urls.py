"""URLs as Go's net/url takes them, which is neither the standard nor what Python takes."""

from __future__ import annotations

from registry_preflight import CannotTell, NamedTuple, Pattern

_SCHEME = Pattern(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_CONTROL = Pattern(r"[\x00-\x1f\x7f]")
_ESCAPE = Pattern(r"%(?![0-9A-Fa-f]{2})")
_PORT = Pattern(r"(?a)(?::[0-9]*)?")
_USER = Pattern(r"(?a)[A-Za-z0-9\-._:~!$&'()*+,;=%@]*")
_HOST = Pattern(r"(?:[A-Za-z0-9!$&'()*+,;=:\[\]<>\"\-_.~]|[^\x00-\x7f]|%(?:25|[89A-Fa-f][0-9A-Fa-f]))*")
_ZONE = Pattern(r"(?:[A-Za-z0-9!$&'()*+,;=:\[\]<>\"\-_.~]|[^\x00-\x7f]|%[0-9A-Fa-f]{2})*")
_BAD_ESCAPE = "it holds a percent sign without two hexadecimal digits"
_IPV6 = Pattern(r"\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]")


class Url(NamedTuple):
    """The parts that the registry looks at; `wrong` says why Go refuses the text, empty where it takes it."""

    scheme: str = ""
    host: str = ""
    path: str = ""
    wrong: str = ""


def parse(text: str) -> Url:
    """Parse as `url.Parse` does. Raises `CannotTell` where builds with different Go versions differ."""
    text, _, fragment = text.partition("#")
    if wrong := _wrong_text(text, fragment):
        return Url(wrong=wrong)
    scheme = found[0] if (found := _SCHEME.match(text)) else ""
    rest = (text[len(scheme) + 1 :] if scheme else text).partition("?")[0]
    if not rest.startswith("/"):
        return _without_authority(scheme, rest)
    authority, path = "", rest
    if rest.startswith("//") and (scheme or not rest.startswith("///")):
        authority, slash, path = rest[2:].partition("/")
        path = slash + path
    if _ESCAPE.search(path):
        return Url(wrong=_BAD_ESCAPE)
    user, at, host = authority.rpartition("@")
    if at and (not _USER.fullmatch(user) or _ESCAPE.search(user)):
        return Url(wrong="its user name holds a character that must be escaped")
    return Url(scheme.lower(), host, path, _wrong_host(host))


def _wrong_text(text: str, fragment: str) -> str:
    if _CONTROL.search(text):
        return "it holds a control character"
    if _ESCAPE.search(fragment):
        return _BAD_ESCAPE
    return "nothing stands before its colon" if text.startswith(":") else ""


def _without_authority(scheme: str, rest: str) -> Url:
    if scheme:
        return Url(scheme.lower())
    if ":" in rest.partition("/")[0]:
        return Url(wrong="it has a colon but no scheme in front, such as https://")
    if _ESCAPE.search(rest):
        return Url(wrong=_BAD_ESCAPE)
    return Url(path=rest)


def _by_version(host: str) -> CannotTell:
    return CannotTell(f"whether {host!r} passes as a host depends on the Go version that the registry was built with")


def _wrong_host(host: str) -> str:
    if host.startswith("["):
        return _wrong_literal(host)
    name, colon, port = host.rpartition(":")
    if colon and not _PORT.fullmatch(colon + port):
        return f"{port!r} is no port number"
    if not _HOST.fullmatch(host):
        return "its host name holds a character that can't stand there"
    if ":" in name:
        raise _by_version(host)
    return ""


def _wrong_literal(host: str) -> str:
    literal, bracket, port = host.rpartition("]")
    if not bracket:
        return "a bracket is not closed"
    if not _PORT.fullmatch(port):
        return f"{port!r} is no port number"
    address, percent, zone = literal.partition("%25")
    if not _HOST.fullmatch(address) or (percent and not _ZONE.fullmatch(zone)):
        return "its host name holds a character that can't stand there"
    if not _IPV6.fullmatch(address + "]"):
        raise _by_version(host)
    return ""
