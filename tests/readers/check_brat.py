"""brat's folders: read as brat opens them (Python's universal line ends), and by bratly."""

import re
import unittest

from bratly import EntityAnnotation
from bratly.io.file_read_src import read_and_load_ann_file

import gold
from harness import FormatCheck


def pieces(span):
    return span.fragments or ((span.start, span.end),)


def lines(article):
    """(pieces without line breaks, label) of each span."""
    found = []
    for span in article.spans:
        parts = []
        for start, end in pieces(span):
            parts += [part for part in re.split(r"[\r\n]+", article.text[start:end]) if part]
        found.append((parts, span.label))
    return sorted(found)


class Brat(FormatCheck):
    def setUp(self):
        super().setUp()
        self.out = self.folder / "out"
        self.convert("brat", "--out", self.out)

    def test_offsets_hold_in_the_text_as_python_opens_it(self):
        for article in gold.ARTICLES:
            with open(self.out / f"{article.id}.txt", encoding="utf-8", newline="") as file:
                self.assertEqual(file.read(), article.text)
            # Universal line ends, as brat has them.
            text = (self.out / f"{article.id}.txt").read_text(encoding="utf-8")
            found = []
            for line in (self.out / f"{article.id}.ann").read_text(encoding="utf-8").split("\n"):
                if line.startswith("T"):
                    _, head, surface = line.split("\t", 2)
                    label, places = head.split(" ", 1)
                    parts = [text[slice(*map(int, place.split(" ")))] for place in places.split(";")]
                    self.assertEqual(" ".join(parts).replace("\t", " "), surface)
                    found.append((parts, label))
            self.assertEqual(sorted(found), lines(article), article.id)

    def test_bratly_reads_every_entity(self):
        for article in gold.ARTICLES:
            text = (self.out / f"{article.id}.txt").read_text(encoding="utf-8")
            read = read_and_load_ann_file(str(self.out / f"{article.id}.ann"), renumerotize=False)
            entities = [a for a in read.annotations if isinstance(a, EntityAnnotation)]
            found = [([text[f.start : f.end] for f in e.fragments], e.label) for e in entities]
            self.assertEqual(sorted(found), lines(article), article.id)

    def test_misam_reads_it_back(self):
        back = self.back(self.out, "brat")
        self.assertEqual(set(back), set(gold.BY_ID))
        for article in gold.ARTICLES:
            record = back[article.id]
            self.assertEqual(record["text"], article.text)
            found = [(s["start"], s["end"], s["label"]) for s in record["spans"]]
            self.assertEqual(sorted(found), sorted((s.start, s.end, s.label) for s in article.spans))


if __name__ == "__main__":
    unittest.main()
