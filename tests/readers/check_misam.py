"""Misam's own records, as Python, pandas and Hugging Face datasets read them."""

import json
import unittest

import datasets
import pandas

import gold
from harness import FormatCheck


class Misam(FormatCheck):
    def rows(self, rows):
        found = {row["id"]: row for row in rows}
        self.assertEqual(list(found), [article.id for article in gold.ARTICLES])
        for article in gold.ARTICLES:
            row = found[article.id]
            self.assertEqual(row["text"], article.text)
            spans = row["spans"] if row["spans"] is not None else []
            surfaces = [(row["text"][s["start"] : s["end"]], s["label"]) for s in spans]
            self.assertEqual(surfaces, article.surfaces())

    def test_python_slices_what_was_labelled(self):
        written = self.convert("misam", lossless=True)
        self.assertEqual(written, self.gold.read_bytes(), "what was read is written again, byte for byte")
        self.rows(json.loads(line) for line in written.decode().splitlines())

    def test_pandas_reads_it(self):
        frame = pandas.read_json(self.gold, lines=True, encoding="utf-8")
        self.rows(row for _, row in frame.iterrows())

    def test_datasets_reads_it(self):
        rows = datasets.load_dataset("json", data_files=str(self.gold), split="train", cache_dir=str(self.folder))
        self.rows(rows)


if __name__ == "__main__":
    unittest.main()
