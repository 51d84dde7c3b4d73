"""The forms of a text that are compared, never shown."""

import re
import unicodedata

_GAPS = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
CJK = "\u3400-\u9fff"


def fold(text: str) -> str:
    """Half-width, lower-case and without white space: equal for equal content.

    >>> fold("２０２３ 年“ＲＣＥＰ”")
    '2023年“rcep”'
    """
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).lower()


def bare(text: str) -> str:
    """``fold`` without punctuation.

    >>> bare("1. 推进“贸易”数字化。")
    '1推进贸易数字化'
    """
    return _NOT_WORD.sub("", fold(text))


def bigrams(text: str) -> list[str]:
    """Neighbouring characters of ``bare(text)``; a single character stands for itself.

    >>> bigrams("数字化")
    ['数字', '字化']
    """
    plain = bare(text)
    return [plain[i : i + 2] for i in range(len(plain) - 1)] or [plain]


def strip_marks(text: str) -> str:
    """Without punctuation at the ends; a quotation mark stays where its partner stands inside.

    >>> strip_marks("“人工智能+”消费提质。"), strip_marks("“双高计划”")
    ('“人工智能+”消费提质', '双高计划')
    """
    before, text = text, text.strip("。．.；;，,、：: ")
    for left, right in ("“”", "《》", '""', "‘’"):
        if text.startswith(left) and text.find(right, 1) == len(text) - 1:
            text = text[1:-1]
        if left != right and text.count(left) != text.count(right):
            text = text.strip(left + right)
    return text if text == before else strip_marks(text)
