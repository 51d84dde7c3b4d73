"""Text of documents as a terminal or an editor may safely be given it."""

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""Without the control characters a terminal would obey and what no file can hold (half of a
    pair, non-characters); line breaks and tabs stay.

    >>> printable("甲\x1b[31m乙\n")
    '甲[31m乙\n'
    """
    return _CONTROLS.sub("", text)
