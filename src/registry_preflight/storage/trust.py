"""Which certificates a registry's process trusts: Go's rules for the system's roots, played with OpenSSL.

Go reads the first certificate file that it finds, and then every file of its certificate directories as well.
SSL_CERT_FILE and SSL_CERT_DIR of the registry's environment take the place of the one and of the other. Whatever is in
there is an anchor, also a server's own certificate or one in the middle of a chain. (Go's crypto/x509, root_unix.go.)
"""

from __future__ import annotations

import os
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registry_preflight.config.tables import Release

#: Where Go looks on Linux, in its order.
FILES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
DIRECTORIES = ("/etc/ssl/certs", "/etc/pki/tls/certs")
MAX_FILES = 2000
MAX_BYTES = 8 << 20
_VERSIONS = {"1.0": ssl.TLSVersion.MINIMUM_SUPPORTED, "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}


class Trust:
    """What one process trusts. `verify` false takes every certificate; `bundle` is a file in the place of all roots,
    if it can be read: where it can't, the library refuses to begin.

    `common_name`: whether a certificate without alternative names is taken by its common name (Go before 1.15).
    `versions`: the lowest and the highest version of TLS. `troubles` says what could not be read.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        verify: bool = True,
        bundle: str = "",
        common_name: bool = False,
        versions: tuple[str, str] = ("1.2", "1.3"),
    ) -> None:
        self.verify = verify
        self.bundle = bundle
        self.troubles: list[str] = []
        self._environment = environment
        self._common_name = common_name
        self._versions = versions
        self._lock = threading.Lock()
        self._contexts: dict[bool, ssl.SSLContext] = {}

    @classmethod
    def of(cls, release: Release, environment: Mapping[str, str], *, verify: bool = True, bundle: str = "") -> Trust:
        """The trust of a process of this release."""
        lowest, highest = release.strings("tls_versions") or ("1.2", "1.3")
        named = release.fact("tls_common_name") is True
        return cls(environment, verify=verify, bundle=bundle, common_name=named, versions=(lowest, highest))

    @property
    def source(self) -> str:
        """Where the roots come from, for a sentence."""
        if self.bundle:
            return self.bundle
        if given := self._environment.get("SSL_CERT_FILE"):
            return f"SSL_CERT_FILE={given} and the certificate directories"
        return "the certificate store of this machine"

    def context(self, complete: bool = False) -> ssl.SSLContext:
        """How a connection is to be made. `complete` also reads those files of the directories that no hash leads to."""
        with self._lock:
            if complete not in self._contexts:
                self._contexts[complete] = self._make(complete)
            return self._contexts[complete]

    def blind(self) -> ssl.SSLContext:
        """A context that takes every certificate, to look at what a server shows."""
        return self._bare()

    def _bare(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.minimum_version, context.maximum_version = (_VERSIONS[version] for version in self._versions)
        # Go sets no bounds of its own on keys; level 1 refuses SHA-1 signatures, as Go does since 1.18.
        context.set_ciphers(f"DEFAULT:@SECLEVEL={0 if self._versions[0] == '1.0' else 1}")
        return context

    def _make(self, complete: bool) -> ssl.SSLContext:
        context = self._bare()
        if not self.verify:
            return context
        context.verify_mode = ssl.CERT_REQUIRED
        context.check_hostname = True
        context.hostname_checks_common_name = self._common_name
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        if self.bundle and self._load(context, self.bundle, "the CA bundle"):
            return context
        given = self._environment.get("SSL_CERT_FILE")
        file = given or next((path for path in FILES if os.access(path, os.R_OK)), "")
        if file:
            self._load(context, file, "SSL_CERT_FILE" if given else "the system's file")
        for directory in self._directories():
            context.load_verify_locations(capath=directory)
            if complete:
                _load_all(context, directory)
        return context

    def _directories(self) -> list[str]:
        given = self._environment.get("SSL_CERT_DIR")
        return [path for path in (given.split(":") if given else DIRECTORIES) if path and os.path.isdir(path)]

    def _load(self, context: ssl.SSLContext, path: str, name: str) -> bool:
        try:
            context.load_verify_locations(cafile=path)
        except OSError as error:  # ssl.SSLError is one too: no certificate in it
            self.troubles.append(f"{name} {path}: {error.strerror or error}")
            return False
        return True


def _load_all(context: ssl.SSLContext, directory: str) -> None:
    """Read every file of a directory, as Go does; what holds no certificate is passed over."""
    read = 0
    with suppress(OSError), os.scandir(directory) as entries:
        for entry in list(entries)[:MAX_FILES]:
            with suppress(OSError):
                read += entry.stat().st_size
                if entry.is_file() and read <= MAX_BYTES:
                    context.load_verify_locations(cafile=entry.path)
