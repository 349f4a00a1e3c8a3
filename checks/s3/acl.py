"""`s3.acl`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note, warning

WHO = {
    "public-read": "anybody on the internet may read each object",
    "public-read-write": "anybody on the internet may read each object",
    "authenticated-read": "everybody with any AWS account may read each object",
}


@check("s3.acl", when=("storage.*.objectacl",), needs=["storage.driver"], drivers=["s3"])
def acl(config: Config) -> Iterator[Finding]:
    """Objects are not open to others than the registry.

    `objectacl` goes with every write. With one of the public words a layer can be read by whoever knows its address,
    past the registry and its logins. Buckets made since April 2023 refuse such writes, unless their owner has switched
    the protection off. Any word other than private needs the right s3:PutObjectAcl.
    """
    parameter = config.parameter("objectacl")
    if (
        not parameter.given
        or parameter.wanted
        or not config.parameters.reads("objectacl")
        or parameter.text in ("", "private")
    ):
        return
    if parameter.text in WHO:
        yield warning(
            what=f"objectacl is {parameter.text}: {WHO[parameter.text]}.",
            why="Layers can be read past the registry's own login. A bucket that blocks public access, as new ones"
            " do, refuses every push instead.",
            fix=f"Remove {parameter.path}; clients need no public objects, since the registry signs the addresses"
            " that it gives them.",
            where=parameter.path,
        )
    else:
        yield note(
            what=f"objectacl is {parameter.text}.",
            why="The credentials need s3:PutObjectAcl for it"
            + (
                "."
                if parameter.text == "bucket-owner-full-control"
                else ", and a bucket with access lists switched off refuses every push."
            ),
            fix="Allow s3:PutObjectAcl on the objects, or remove the setting.",
            where=parameter.path,
        )
