"""Segmentation against jieba: ``python benchmarks/segmentation.py FILE…`` for speed and equal words.

FILE: bulletins or collections. Their clauses are cut as training cuts them, by rjieba and by jieba;
every word is compared, and processor times of one run: ours, rjieba alone on the same text, and
jieba's own ``cut``. With ``--part N`` only every N-th issue.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from recommender.corpus import open_corpus
from recommender.features import segment
from recommender.ingest import ingest_paths


def main(words: Sequence[str]) -> None:
    step, words = (int(words[1]), words[2:]) if words[:1] == ["--part"] else (1, words)
    texts = texts_of([Path(word) for word in words], step)
    fast, plain = segment.marking_segmenter(), plain_segmenter()
    fast("预热"), plain("预热")
    cut = segment._rust(()).cut
    jieba = segment._python(()).lcut
    ours, found = timed(lambda: [fast(text) for text in texts])
    alone, _ = timed(lambda: [cut(text) for text in texts])
    theirs, _ = timed(lambda: [jieba(text) for text in texts])
    other = [plain(text) for text in texts]
    different = sum(one != two for one, two in zip(found, other, strict=True))
    print(f"{len(texts)} 段，{sum(map(len, texts))} 字，{sum(map(len, found))} 个词和停顿")
    print(f"两种分词结果不同的段：{different}")
    print(f"本程序 {ours:.2f} 秒，rjieba 本身 {alone:.2f} 秒，jieba 的 cut {theirs:.2f} 秒（处理器时间）")
    print(f"比 jieba 的 cut 快 {theirs / ours:.1f} 倍，为 rjieba 本身的 {ours / alone:.2f} 倍时间")


def texts_of(paths: Sequence[Path], step: int) -> list[str]:
    """Headings and texts of the clauses."""
    with tempfile.TemporaryDirectory() as folder, open_corpus(Path(folder, "corpus.sqlite")) as corpus:
        ingest_paths(corpus, paths)
        return [
            text
            for issue in islice(corpus.stream(), 0, None, step)
            for document in issue.documents
            for clause in document.clauses
            for text in (clause.heading, clause.text)
            if text
        ]


def plain_segmenter() -> segment.Cut:
    """Ours on jieba, as where rjieba has no wheel."""
    has_rjieba, segment._has_rjieba = segment._has_rjieba, lambda: False
    try:
        return segment.marking_segmenter.__wrapped__()
    finally:
        segment._has_rjieba = has_rjieba


def timed(work: Callable[[], list[list[str]]]) -> tuple[float, list[list[str]]]:
    """Processor seconds of some work, and its result."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


if __name__ == "__main__":
    main(sys.argv[1:])
