"""Taggers for Python over the articles of the corpus: megabytes a second. Says when it is ready, then makes a run for every
line it is given.

    native.py LIBRARY

spacy is an empty Arabic pipeline with an entity ruler over the names of Misam's own lists. crfsuite is a tagger trained on
the corpus's train part, with words, their beginnings and ends, and the words beside them; making these attributes counts.
"""

import hashlib
import json
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NAMES = ["places", "forces", "organisations", "media", "facilities", "events", "agreements", "people"]


def articles():
    for path in sorted((ROOT / "corpus").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def is_train(article):
    """By the rule of corpus/SPLIT.md."""
    return int.from_bytes(hashlib.sha256(article["id"].encode()).digest()[:4], "big") % 10 < 6


def spacy():
    import spacy

    patterns = []
    for name in NAMES:
        for line in (ROOT / f"assets/lexicon/{name}.tsv").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                first, label, *more = line.split("\t")
                forms = [first, *(more[0].split(";") if more else [])]
                patterns.extend({"label": label, "pattern": form.strip()} for form in forms if form.strip())
    pipeline = spacy.blank("ar")
    pipeline.add_pipe("entity_ruler").add_patterns(patterns)
    return lambda text: len(pipeline(text).ents)


WORD = re.compile(r"\w+|[^\w\s]")


def attributes(words):
    lists = []
    for at, word in enumerate(words):
        own = ["w=" + word]
        own += [f"p{n}={word[:n]}" for n in (1, 2, 3)] + [f"s{n}={word[-n:]}" for n in (1, 2, 3)]
        own += [f"{by:+}={words[at + by]}" for by in (-2, -1, 1, 2) if 0 <= at + by < len(words)]
        lists.append(own)
    return lists


def crfsuite():
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"max_iterations": 30, "c2": 1.0, "feature.minfreq": 2})
    for article in filter(is_train, articles()):
        begin, label = {}, {}
        for span in article["entities"]:
            for at in range(span["start"], span["end"]):
                label[at] = span["label"]
            begin[span["start"]] = span["label"]
        start = 0
        for line in article["text"].split("\n"):
            words, tags = [], []
            for match in WORD.finditer(line):
                at = start + match.start()
                words.append(match.group())
                tags.append(f"B-{begin[at]}" if at in begin else f"I-{label[at]}" if at in label else "O")
            start += len(line) + 1
            if words:
                trainer.append(attributes(words), tags)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)

    def read(text):
        lines = (WORD.findall(line) for line in text.split("\n"))
        return sum(tag[0] == "B" for words in lines if words for tag in tagger.tag(attributes(words)))

    return read


def main():
    read = {"spacy": spacy, "crfsuite": crfsuite}[sys.argv[1]]()
    texts = [article["text"] for article in articles()]
    size = sum(len(text.encode()) for text in texts)
    print("ready", flush=True)
    for _ in sys.stdin:
        began = time.perf_counter()
        for text in texts:
            read(text)
        print(size / 1e6 / (time.perf_counter() - began), flush=True)


if __name__ == "__main__":
    main()
