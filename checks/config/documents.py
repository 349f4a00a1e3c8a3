"""`config.documents`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Where, check, warning


@check("config.documents", when=("!documents",))
def documents(config: Config) -> Iterator[Finding]:
    """The file holds one YAML document.

    A line of three dashes begins another document, one of three dots ends it. The registry reads the first document
    and nothing behind it.
    """
    text = config.text
    if b"\n---" not in text and b"\n..." not in text:
        return
    line = _second(text)
    if line:
        yield warning(
            what=f"A second YAML document begins in line {line}.",
            why="The registry reads the first document only; all that follows has no effect.",
            fix="Put everything into the first document, or into a file of its own.",
            where=Where(line=line, column=1),
        )


def _second(text: bytes) -> int:
    """The line in which content after the first document begins; 0 where there is none."""
    begun = ended = 0
    for number, line in enumerate(text.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        bare = line.strip()
        marker = line[:3] if line[:3] in (b"---", b"...") and not line[3:4].strip() else b""
        if marker:
            bare = line[3:].strip()
            ended = ended or (number if begun else 0)
            begun = 1
        if bare and not bare.startswith(b"#"):
            if ended:
                return ended
            begun = begun or int(bare[:1] != b"%")
    return 0
