"""What four real releases did with random configs, packed: `python -m tests.oracle.releases FILE` packs it anew."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from registry_preflight.fixtures.registry import is_network

PACKED = Path(__file__).with_name("real-starts.json.gz")
#: The witness build of each release, and the target that it stands for.
TARGETS = {"2.5.2": "registry-2.5", "2.7.1": "registry-2.7", "2.8.3": "registry-2.8", "3.1.1": "registry-3.1"}
# Wherever the word `lookup` stood, the rows were marked as decided by a name server; this one is about tags.
_NO_LOOKUP = "tag lookup concurrency limit"
# These drivers ask the network at start. Where the recorder kept a warning and not the line on which the process ended,
# nobody can tell any more whether the network refused or the config.
_ASKS = re.compile(r"^  (?:swift|azure|gcs):", re.MULTILINE)
# Noise of the machine and of the run, which would only tell where they were recorded.
_NOISE = re.compile(r" on [0-9.]+:53\b| go\.version=.*$")


class Seen(NamedTuple):
    """What one release did with a row."""

    outcome: str
    by_network: bool
    said: str


class Row(NamedTuple):
    """A config and an environment; `name` is made from both and stays the same as long as they do."""

    name: str
    config: str
    environment: Mapping[str, str]
    seen: Mapping[str, Seen]


def read_rows() -> list[Row]:
    """All rows, in their order."""
    rows = json.loads(gzip.decompress(PACKED.read_bytes()))
    return [
        Row(_name(config, environment), config, environment, {release: Seen(*seen) for release, seen in real.items()})
        for config, environment, real in rows
    ]


def pack(source: Path) -> None:
    """Write the recorded file anew, without what it says of its machine, and with wrong marks put right."""
    rows = [
        (row["yaml"], row["env"], {release: _seen(real, row["yaml"]) for release, real in row["real"].items()})
        for row in json.loads(source.read_text("utf-8"))
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    PACKED.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def _seen(real: Mapping[str, str], config: str) -> Seen:
    said = real["said"]
    lost = said.startswith("level=warning") and _ASKS.search(config) is not None
    network = (bool(real["by_network"]) and _NO_LOOKUP not in said) or is_network(said) or lost
    return Seen(real["start"], network, _NOISE.sub("", said))


def _name(config: str, environment: Mapping[str, str]) -> str:
    return hashlib.sha256((config + json.dumps(dict(environment), sort_keys=True)).encode()).hexdigest()[:10]


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
    print(f"{PACKED.name}: {PACKED.stat().st_size} bytes, {len(read_rows())} rows")
