"""GATE's documents, as gatenlp loads them."""

import unittest

import gatenlp

import gold
from harness import FormatCheck


class Bdoc(FormatCheck):
    def test_gatenlp_finds_every_label_on_its_text(self):
        out = self.folder / "out"
        self.convert("bdoc", "--out", out)
        seen = set()
        for path in out.glob("*.bdocjs"):
            document = gatenlp.Document.load(str(path))
            article = gold.BY_ID[document.name]
            seen.add(article.id)
            self.assertEqual(document.text, article.text)
            found = sorted((document[a], a.type, a.start) for a in document.annset())
            wanted = sorted((article.text[s.start : s.end], s.label, s.start) for s in article.spans)
            self.assertEqual(found, wanted, article.id)
        self.assertEqual(seen, set(gold.BY_ID))
        self.assertEqual(set(self.back(out, "bdoc")), set(gold.BY_ID))


if __name__ == "__main__":
    unittest.main()
