"""Every error a user can meet, with the exit code the command line gives it.

RecommenderError            1  anything unforeseen
├── UsageError              2  the command's words or the settings are wrong
├── InputError              3  a file, folder or key that cannot be read
├── GateError               4  the quality gate refused a new model
├── IntegrityError          5  a stored model or corpus fails its check
└── LockedError             6  another run holds the workspace
    └── ConflictError       6  another editor, or browser, was quicker

Messages are for the office, in Chinese: what happened, to which file or line, what to do next.
"""

import errno


class RecommenderError(Exception):
    """Base of all errors raised on purpose."""

    exit_code = 1


class UsageError(RecommenderError):
    """The words of a command, or a setting, cannot be followed."""

    exit_code = 2


class InputError(RecommenderError):
    """Something named by the user cannot be read."""

    exit_code = 3


class GateError(RecommenderError):
    """A retrained model is worse than the one that serves."""

    exit_code = 4


class IntegrityError(RecommenderError):
    """A stored model or corpus is damaged, or of a form this version does not know."""

    exit_code = 5


class LockedError(RecommenderError):
    """Another run is writing to the workspace."""

    exit_code = 6


class ConflictError(LockedError):
    """What was to be changed has changed since it was looked at; nothing was stored."""


_CAUSES = {
    errno.ENOENT: "路径不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被别的程序占用",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "这里已有同名的文件，不能再建文件夹",
    errno.EISDIR: "这里是文件夹，不是文件",
    errno.ENAMETOOLONG: "路径太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
}


def cause_of(error: OSError) -> str:
    """Why the system refused, in Chinese where we know the reason.

    >>> cause_of(PermissionError(errno.EACCES, "Permission denied"))
    '没有权限'
    """
    return _CAUSES.get(error.errno or 0) or error.strerror or type(error).__name__
