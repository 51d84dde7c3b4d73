"""Fragments and near-duplicates folded into the fullest term that carries them."""

from collections.abc import Mapping

from recommender.emphasis.history import Floats

_CARRIED = 0.95  # of the occurrences of a part; the rest are slips and turns of phrase


def fold_fragments(rows: Mapping[str, int], used: Floats) -> dict[int, int]:
    """Row of a part → row of the fullest term it stands in.

    A part has no life of its own when nearly all its occurrences stand in one longer term
    (供给侧结构性 in 供给侧结构性改革), in reports and in research titles alike: what either uses by
    itself is a term of its own. used: (n_kinds, n_terms), how often each kind of text uses each.
    """
    into: dict[int, int] = {}
    for term in sorted(rows, key=lambda t: (-len(t), t)):
        row = rows[term]
        for part in _parts(term):
            inner = rows.get(part)
            if inner is None or inner in into:
                continue
            if (used[:, row] >= _CARRIED * used[:, inner]).all():
                into[inner] = into.get(row, row)
    return into


def _parts(term: str) -> set[str]:
    ends = range(2, len(term) + 1)
    return {term[start:end] for end in ends for start in range(end - 1)} - {term}
