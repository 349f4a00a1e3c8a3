"""The faults that s3/faults.yml has not, as data: what stands there is foretold beside the truth, and not tried again here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry_preflight.fixtures.scripted import names

from .s3_proof import EVERY, NEEDED, Fault, allowed, client, denied, listing, unlisted

if TYPE_CHECKING:
    from registry_preflight.fixtures.buckets import Bucket
    from registry_preflight.fixtures.rgw import Cluster, User

V2 = "/reg/docker/registry/v2"
#: Prefixes of manifests' links, in repositories with a name of one part and of two, a pattern for each depth.
MANIFESTS = tuple(
    f"repositories/{name}/_manifests/revisions/{rest}" for name in ("*", "*/*") for rest in ("*", "*/*", "*/*/*")
)
_MIB = 1 << 20
#: All but the start; a store that is only busy may be well a moment later.
REQUESTS = ("push", "pull", "delete", "gc")


def _at(place: str) -> tuple[str, ...]:
    """The resources of a place, in repositories with a name of one part and of two: Ceph's stars stop at a slash."""
    return tuple({f"{V2}/{place}": None, f"{V2}/{place.replace('/*/', '/*/*/', 1)}": None})


def _quota(size: int = -1, objects: int = -1, whose: str = "bucket"):  # type: ignore[no-untyped-def]
    def prepare(cluster: Cluster, bucket: Bucket, user: User) -> None:
        if whose == "bucket":
            cluster.admin.limit_bucket(bucket.name, bucket.owner, size, objects)
        else:
            cluster.admin.limit_user(bucket.owner, size, objects)

    return prepare


def _three_more(cluster: Cluster, bucket: Bucket, user: User) -> None:
    """A quota of the user's, who has no other bucket. The gateway counts late, and lets a few objects above it pass."""
    there = bucket.client().list_objects_v2(Bucket=bucket.name)["KeyCount"]
    cluster.admin.limit_user(bucket.owner, -1, there + 3)


def _lock(cluster: Cluster, bucket: Bucket, user: User) -> None:
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
    bucket.client().put_object_lock_configuration(
        Bucket=bucket.name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule}
    )


def _object(key: str, body: bytes = b""):  # type: ignore[no-untyped-def]
    return lambda cluster, bucket, user: bucket.client().put_object(Bucket=bucket.name, Key=key, Body=body) and None


RIGHTS = (
    Fault("owner, nothing is wrong", owner=True),
    *(Fault(f"{action} denied on objects alone", denied(action, on=("/*",))) for action in ("GetObject", "PutObject", "AbortMultipartUpload", "ListMultipartUploadParts")),
    Fault("DeleteObject denied on the bucket alone", denied("DeleteObject", on=("",))),
    *(Fault(f"needed rights without {action}", allowed(*(one for one in NEEDED if one != action)))
      for action in ("ListBucket", "ListBucketMultipartUploads", "GetObject", "PutObject")),
    Fault("write only", allowed("PutObject", "ListBucketMultipartUploads", "ListMultipartUploadParts")),
    Fault("the policy of the Docker Trusted Registry document", allowed("ListBucket", "GetBucketLocation", "PutObject", "GetObject", "DeleteObject")),
    Fault("GetObject and ListBucket denied", denied("GetObject", "ListBucket")),
    Fault("AbortMultipartUpload and DeleteObject denied on objects", denied("AbortMultipartUpload", "DeleteObject", on=("/*",)), unknown=("push",)),
    Fault("no rights", lambda bucket, user: [bucket.statement("Deny", user, "s3:*")]),
    Fault("rights of the bucket's owner denied", denied("PutObject"), owner=True, seeded_by_user=True),
)  # fmt: skip

PREFIXES = (
    Fault("all below the root directory", allowed(*EVERY, on=("", "/reg/*"))),
    Fault("all below docker", allowed(*EVERY, on=("", "/reg/docker/*"))),
    Fault("blobs alone", allowed(*EVERY, on=("", f"{V2}/blobs/*"))),
    Fault("repositories alone", allowed(*EVERY, on=("", f"{V2}/repositories/*"))),
    Fault("another directory", allowed(*EVERY, on=("", "/other/*"))),
    Fault("objects without the bucket", allowed(*EVERY, on=("/*",))),
    Fault("the bucket without objects", allowed(*EVERY, on=("",))),
    *(Fault(f"PutObject denied below {place}", denied("PutObject", on=_at(place)))
      for place in ("repositories/*/_layers/*", "repositories/*/_manifests/*", "repositories/*/_manifests/tags/*")),
    *(Fault(f"GetObject denied below {place}", denied("GetObject", on=_at(place)))
      for place in ("repositories/*", "repositories/*/_manifests/*")),
    Fault("GetObject denied on links of layers", denied("GetObject", on=_at("repositories/*/_layers/*")), unknown=("push",)),
    Fault("DeleteObject denied below repositories/*", denied("DeleteObject", on=_at("repositories/*"))),
    Fault("lists below the root directory", listing("reg/*")),
    Fault("lists below docker", listing("reg/docker/*")),
    Fault("lists of blobs alone", listing("reg/docker/registry/v2/blobs/*")),
    Fault("lists of repositories alone", listing("reg/docker/registry/v2/repositories/*")),
    Fault("lists of another directory", listing("foobar/*")),
    Fault("lists of manifests' links denied", unlisted(prefix=[f"{V2}/{place}"[1:] for place in MANIFESTS])),
    Fault("lists of single keys denied", unlisted("NumericEquals", max_keys="1")),
    Fault("the root directory is another than the policy's", allowed(*EVERY, on=("", "/reg/*")), root="/register"),
)  # fmt: skip

PLACES = (
    *(Fault(f"rootdirectory {root!r}", root=root) for root in ("", "/", "reg", "/reg/", "a/b/c", "with blank", "ümlaut", "//x")),
    Fault("bucket of somebody else", lambda bucket, user: [bucket.statement("Allow", bucket.owner, "s3:*")]),
    Fault("no such host", parameters={"regionendpoint": "http://no-such-host.invalid:7480"}),
    Fault("region that the store does not have", parameters={"region": "mars-1"}),
    Fault("redirect to the store without GetObject", denied("GetObject"), storage={"redirect": {"disable": False}}),
    Fault("signature version 2", parameters={"v4auth": False}),
    Fault("signature version 2, redirected", parameters={"v4auth": False}, storage={"redirect": {"disable": False}}),
    Fault("clock 5 minutes fast", ahead=300),
)  # fmt: skip

FEATURES = (
    Fault("quota of 10 MB", prepare=_quota(10 * _MIB), late=True),
    Fault("quota of 60 MB", prepare=_quota(60 * _MIB), late=True),
    Fault("quota of 200 MB", prepare=_quota(200 * _MIB), late=True),
    Fault("quota of 60 MB, seen by the owner", prepare=_quota(60 * _MIB), owner=True, late=True),
    Fault("quota of the owner of 20 MB", prepare=_quota(20 * _MIB, whose="user"), late=True),
    Fault("quota of the owner that leaves 3 objects", prepare=_three_more, owner=True, late=True),
    Fault("quota of 12 objects", prepare=_quota(objects=12), late=True),
    Fault("quota of 200 objects", prepare=_quota(objects=200), late=True),
    Fault("key without encryption", parameters={"keyid": "mykeyid"}),
    Fault("storage class that the release lacks", parameters={"storageclass": "STANDARD_IA"}),
    Fault("public objects", parameters={"objectacl": "public-read"}),
    Fault("ACL that does not exist", parameters={"objectacl": "everybody"}),
    Fault("every copy in parts", parameters={"multipartcopythresholdsize": 0}),
    Fault("small chunks", parameters={"chunksize": 5242880, "multipartcopychunksize": 5242880}),
    Fault("locked bucket", bucket={"ObjectLockEnabledForBucket": True}),
    Fault("locked bucket with retention", bucket={"ObjectLockEnabledForBucket": True}, prepare=_lock),
    Fault("images of another user", owner=True, seeded_by_user=True),
    Fault("a directory's mark among the repositories", prepare=_object("reg/docker/registry/v2/repositories/")),
    Fault("a directory's mark of a repository", prepare=_object("reg/docker/registry/v2/repositories/seeded/")),
    Fault("a directory's mark among the blobs", prepare=_object("reg/docker/registry/v2/blobs/sha256/")),
    Fault("a directory's mark in a blob's prefix", prepare=_object("reg/docker/registry/v2/blobs/sha256/ab/")),
    Fault("a file among the repositories", prepare=_object("reg/docker/registry/v2/repositories/notes.txt", b"x")),
    Fault("a blob of no digest", prepare=_object("reg/docker/registry/v2/blobs/sha256/ab/nonsense/data", b"x")),
    Fault("an empty link of a manifest", prepare=_object("reg/docker/registry/v2/repositories/seeded/before/_manifests/revisions/sha256/" + "a" * 64 + "/link")),
    Fault("a manifest's link with a line end", prepare=_object("reg/docker/registry/v2/repositories/seeded/before/_manifests/revisions/sha256/" + "a" * 64 + "/link", b"sha256:" + b"a" * 64 + b"\n")),
    Fault("dead proxy", environment={"HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1"}),
)  # fmt: skip

#: What no table held when the checks were written.
OTHERS = (
    Fault("any client but the AWS library denied", client("aws-sdk-go/*")),
    Fault("any client but the registry by its name denied", client("docker-distribution/*")),
    *(Fault(f"{action} denied on the state of uploads", denied(action, on=_at("repositories/*/_uploads/*/hashstates/*"))) for action in ("PutObject", "GetObject", "DeleteObject")),
    Fault("DeleteObject denied on the data of uploads", denied("DeleteObject", on=_at("repositories/*/_uploads/*/data"))),
    *(Fault(f"rootdirectory {root!r}", root=root) for root in (" blank before", "日本")),
    *(Fault(f"rootdirectory {root!r}, which is not what it seems", parameters={"rootdirectory": root}) for root in ("reg//x", "..", "a%20b", "a?b")),
    Fault("region with a line end", parameters={"region": "us-east-1\n"}),
    Fault("region with a letter beyond ASCII", parameters={"region": "europä"}),
    Fault("ACL that the store lacks", parameters={"objectacl": "aws-exec-read"}),
    Fault("no copies in parts, and none asked for", script="s3/copy-part-not-implemented", parameters={"multipartcopythresholdsize": 5 << 30}),
)  # fmt: skip

#: What no gateway here does by itself: answers of Amazon and of other stores, before the one that does the rest.
SCRIPTED = tuple(
    Fault(
        f"the store's answer: {name.removeprefix('s3/')}",
        script=name,
        unknown=REQUESTS if name == "s3/slow-down-for-good" else (),
    )
    for name in names("s3")
)

#: The stages that the real registry fails under some of these answers.
FAILING: dict[str, set[str]] = {
    "s3/acl-never-supported": {"push"},
    "s3/acl-not-supported": set(),
    "s3/all-access-disabled": {*REQUESTS},
    "s3/archived": {"push", "pull", "gc"},
    "s3/console-html": {*REQUESTS},
    "s3/copy-part-not-implemented": {"push"},
    "s3/delete-errors": {"gc"},
    "s3/kms-denied": {"push"},
    "s3/kms-decrypt-denied": {*REQUESTS},
    "s3/lists-empty": {"gc"},
    "s3/location-only-for-owners": set(),
    "s3/multi-delete-not-implemented": {"push", "delete", "gc"},
    "s3/r2": set(),
    "s3/second-level-domain": {*REQUESTS},
    "s3/slow-down": set(),
    "s3/slow-down-for-good": {*REQUESTS},
    "s3/temporary-redirect": set(),
    "s3/uploads-not-listed": {"push"},
    "s3/wrong-region-redirect": {*REQUESTS},
    "s3/wrong-region-signature": {*REQUESTS},
}

FAULTS = (*RIGHTS, *PREFIXES, *PLACES, *FEATURES, *OTHERS)
