"""Keys and certificates in the forms that a config may name, made anew for each run; they open nothing."""

from __future__ import annotations

from registry_preflight.fixtures.certificates import issue, key_on_curve, pem_of, pem_of_key, rsa_key

_key, _rsa_key = key_on_curve(), rsa_key(2048)

#: A certificate of an ECDSA key on P-256, signed by itself.
CERTIFICATE = pem_of(issue("registry.test", authority=True, key=_key).certificate)
#: Its key in the older form.
KEY = pem_of_key(_key, older=True)
#: The same key in the newer form.
KEY_PKCS8 = pem_of_key(_key)
#: The same key under a passphrase.
KEY_PROTECTED = pem_of_key(_key, passphrase="open sesame")
#: Another key.
OTHER_KEY = pem_of_key(key_on_curve(), older=True)
#: A key on the curve P-224.
RARE_KEY = pem_of_key(key_on_curve("P-224"), older=True)
#: An RSA key in PKCS#1.
RSA_KEY = pem_of_key(_rsa_key, older=True)
#: The same key in PKCS#8.
RSA_KEY_PKCS8 = pem_of_key(_rsa_key)
