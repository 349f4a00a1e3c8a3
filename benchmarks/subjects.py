"""What is measured: the program as users install it, and configs such as they have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent

#: Whole configs, good and bad ones, numbered so that no two are the same.
KINDS = (
    """version: 0.1
log: {{fields: {{service: registry-{n}}}}}
storage:
  cache: {{blobdescriptor: inmemory}}
  delete: {{enabled: true}}
  filesystem: {{rootdirectory: /var/lib/registry/{n}, maxthreads: 100}}
http: {{addr: ':5000', secret: word-{n}, headers: {{X-Content-Type-Options: [nosniff]}}}}
health: {{storagedriver: {{enabled: true, interval: 10s, threshold: 3}}}}
""",
    """version: 0.1
storage:
  s3:
    accesskey: AKIA2PREFLIGHT{n:06}
    secretkey: forty/characters/that+open+no/door{n:06}
    region: eu-west-1
    bucket: images-{n}
    encrypt: true
    chunksize: 10485760
  redirect: {{disable: false}}
http: {{addr: ':5000', secret: word-{n}}}
""",
    """version: 0.1
storage:
  delete: {{enabled: "true"}}
  s3: {{accesskey: key{n}, secretkey: word{n}, region: eu-west-9, bucket: images-{n}, v4_auth: true, chunksize: 5MB}}
http: {{addr: ':5000'}}
""",
    """version: 0.1
storage:
  swift:
    username: registry-{n}
    password: word-{n}
    authurl: https://keystone.example/v3
    tenant: images
    domain: default
    container: images-{n}
  maintenance: {{uploadpurging: {{enabled: true, age: 168h, interval: 24h, dryrun: false}}}}
http: {{addr: ':5000', secret: word-{n}, tls: {{minimumtls: tls1.2}}}}
""",
    """version: 0.1
storage:
  inmemory: {{}}
notifications:
  endpoints:
    - {{name: one-{n}, url: 'https://hooks.example/{n}', timeout: 500ms, threshold: 5, backoff: 1s}}
http: {{addr: ':5000', secret: word-{n}}}
""",
)


class Installed(NamedTuple):
    """The program in an environment of its own."""

    python: str
    program: str


def install(folder: Path) -> Installed:
    """Build the wheel and install it, with what it needs, into a new environment. Raises `CalledProcessError`."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    binaries = folder / "bin"
    subprocess.run([str(binaries / "pip"), "install", "-qq", "--disable-pip-version-check", str(ROOT)], check=True)
    return Installed(str(binaries / "python3"), str(binaries / "registry-preflight"))


def write_configs(folder: Path, number: int) -> list[str]:
    """So many config files, of all kinds in turn."""
    folder.mkdir()
    paths = []
    for n in range(number):
        path = folder / f"config-{n:05}.yml"
        path.write_text(KINDS[n % len(KINDS)].format(n=n))
        paths.append(str(path))
    return paths


def write_servable(folder: Path) -> Path:
    """A config that a real registry serves on this machine, of a usual size."""
    path = folder / "servable.yml"
    path.write_text(KINDS[0].format(n=1).replace("/var/lib/registry/1", str(folder / "images")))
    return path
