"""`s3.encryption`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, Config, Finding, Parameter, blocker, check, note, warning

from ._store import REGIONS, at_amazon, path_of


@check("s3.encryption", when=("storage.*.keyid", "storage.*.encrypt"), needs=["storage.driver"], drivers=["s3"])
def encryption(config: Config) -> Iterator[Finding]:
    """`encrypt` and `keyid` ask for an encryption that the store can do.

    `encrypt: true` alone asks for the store's own keys, with `keyid` for that key of its key service. `keyid` without
    `encrypt` is no harmless leftover: the header that names the key is still sent, without the one that asks for
    encryption (3.1.1, seen; 2.5 and 2.8 by their source), and Amazon refuses the write. A store without a key service
    refuses both headers.
    """
    key, encrypt = config.parameter("keyid"), config.parameter("encrypt")
    amazon = at_amazon(config)
    if key.text == "mykeyid":
        yield blocker(
            what="keyid is mykeyid, the example of the documentation.",
            why="The registry sends it with every write. No key service has such a key, and a store without one"
            " refuses the header: the registry starts, and pushes fail.",
            fix=f"Remove {key.path}, or give the id of a key of yours.",
            where=key.path,
            breaks=(PUSH,) if amazon else (),
        )
    elif key.text and encrypt.value is not True:
        yield _key_alone(key, encrypt, amazon)
    elif key.text and amazon:
        yield from _key_of_amazon(config, key)
    elif encrypt.value is True and not amazon:
        yield warning(
            what="Each write asks the store to encrypt" + (" with a key of its key service." if key.text else "."),
            why="A store without encryption set up answers that it does not implement the header: the registry"
            " starts, and every push fails.",
            fix="Check that the store has a key service"
            + (f" with the key {key.text}" if key.text else "")
            + f"; if not, remove {encrypt.path}"
            + (f" and {key.path}." if key.text else "."),
            where=key.path if key.text else encrypt.path,
        )


def _key_alone(key: Parameter, encrypt: Parameter, amazon: bool) -> Finding:
    say = blocker if amazon else warning
    return say(
        what="keyid is set, and encrypt is not true.",
        why="The registry still sends the id of the key with each write, without asking for encryption: Amazon"
        " refuses such a write, other stores may.",
        fix=f"Set {encrypt.path}: true, or remove {key.path}.",
        where=key.path,
        breaks=(PUSH,) if amazon else (),
    )


def _key_of_amazon(config: Config, key: Parameter) -> Iterator[Finding]:
    text, region = key.text, config.parameter("region").text
    parts = text.split(":")
    if len(parts) >= 6 and parts[2] == "kms" and parts[3] in REGIONS and region in REGIONS and parts[3] != region:
        yield blocker(
            what=f"The key of keyid is in {parts[3]}, the bucket in {region}.",
            why="Amazon encrypts only with a key of the bucket's own region: the registry starts, and every push"
            " fails.",
            fix=f"Use a key of {region}.",
            where=key.path,
            breaks=(PUSH,),
        )
        return
    if not (text.startswith(("arn:", "alias/", "mrk-")) or (len(text) == 36 and text.count("-") == 4)):
        yield warning(
            what=f"keyid {text!r} has the shape of no key of Amazon's key service.",
            why="If there is no such key, the registry starts and every push fails.",
            fix="Write the key's ARN, its id (a UUID) or alias/NAME.",
            where=key.path,
        )
    yield note(
        what="An upload that is resumed with less than 5 MiB in it is encrypted with the account's default key, not"
        " with keyid.",
        why="The driver leaves the key out when it begins such an upload anew: that needs rights on aws/s3, and a"
        " policy that demands one key denies it.",
        fix="Allow both keys, and let no bucket policy demand this one alone.",
        where=path_of(config, "keyid"),
    )
