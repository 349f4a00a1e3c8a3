"""The user's quota on a block device, as far as the kernel shows it. Part of the disk worker."""

from __future__ import annotations

import errno
import os

_GET_QUOTA = 0x800007
_USER = 0
_BLOCK = 1024  # quotactl(2) counts limits in blocks of this size, whatever the file system's are


def quota(device: str, uid: int) -> list[int] | None:
    """Hard limit and use in bytes, hard limit and use in inodes (a limit of 0 is none).

    None where the kernel tells of no quota: off, not supported, no block device (as on NFS), or not ours to read.
    """
    import ctypes

    class Block(ctypes.Structure):
        _fields_ = [
            (name, ctypes.c_uint64)
            for name in ("hard", "soft", "space", "inode_hard", "inode_soft", "inodes", "time", "inode_time")
        ] + [("valid", ctypes.c_uint32)]

    block = Block()
    command = _GET_QUOTA << 8 | _USER
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.quotactl(ctypes.c_int(command), os.fsencode(device), ctypes.c_int(uid), ctypes.byref(block)) != 0:
        refusal = ctypes.get_errno()
        if refusal == errno.EIO:
            raise OSError(refusal, os.strerror(refusal), device)
        return None
    return [block.hard * _BLOCK, block.space, block.inode_hard, block.inodes]
