"""`storage.delete`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, Config, Finding, check, note, printed, warning

from .._serving import shown

_PATH = "storage.delete.enabled"
_NOT_MEANT = ("", "false", "no", "off", "0")


@check("storage.delete", needs=["config.kind"], stages=(DELETE,))
def delete(config: Config) -> Iterator[Finding]:
    """Images may be deleted.

    A registry deletes nothing unless `storage.delete.enabled` is a bare true: the answer to DELETE is 405. It does not
    complain about anything else that stands there. "true" in quotes, `enabled: 1` and `enable: true` all count as
    false, silently. Without deletes there is little for garbage-collect to remove. Release 3.1 asks for this setting
    before it deletes a tag, too; 3.0 does not.
    """
    value = config.get(_PATH)
    if value is True:
        return
    if value is False or _plainly_off(value):
        yield note(
            what="Deleting is not switched on.",
            why="The registry answers 405 to the DELETE of a manifest or a blob.",
            fix="Write delete: {enabled: true} below storage, if images are to be deleted.",
            where="storage.delete.enabled" if config.has(_PATH) else "storage.delete",
            breaks=(DELETE,),
        )
        return
    yield warning(
        what=f"{_PATH} is {shown(value)}, not a boolean.",
        why="The registry takes it for false without a word, and answers 405 to the DELETE of a manifest or a blob.",
        fix="Write enabled: true, without quotes.",
        where=_PATH,
        breaks=(DELETE,),
    )


def _plainly_off(value: object) -> bool:
    return value is None or printed(value).strip().lower() in _NOT_MEANT
