"""`filesystem.root-value`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, blocker, check, warning

ASIDE = "The registry starts, and images go to a directory of that name below its working directory."


@check("filesystem.root-value", needs=["storage.driver"], drivers=["filesystem"])
def root_value(config: Config) -> Iterator[Finding]:
    """The root directory is an absolute path.

    The driver takes any value and never looks at it at start. What is left blank in YAML becomes a directory called
    `<nil>` (2.8.2, seen), an empty text the working directory. Nobody expands ~ or a variable in it, and a URL or a
    path of Windows is the name of a directory like any other.
    """
    parameter = config.parameter("rootdirectory")
    text = parameter.text
    if not parameter.given or text.startswith("/"):
        return
    if parameter.raw is None:
        yield blocker(
            what="rootdirectory is left blank, and the driver makes a directory called <nil> of that.",
            why="Images go to <nil> below the working directory; in a container they are lost with it.",
            fix=f"Set {parameter.path}: /var/lib/registry, or remove the line, which means the same.",
            where=parameter.path,
        )
    elif "://" in text or text.startswith("file:"):
        yield _not_a_path(
            parameter.path, text, "is a URL", text.partition(":")[2].replace("//", "/").replace("//", "/")
        )
    elif text.startswith("~") or text.startswith("$"):
        yield _not_a_path(parameter.path, text, "is for a shell to expand, and there is none", "")
    elif "\\" in text or (len(text) > 1 and text[1] == ":" and text[0].isalpha()):
        yield _not_a_path(parameter.path, text, "is a path of Windows", "")
    else:
        yield _relative(parameter.path, text)


def _not_a_path(path: str, text: str, what: str, instead: str) -> Finding:
    return blocker(
        what=f"rootdirectory {text!r} {what}.",
        why=ASIDE,
        fix=f"Set {path}: {instead}"
        if instead.startswith("/")
        else f"Set {path} to an absolute path such as /var/lib/registry.",
        where=path,
    )


def _relative(path: str, text: str) -> Finding:
    if not text:
        return warning(
            what="rootdirectory is empty, which means the registry's working directory.",
            why="Images go wherever the registry happens to be started: in its image that is the root of the"
            " container.",
            fix=f"Set {path} to an absolute path.",
            where=path,
        )
    return warning(
        what=f"rootdirectory {text!r} is a relative path.",
        why="It counts from the registry's working directory, so another start, or garbage-collect from elsewhere,"
        " finds"
        " another store.",
        fix=f"Set {path}: /{text.removeprefix('./')}, or wherever the volume is.",
        where=path,
    )
