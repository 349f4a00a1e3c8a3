"""When the registry speaks TLS."""

from __future__ import annotations

from registry_preflight import Config


def is_on(config: Config) -> bool:
    """Whether a certificate is given, or a place for those that an ACME service issues; nothing else turns TLS on."""
    return bool(config.text_at("http.tls.certificate") or config.text_at("http.tls.letsencrypt.cachefile"))
