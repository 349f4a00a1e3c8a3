"""How a network file system is mounted."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import FilesystemStorage, Finding, check, note, warning

from ._terms import ROOT, WHERE

NFS = ("nfs", "nfs4")
SMB = ("cifs", "smb3", "smbfs")


@check("filesystem.network-mount", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"])
def network_mount(storage: FilesystemStorage) -> Iterator[Finding]:
    """A network share is mounted as a registry needs it.

    On NFS, `soft` turns a server that is slow for a while into errors in the middle of a layer. The client also caches
    what it knows of directories, some seconds to a minute long: where several registries share the directory, one of
    them does not see yet what another has just begun, and answers `blob upload unknown`. SMB shares may fold the case
    of names, so that the tags Latest and latest are one.
    """
    mount = storage.mount
    if mount is None or mount.kind not in NFS + SMB:
        return
    options = mount.options + mount.super_options
    shown = f"{mount} ({','.join(mount.super_options or mount.options)})"
    if mount.kind in NFS:
        if "soft" in options or "softerr" in options:
            yield warning(
                what=f"The store is on NFS, mounted soft: {mount}.",
                why="When the server does not answer for a while, writes fail in the middle of a layer instead of waiting.",
                fix="Mount it with hard, which is the default.",
                where=WHERE,
                evidence=shown,
            )
        if not {"noac", "actimeo=0", "lookupcache=none"} & set(options):
            yield note(
                what=f"The store is on NFS, and the client caches what it knows of files and directories: {mount}.",
                why="One registry does not mind. With several on this directory, uploads fail with `blob upload unknown` now and then.",
                fix="For several registries, let the load balancer keep each client on one of them, or mount with lookupcache=none and"
                " actimeo=0, or use an object store.",
                where=WHERE,
                evidence=shown,
            )
        return
    yield warning(
        what=f"The store is on an SMB share: {mount}.",
        why="Most servers fold the case of names, so that the tags Latest and latest overwrite each other; owners and modes come from"
        " the mount options alone.",
        fix="Use a local disk, NFS or an object store; otherwise mount with the registry's uid= and gid=, and hard.",
        where=WHERE,
        evidence=shown,
    )
