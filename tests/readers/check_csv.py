"""CSV, as pandas and Python's own reader read it."""

import csv
import io
import unittest

import pandas

import gold
from harness import FormatCheck


def unguarded(cell):
    """Without the apostrophe that keeps a spreadsheet from running the cell (docs/FORMATS.md)."""
    rest = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and rest[:1] in tuple("=+-@\t\r\n＝＋－＠") else cell


class Csv(FormatCheck):
    def check(self, rows):
        texts, found = {}, {}
        for row in rows:
            name = unguarded(row["doc_id"])
            texts.setdefault(name, unguarded(row["article"]))
            spans = found.setdefault(name, [])
            if row["start_cp"] == "":
                continue
            start, end = int(row["start_cp"]), int(row["end_cp"])
            self.assertEqual(texts[name][start:end], unguarded(row["surface"]))
            spans.append((unguarded(row["surface"]), row["label"]))
        self.assertEqual(texts, {article.id: article.text for article in gold.ARTICLES})
        self.assertEqual(found, {article.id: article.surfaces() for article in gold.ARTICLES})

    def test_pandas_finds_every_span(self):
        data = self.convert("csv", lossless=True)
        self.assertTrue(data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark")
        frame = pandas.read_csv(io.BytesIO(data), encoding="utf-8-sig", dtype=str, keep_default_na=False)
        self.check(row for _, row in frame.iterrows())

    def test_python_finds_every_span(self):
        text = self.convert("csv", lossless=True).decode("utf-8-sig")
        self.check(csv.DictReader(io.StringIO(text, newline="")))

    def test_no_cell_is_a_formula(self):
        text = self.convert("csv").decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                self.assertNotIn(cell[:1], tuple("=+-@\t\r＝＋－＠"))

    def test_everything_comes_back(self):
        path = self.folder / "gold.csv"
        path.write_bytes(self.convert("csv"))
        self.assertEqual(self.back(path, "csv"), {article.id: article.record() for article in gold.ARTICLES})


if __name__ == "__main__":
    unittest.main()
