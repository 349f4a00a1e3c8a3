"""Whether SELinux lets a container at the store."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import FilesystemStorage, Finding, check, note, warning

from ._terms import ROOT, WHERE

FOR_CONTAINERS = ("container_file_t", "svirt_sandbox_file_t", "container_share_t", "container_var_lib_t")


@check("filesystem.selinux", storage=FilesystemStorage, needs=[ROOT], touches="reads", drivers=["filesystem"])
def selinux(storage: FilesystemStorage) -> Iterator[Finding]:
    """The label of the directory admits a registry in a container.

    Where SELinux is enforced, modes and owners are not all: a container may use what carries a label for containers,
    and, if the label names categories, only the container with the same ones. This program runs outside of the
    container, so that its own rehearsal does not meet these rules.
    """
    if not storage.enforcing():
        return
    label = storage.label(storage.data_directory)
    _user, _role, kind, level = (label.split(":", 3) + [""] * 4)[:4]
    if kind not in FOR_CONTAINERS:
        yield warning(
            what=f"{storage.data_directory} has the SELinux label {label or '(none)'}, which is not one for containers.",
            why="A registry in a container is refused with `permission denied` whatever the modes say. One outside may work.",
            fix=f"Mount it with :Z (one container) or :z (several), or chcon -R -t container_file_t {storage.absolute}",
            where=WHERE,
            evidence=label,
        )
    elif ":" in level:
        yield note(
            what=f"{storage.data_directory} is labelled for the containers of one level: {level}.",
            why="Several registries on this directory each get a level of their own: only those with this one may use it.",
            fix="Give all of them the same level (seLinuxOptions.level), or mount with :z.",
            where=WHERE,
            evidence=label,
        )
