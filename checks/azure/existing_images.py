"""`azure.existing-images`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, AzureStorage, Finding, blocker, check

from ._rights import CONTAINER, container_path


@check(
    "azure.existing-images",
    storage=AzureStorage,
    needs=[CONTAINER],
    touches="reads",
    drivers=["azure"],
    stages=[PULL, DELETE, GC],
)
def existing_images(storage: AzureStorage) -> Iterator[Finding]:
    """The images in the container are where this release looks for them.

    Up to 2.8 the name of each blob begins with a slash, and the portal shows a folder without a name; from 3.0 on it does
    not, and `rootdirectory` stands before it. Neither sees what the other wrote (2.8.3 and 3.1.1 on one container,
    seen): the registry is empty, and new pushes go beside the old ones. Garbage collection finds no repositories, and ends
    with an error before the first push.
    """
    survey = storage.survey
    listed = survey.step("repositories").error
    if listed is not None and listed.missing:
        return
    own, other = survey.blobs("repositories"), survey.blobs("other layout")
    if own or not any("/repositories/" in blob.name for blob in other):
        return
    whose, layout = ("3.x", "without") if storage.old else ("2.x", "with")
    yield blocker(
        what=f"The images in {storage.container} were written by {whose}: this release does not see them.",
        why=f"Their names are {layout} a slash at the beginning; this release lists no repository, answers 404 and"
        " collects nothing." + ("" if storage.old else " No value of rootdirectory brings them back."),
        fix="Copy all blobs to names "
        + ("with" if storage.old else "without")
        + " the leading slash, as append blobs, into a container of their own before the move; or use another"
        " container if these are not wanted.",
        where=container_path(storage),
        breaks=[PULL, DELETE, GC],
        evidence=[blob.name for blob in other[:3]],
    )
