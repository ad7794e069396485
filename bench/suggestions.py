"""
How good and how quick suggested attributions are.

    python -m bench.suggestions [LANGUAGE [HALF]]

Prints precision, recall and the share left alone on the project's labelled articles
(defined in tests/articles/suggesting/scoring.py), the sentences it got wrong when one
half is asked for, and milliseconds a paragraph.
"""

import sys
from time import perf_counter

from dateline.articles.suggesting import suggest
from tests.articles.suggesting.scoring import LABELLED, Judged, judged, score


def main(argv: list[str]) -> None:
    languages = argv[:1] or sorted(path.stem for path in LABELLED.glob("*.txt"))
    half = argv[1] if len(argv) > 1 else None
    for language in languages:
        sentences = judged(language, half)
        found = score(sentences)
        shares = (found.precision, found.recall, found.left_alone)
        print(
            f"{language:6} {found.sentences:4} sentences: precision, recall, alone",
            *(f"{share:.2f}" for share in shares),
            f" {_milliseconds(language, sentences):.1f} ms a sentence",
        )
        if half:
            _show_wrong(sentences)


def _milliseconds(language: str, sentences: list[Judged]) -> float:
    texts = [s.suggestion.text for s in sentences]
    begin = perf_counter()
    suggest(texts, language)
    return (perf_counter() - begin) * 1000 / len(texts)


def _show_wrong(sentences: list[Judged]) -> None:
    for sentence in sentences:
        said = sentence.suggestion
        if not (sentence.is_right if sentence.sources else not said.cites):
            wanted = " / ".join(sentence.sources) or "-"
            print(f"  {said.text}\n    said {said.source} ({said.cue}), is {wanted}")


if __name__ == "__main__":
    main(sys.argv[1:])
