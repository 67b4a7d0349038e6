#!/usr/bin/env python3
"""Runs of words that the corpus shares with other texts.

    python3 corpus/overlap.py [--words N] PATH...

PATH are files or folders of texts, plain, packed with xz, or labelled in columns, CSV, JSON or XML: of any file the words
in Arabic letters are taken in their order, folded (no marks, no tatweel, one alef, ه for ة, ي for ى, no hamza), so that
tags, numbers and signs between them do not matter. Prints how many runs of N words (8 unless told) of the corpus stand in
those texts, too, each maximal run with its item and its file, and the longest run of all.
"""

import argparse
import json
import lzma
import re
import sys
from pathlib import Path

CORPUS = Path(__file__).parent
WORD = re.compile("[\u0620-\u063f\u0641-\u064a\u0671-\u06d3]+")
DROPPED = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f\ufeff]")
FOLDED = str.maketrans("أإآٱةىؤئ", "ااااهيوي", "ء")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
CHUNK = 1 << 22


def words(text):
    """The folded words of a text, in order."""
    found = WORD.findall(DROPPED.sub("", text))
    return [word for word in (word.translate(FOLDED) for word in found) if word]


def chunks(path):
    """A file's text, some megabytes at a time, cut at line ends."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8", errors="ignore") as file:
        while lines := file.readlines(CHUNK):
            text = "".join(lines)
            yield ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "\\u06" in text else text


def files(paths):
    for path in map(Path, paths):
        yield from sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def corpus(size):
    """The runs of so many words, each with the items and places it stands at; and how many words there are."""
    runs, count = {}, 0
    for part in sorted(CORPUS.glob("part-?.jsonl")):
        for line in part.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            own = words(record["text"])
            count += len(own)
            for at in range(len(own) - size + 1):
                runs.setdefault(" ".join(own[at : at + size]), []).append((record["id"], at))
    return runs, count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, default=8, metavar="N")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    options = parser.parse_args()
    size = options.words
    runs, own = corpus(size)
    shared, others, longest = set(), 0, 0
    for path in files(options.paths):
        before, stretch = [], 0
        for text in chunks(path):
            here = before + words(text)
            others += len(here) - len(before)
            for at in range(len(here) - size + 1):
                run = " ".join(here[at : at + size])
                if run not in runs:
                    stretch = 0
                    continue
                stretch = stretch + 1 if stretch else size
                longest = max(longest, stretch)
                if run not in shared:
                    shared.add(run)
                    items = ", ".join(sorted({item for item, _ in runs[run]}))
                    print(f"{items} | {path.name} | {run}")
            before = here[len(here) - size + 1 :] if len(here) >= size else here
    if others == 0:
        sys.exit("there are no Arabic words in these files")
    print(f"{own} words of the corpus with {len(runs)} runs of {size} words; {others} words of other texts")
    print(f"shared: {len(shared)} runs of {size}; the longest shared run has {longest} words")


if __name__ == "__main__":
    main()
