"""Paragraphs made whole again: broken at a page end, or wrapped at a fixed width."""

import re
from collections import Counter
from dataclasses import dataclass

from recommender.intake.marks import BRACKETED, contents_entry, find_mark

_SENTENCE_END = "。！？；：!?;:.．"
_CLOSERS = '”’）》】〕")]'
_CARRIES_ON = "，、,（《“〔("
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("(", ")"), ("〔", "〕"), ("【", "】"))
_NEW_START = re.compile(
    r"[●•·◆■□▲★☆○◎※►➢\-–*+#|]|—[^—]|资料来源|来源[：:]|发布(?:日期|时间)|附件|作者[：:]"
    r"|各[^，。]{1,40}[：:]|(?:报|发|送|抄送)[：:]|《[^》]{1,30}》(?:提出|指出|提到|明确)?[：:]"
)
_FRAGMENT = 4  # so short a line with a full stop or colon (…，提 | 出：) is no paragraph
_LONGEST = 20_000  # characters; what is longer is no paragraph, and looking at it again costs time
_MIN_WIDTH, _MAX_WIDTH = 48, 100  # 24 to 50 Chinese characters
_SLACK = 4  # a line breaks up to two characters early, before a punctuation mark or a long word


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and the number of the line where it begins, from 1."""

    text: str
    number: int


def rejoin_paragraphs(lines: list[Line], counts: Counter[str]) -> list[Line]:
    """Join paragraphs broken at a page end, dropping a character printed on both sides, and those
    wrapped at a fixed width.

    Tables and contents lines are never joined; nor is anything that begins with a numbering.
    """
    text = "\n".join(line.text for line in lines)
    full = wrap_width([line.text for line in lines])
    joined: list[Line] = []
    above = ""
    for line in lines:
        if joined and _wraps(above, line.text, full):
            joined[-1] = Line(_glued(joined[-1].text, line.text), joined[-1].number)
            counts["rejoin_wrapped"] += 1
        elif joined and is_broken(joined[-1].text, line.text):
            overlap = repeated(joined[-1].text.rstrip(), line.text, text)
            joined[-1] = Line(_glued(joined[-1].text, line.text[overlap:]), joined[-1].number)
            counts["rejoin_paragraphs"] += 1
            counts["drop_repeated"] += bool(overlap)
        else:
            joined.append(line)
        above = line.text
    return joined


def _glued(head: str, tail: str) -> str:
    """Two Latin words stay apart; a number goes on (2 | 025年)."""
    head = head.rstrip()
    return head + (" " if re.fullmatch("[A-Za-z]{2}", head[-1] + tail[0]) else "") + tail


def wrap_width(lines: list[str]) -> int:
    """Width at which a text is wrapped, in half-width columns; 0 where it is not.

    In wrapped text hardly a line is wider, at least a fifth reach that width, and most of those
    stop in the middle of a sentence.

    >>> wrap_width(["字" * 36] * 8 + ["字" * 9 + "。"] * 8), wrap_width(["字" * 200 + "。"] * 16)
    (72, 0)
    """
    widths = sorted(_width(line) for line in lines if "\t" not in line)
    if len(widths) < 10:
        return 0
    widest = widths[int(0.95 * (len(widths) - 1))]
    full = [line for line in lines if widest - _SLACK <= _width(line) <= widest + _SLACK]
    open_ended = sum(line[-1] not in _SENTENCE_END for line in full)
    wrapped = len(full) >= 0.2 * len(widths) and len(full) >= 4 and open_ended >= 0.6 * len(full)
    return widest if wrapped and _MIN_WIDTH <= widest <= _MAX_WIDTH else 0


def _width(line: str) -> int:
    return 2 * len(line) - len(line.encode("ascii", "ignore"))


def _wraps(head: str, tail: str, full: int) -> bool:
    """Whether ``head`` fills a line of wrapped text and ``tail`` goes on with it."""
    if not full or _width(head) < full - _SLACK or head[-1] in _SENTENCE_END:
        return False
    return not _begins_anew(head, tail)


def _begins_anew(head: str, tail: str) -> bool:
    if "\t" in head or "\t" in tail or contents_entry(head) is not None:
        return True
    return bool(find_mark(tail) or BRACKETED.match(tail) or _NEW_START.match(tail))


def is_broken(head: str, tail: str) -> bool:
    """Whether ``tail`` goes on with the sentence that ``head`` begins.

    >>> is_broken("（一）优化结算。鼓励金融机构进一步提", "升服务能力。")
    True
    >>> is_broken("（一）指导思想", "坚持以改革为主线，"), is_broken("甲，乙", "（二）丙")
    (False, False)
    """
    if len(head) > _LONGEST:
        return False
    head = head.rstrip()
    if head[-1] in _SENTENCE_END or _begins_anew(head, tail):
        return False
    if any(head.count(left) > head.count(right) for left, right in _PAIRS):
        return True
    if len(tail) <= _FRAGMENT and tail[-1] in _SENTENCE_END and len(head) > 5 * _FRAGMENT:
        return True
    if head[-1] in _CLOSERS:
        return tail[0] in "，。、；）" or (tail[0] in "的和与及等" and "。" in head)
    if head[-1] in _CARRIES_ON:
        return True
    has_sentence = bool(re.search("[。；！]", head))
    return has_sentence or len(head) > 60 or (len(head) >= 45 and "，" in head)


def repeated(head: str, tail: str, text: str) -> int:
    """How many characters at the head of ``tail`` were already printed at the end of ``head``.

    A word that ends elsewhere in the text as it does in ``head`` is whole; then the likeness is
    chance (推动发展 / 展会经济), and nothing is dropped.

    >>> repeated("优质日用消", "消费品和医药", "消费品"), repeated("推动发展", "展会", "发展和展会")
    (1, 0)
    """
    for size in (3, 2, 1):
        same = tail[:size]
        if len(tail) > size and head.endswith(same) and re.fullmatch("[\u3400-\u9fff]+", same):
            word, following = head[-size - 1 :], tail[size]
            whole = re.search(re.escape(word) + f"(?![\n{re.escape(following)}])", text)
            return 0 if whole and size == 1 else size
    return 0
