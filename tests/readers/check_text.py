"""Plain texts: one file an article, to the byte."""

import unittest

import gold
from harness import FormatCheck


class Text(FormatCheck):
    def test_every_article_is_a_file_with_its_very_bytes(self):
        out = self.folder / "out"
        self.convert("text", "--out", out)
        found = {path.stem: path.read_bytes() for path in out.iterdir()}
        self.assertEqual(found, {article.id: article.text.encode() for article in gold.ARTICLES})


if __name__ == "__main__":
    unittest.main()
