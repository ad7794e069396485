"""Text that was broken into lines of one width is put together again."""

from dateline.sources.wire.formats.bare_text.shapes import ends_sentence, weight_of

_NARROWEST, _WIDEST = 45, 130
_FILLED = 0.78
_ENOUGH_LINES = 6
_SHARE = 0.5

RawLine = tuple[str, bool]


def unwrap(raw: list[RawLine]) -> list[RawLine]:
    """Return the lines with paragraphs whole, if the page was wrapped at a width."""
    width = _width(raw)
    if width is None:
        return raw
    joined: list[RawLine] = []
    goes_on = False
    for text, is_apart in raw:
        if goes_on and not is_apart:
            joined[-1] = (_join(joined[-1][0], text), joined[-1][1])
        else:
            joined.append((text, is_apart))
        goes_on = weight_of(text) >= _FILLED * width
    return joined


def _width(raw: list[RawLine]) -> int | None:
    """Return the width at which the page was wrapped, if it was."""
    weights = [weight_of(text) for text, _ in raw]
    width = max(weights, default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    filled = [n for n in range(len(raw) - 1) if weights[n] >= _FILLED * width]
    running = [n for n in filled if not raw[n + 1][1] and not ends_sentence(raw[n][0])]
    if len(running) < _ENOUGH_LINES or len(running) < _SHARE * len(filled):
        return None
    return width


def _join(above: str, below: str) -> str:
    if weight_of(above[-1]) > 1 or weight_of(below[0]) > 1:
        return above + below
    return f"{above} {below}"
