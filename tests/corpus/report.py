"""Prints how the reader does on the corpus: `python -m tests.corpus.report seen [--why]`."""

from __future__ import annotations

import argparse

from tests.corpus.documents import cases
from tests.corpus.scoring import MEASURES, Score, read_case, score, total


def row(name: str, figures: Score) -> str:
    """One document's figures on a line; a dash where nothing was expected and nothing made."""
    shown = (
        f"{measure} {figures[measure].f1:.3f}" if figures[measure].gold or figures[measure].made else f"{measure} -"
        for measure in MEASURES
    )
    return f"{name:<40} " + "  ".join(shown)


def main() -> None:
    """Read the documents of one half and print their figures, with --why every miss and invention."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", choices=("seen", "unseen"))
    parser.add_argument("--why", action="store_true")
    options = parser.parse_args()
    groups: dict[str, list[Score]] = {"lists": [], "articles": []}
    for case in cases(options.half):
        figures = score(case, read_case(case))
        groups["lists" if case.is_list else "articles"].append(figures)
        print(row(case.name, figures))
        if options.why:
            for measure in MEASURES:
                print(*(f"    {measure} 缺 {words}" for words in figures[measure].missed), sep="\n")
                print(*(f"    {measure} 多 {words}" for words in figures[measure].invented), sep="\n")
    for name, scores in groups.items():
        print(row(f"{options.half} {name}", total(scores)))


if __name__ == "__main__":
    main()
