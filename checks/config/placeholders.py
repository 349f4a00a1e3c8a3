"""`config.placeholders`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, PUSH, Config, Finding, Given, blocker, check, given_values, warning

# fmt: off
#: Values of the registry's own documentation and of the examples that everybody copies, in lower case.
_COPIED = frozenset((
    "awsaccesskey", "awssecretkey", "awssecret", "mykeyid", "bucketname", "/s3/object/name/prefix",
    "http://myobjects.local", "accountname", "base64encodedaccountkey", "containername", "/gcs/object/name/prefix",
    "/path/to/keyfile", "accesskeyid", "accesskeysecret", "/swift/object/name/prefix", "tenantname",
    "cloudfrontkeypairid", "asecretforlocaldevelopment", "/path/to/pem", "changeme", "change_me", "change-me",
    "replaceme", "replace_me", "replace-me", "yourbucket", "yourbucketname", "youraccesskey", "yoursecretkey",
    "mysecretkey", "myaccesskey", "https://myregistryaddress.org:5000", "https://my.cloudfronted.domain.com/",
    "akiaiosfodnn7example", "wjalrxutnfemi/k7mdeng/bpxrficyexamplekey", "wjalrxutnfemi/k7mdeng+bpxrficyexamplekey",
))
# fmt: on
_PHRASES = frozenset(
    ("oss region name", "oss bucket", "optional endpoints", "domain name for openstack identity v3 api")
)
_LITERAL = "The registry uses it to the letter."
_MARKS = ("your-", "your_")
#: Parameters whose value has to be exactly the one that the storage knows.
_NAMES = ("bucket", "container", "accountname", "region", "authurl", "regionendpoint", "tenant", "username")


@check("config.placeholders")
def placeholders(config: Config) -> Iterator[Finding]:
    """No value was copied from an example or left to be filled in.

    Examples hold values such as mykeyid or bucketname, templates such as ${BUCKET} or {{ .Values.bucket }}. The
    registry fills in nothing: it reads no variables inside its file, and sends what stands there.
    """
    for given in given_values(config):
        value = given.value
        if type(value) is not str or not value or given.path.startswith("validation."):
            continue
        low = value.lower()
        if low in _COPIED or low in _PHRASES or low.startswith(_MARKS):
            yield _finding(config, given, copied=True)
        elif ("{" in value or "<" in value or "%" in value or "$" in value) and _is_template(value):
            yield _finding(config, given, copied=False)


def _is_template(value: str) -> bool:
    for start, end in (("${", "}"), ("{{", "}}"), ("$(", ")"), ("<%", "%>")):
        before, found, rest = value.partition(start)
        if found and end in rest and (not before or before[-1] != "$"):
            return True
    inner = value[1:-1]
    if value[:1] == "<" and value[-1:] == ">":
        return bool(inner.replace("-", "").replace("_", "").replace(" ", "").isalnum())
    return value[:1] == "$" and value[1:].isupper() and value[1:].replace("_", "").isalnum()


def _bare(value: str) -> bool:
    return value[:1] == "$" and value[1:2].isalpha()


def _finding(config: Config, given: Given, *, copied: bool) -> Finding:
    prefix = f"storage.{config.driver}."
    name = given.path.removeprefix(prefix) if given.path.startswith(prefix) else ""
    entry = config.parameters.entries.get(name, {})
    decisive = bool(entry) and (name in _NAMES or entry.get("secret") is not None)
    secret = entry.get("secret") or "secret" in given.path or "password" in given.path
    shown = "a value" if secret else repr(given.value)
    how = ", copied from an example" if copied else ", a template that nobody has filled in"
    # An example's bucket might exist, and a password may begin with a dollar; other templates are nobody's name or key.
    fatal = decisive and not copied and not _bare(str(given.value))
    return (blocker if fatal else warning)(
        what=f"{given.path} holds {shown}{how}.",
        why=f"The storage knows no such {'key' if secret else 'name'}."
        if decisive
        else "The registry uses it to the letter.",
        fix="Give the real value." if copied else "Fill in the template first, or give the real value.",
        where=given.path,
        breaks=(PUSH, PULL, DELETE, GC) if fatal else (),
    )
