"""Every error a user can meet, with the exit code the command line gives it.

RecommenderError            1  anything unforeseen
├── UsageError              2  the command's words or the settings are wrong
├── InputError              3  a file, folder or key that cannot be read
├── GateError               4  the quality gate refused a new model
├── IntegrityError          5  a stored model or corpus fails its check
└── LockedError             6  another run holds the workspace

Messages are for the office, in Chinese: what happened, to which file or line, what to do next.
"""


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
