"""The registry's environment: this process's `REGISTRY_*` variables, env-files as Docker reads them, single variables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from registry_preflight.config.overrides import PREFIX

MAX_BYTES = 1 << 20


class BadEnvironment(Exception):
    """A variable or an env-file that can't be taken; the text says which, why and how to mend it."""


def gather(
    process: Mapping[str, str], *, inherit: bool = True, files: Iterable[str] = (), variables: Iterable[str] = ()
) -> dict[str, str]:
    """The environment that the registry will have: what comes later wins.

    Raises `BadEnvironment`.
    """
    found = {name: value for name, value in process.items() if name.startswith(PREFIX)} if inherit else {}
    for path in files:
        found.update(_read_file(path, process))
    for given in variables:
        name, equals, value = given.partition("=")
        if not name:
            raise BadEnvironment("--env: a variable needs a name before its equals sign.")
        if equals:
            found[name] = value
        elif name in process:
            found[name] = process[name]
        else:
            raise BadEnvironment(f"--env {name}: this process has no such variable; write --env {name}=VALUE.")
    return found


def _read_file(path: str, process: Mapping[str, str]) -> dict[str, str]:
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadEnvironment(f"--env-file {path}: {(error.strerror or str(error)).lower()}.") from None
    if len(content) > MAX_BYTES:
        raise BadEnvironment(f"--env-file {path}: larger than {MAX_BYTES >> 20} MiB; no registry's environment is.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadEnvironment(f"--env-file {path}: not UTF-8 (byte {error.start}); Docker refuses it.") from None
    return parse_env_file(text, process, path)


def parse_env_file(text: str, process: Mapping[str, str], path: str = "-") -> dict[str, str]:
    """Docker's own reading: one NAME=VALUE a line, the value to the letter, quotes and trailing blanks included.

    A NAME alone takes the value of this process, if it has one; lines that begin with # are comments.

    Raises `BadEnvironment` where Docker refuses the file.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r").lstrip(" \t")
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not name:
            raise BadEnvironment(f"{path}:{number}: no name before the equals sign; Docker refuses the file.")
        if any(character.isspace() for character in name):
            raise BadEnvironment(
                f"{path}:{number}: a blank in the variable's name {name.strip()!r}; Docker refuses the file."
            )
        if equals:
            found[name] = value
        elif name in process:
            found[name] = process[name]
    return found
