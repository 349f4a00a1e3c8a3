"""`s3.policy`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import (
    Access,
    CannotTell,
    Config,
    Finding,
    Policy,
    Proof,
    blocker,
    check,
    is_policy_of_dtr,
    note,
    policy_proof,
    rights_beyond,
    warning,
)

from ._refusals import Refusal, refusals
from ._store import REQUESTS


@check(
    "s3.policy",
    when=("--iam-policy",),
    needs=["storage.driver", "storage.required"],
    drivers=["s3"],
    stages=REQUESTS,
)
def policy(config: Config) -> Iterator[Finding]:
    """The policies grant what this config needs.

    The documents of `--iam-policy` are proved by AWS's evaluation logic against what this release does with this config:
    each action, on the keys that the driver would write, with the condition keys that its requests carry. A bare FILE is a
    policy of the registry's identity, `bucket=FILE` the bucket's policy, `boundary=FILE` the permissions boundary,
    `scp=FILE` a service control policy, `session=FILE` a session policy. Answers of `aws iam get-policy-version` and its
    like are read as they are. The documents have to be all that there are: what is not given is taken for absent, and the
    bucket for one of the identity's own account.

    An answer that turns on what nobody can tell offline, such as the address that requests come from, depends, and the
    stages are unknown. `--iam-principal` tells who the identity is, where a bucket policy names identities.

    The policy that the documentation of Docker Trusted Registry shows is not enough: it lacks
    s3:ListBucketMultipartUploads on the bucket and s3:ListMultipartUploadParts on its objects. With it the registry starts,
    is healthy and serves pulls, and every push fails at its first PATCH (seen, by taking each right away). It also lacks
    s3:AbortMultipartUpload, without which the parts of broken uploads stay, and has s3:ListAllMyBuckets, which no release
    asks for. s3:ListBucket with a condition on s3:prefix is not enough either: that an object is missing, and not refused,
    a store tells only to those who may list the bucket without a prefix. Without that the registry answers 500 and not 404
    to a client that asks whether a layer is there already, as Skopeo does before it pushes (2.8.2 on Ceph, seen). Nor is such
    a condition ever true of s3:ListBucketMultipartUploads, whose requests carry no such key. Ceph wants s3:DeleteObject on
    the bucket as well as on its objects (16.2, seen).

    Where the storage is tried as well (without `--offline` and `--read-only`), that has the last word: what the documents
    lack is a warning then, and breaks nothing by itself.
    """
    proof = policy_proof(config)
    yield from _problems(proof.policies)
    decisive = config.options.offline or config.options.read_only
    if not proof.readable:
        if decisive:
            raise CannotTell("a policy can't be read, so nothing is known of what it allows")
        return
    for refusal in refusals(proof):
        yield _lacking(refusal, config, decisive=decisive)
    if is_policy_of_dtr(proof.policies):
        yield _of_dtr(config)
    yield from _excess(proof, config)
    yield from _in_doubt(proof, config, decisive=decisive)


def _place(config: Config) -> str:
    return f"storage.{config.driver}.bucket"


def _problems(policies: tuple[Policy, ...]) -> Iterator[Finding]:
    for policy in policies:
        for problem in policy.problems:
            if problem.fatal:
                yield blocker(
                    what=problem.text,
                    why="AWS refuses such a document, so none of what it says holds.",
                    fix="Mend it at this place.",
                )
            else:
                yield note(
                    what=problem.text,
                    why="AWS may take it, and it does not do what it seems to say, or not everywhere.",
                    fix="Look at it, and mend it where it was not meant so.",
                )


def _lacking(refusal: Refusal, config: Config, *, decisive: bool) -> Finding:
    say = blocker if (refusal.breaks or refusal.serious) and decisive else warning
    return say(
        what=refusal.what,
        why=refusal.why,
        fix=refusal.fix,
        where=_place(config),
        breaks=refusal.breaks if decisive else (),
        evidence=refusal.evidence,
    )


def _of_dtr(config: Config) -> Finding:
    return note(
        what="This is the policy that the documentation of Docker Trusted Registry shows.",
        why="It was written for the administrator's page and not for the driver: it says nothing of multipart uploads,"
        " by which every layer is pushed.",
        fix="Take what `registry-preflight policy` writes for this config.",
        where=_place(config),
    )


def _excess(proof: Proof, config: Config) -> Iterator[Finding]:
    for document, more in rights_beyond(proof.policies, [answer.need for answer in proof.answers], proof.facts):
        yield note(
            what=f"{document.name} allows more than the registry needs: {', '.join(more[:8])}.",
            why="Whoever gets hold of the registry's credentials has these rights, too.",
            fix="`registry-preflight policy` writes the least that this config needs.",
            where=_place(config),
        )


def _in_doubt(proof: Proof, config: Config, *, decisive: bool) -> Iterator[Finding]:
    """What nobody can tell. Raises `CannotTell` where nothing else will."""
    unsure = tuple(_unsure(proof))
    if unsure and decisive:
        raise CannotTell(f"what the policies allow depends on {'; on '.join(unsure)}")
    if unsure:
        yield note(
            what=f"What the policies allow depends on {'; on '.join(unsure)}.",
            why="The documents and the config do not tell it.",
            fix="Nothing where the storage is tried as well: its answer counts.",
            where=_place(config),
        )


def _unsure(proof: Proof) -> Iterator[str]:
    """What answers turn on, each once."""
    reasons: dict[str, None] = {}
    for answer in proof.answers:
        if answer.access is Access.DEPENDS:
            reasons.update(dict.fromkeys(answer.decision.depends_on))
        elif answer.access is Access.DENIED and answer.need.unsure:
            reasons[answer.need.doubt] = None
    return iter(list(reasons)[:6])
