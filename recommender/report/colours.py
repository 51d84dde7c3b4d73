"""The colours of a report. A topic's colour follows from its id alone, so that retraining, another
issue or another form never changes it."""

import colorsys

INK, MUTED, FAINT = "#1f2a37", "#5b6776", "#d5dae1"
ACCENT, WARM = "#1d4e89", "#b4532a"

# Twelve hues apart in hue and lightness, each at least 3 : 1 on white; beyond them see topic_colour.
_TOPICS = (
    *("#1d4e89", "#c8553d", "#2f8f6b", "#9a7400", "#6c5b9b", "#1f8a99"),
    *("#8f5a3c", "#b8527a", "#5f7d2f", "#64748b", "#a23b72", "#3d405b"),
)
_GOLDEN = 0.618033988749895


def topic_colour(number: int) -> str:
    """The colour of a topic's id, 1 or higher.

    >>> topic_colour(1), topic_colour(13) != topic_colour(1)
    ('#1d4e89', True)
    """
    if 1 <= number <= len(_TOPICS):
        return _TOPICS[number - 1]
    red, green, blue = colorsys.hls_to_rgb(number * _GOLDEN % 1, 0.29 + 0.07 * (number % 2), 0.45)
    return "#" + "".join(f"{round(255 * part):02x}" for part in (red, green, blue))
