"""Damaged text as clean lines: every line repaired, then broken paragraphs rejoined."""

import re
from collections import Counter
from dataclasses import dataclass

from recommender.intake.marks import BRACKETED, contents_entry, find_mark
from recommender.intake.repairs import MARKS, SCANS, close_gaps, is_scanned

_SENTENCE_END = "。！？；：!?;:.．"
_CLOSERS = "”’）》】〕\")]"
_CARRIES_ON = "，、,（《“〔("
_PAIRS = ("“”", "（）", "《》", "()", "〔〕", "【】")
_NEW_START = re.compile(
    r"[●•·◆■□▲★☆○◎※►➢\-–*+#|]|—[^—]|资料来源|来源[：:]|发布(?:日期|时间)|附件|作者[：:]"
    r"|各[^，。]{1,40}[：:]|(?:报|发|送|抄送)[：:]|《[^》]{1,30}》(?:提出|指出|提到|明确)?[：:]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and the number of the line where it begins, from 1."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Non-empty lines, and how often each repair was made."""

    lines: tuple[Line, ...]
    repairs: tuple[tuple[str, int], ...]


def clean_text(text: str) -> Cleaned:
    """Apply the repairs in order and count them; cleaning twice is cleaning once."""
    counts: Counter[str] = Counter()
    lines = []
    scanned = is_scanned(text)
    for number, line in enumerate(text.splitlines(), start=1):
        for repair in (*MARKS, close_gaps, *SCANS):
            if repair is close_gaps and not (scanned or is_scanned(line)):
                continue
            line, count = repair(line)
            counts[repair.__name__] += count
        if line.strip():
            lines.append(Line(line, number))
    joined = rejoin_paragraphs(lines, counts)
    return Cleaned(tuple(joined), tuple(sorted((n, c) for n, c in counts.items() if c)))


def rejoin_paragraphs(lines: list[Line], counts: Counter[str]) -> list[Line]:
    """Join paragraphs broken at a page end, dropping a character printed on both sides.

    Tables and contents lines are never joined; nor is anything that begins with a numbering.
    """
    text = "\n".join(line.text for line in lines)
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is None or not is_broken(last.text, line.text):
            joined.append(line)
            continue
        head, overlap = last.text.rstrip(), repeated(last.text, line.text, text)
        glue = " " if re.search(r"[A-Za-z0-9]\n[A-Za-z0-9]", f"{head[-1]}\n{line.text[0]}") else ""
        joined[-1] = Line(head + glue + line.text[overlap:], last.number)
        counts["rejoin_paragraphs"] += 1
        counts["drop_repeated"] += bool(overlap)
    return joined


def is_broken(head: str, tail: str) -> bool:
    """Whether ``tail`` goes on with the sentence that ``head`` begins.

    >>> is_broken("（一）优化结算。鼓励金融机构进一步提", "升服务能力。")
    True
    >>> is_broken("（一）指导思想", "坚持以改革为主线，"), is_broken("甲，乙", "（二）丙")
    (False, False)
    """
    head = head.rstrip()
    if "\t" in head or "\t" in tail or contents_entry(head) or head[-1] in _SENTENCE_END:
        return False
    if find_mark(tail) or BRACKETED.match(tail) or _NEW_START.match(tail):
        return False
    if any(head.count(left) > head.count(right) for left, right in _PAIRS):
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
