"""A dataset folder, as Hugging Face datasets reads it."""

import json
import unittest

import datasets
from seqeval.scheme import IOB2, IOBES, Entities

import gold
from check_docbin import longest
from check_conll import squeezed
from harness import FormatCheck


class HuggingFace(FormatCheck):
    def load(self, *options, records=None):
        folder = self.folder / "set"
        self.convert("hf", "--out", folder, *options, records=records)
        return folder, datasets.load_dataset(str(folder), cache_dir=str(self.folder / "cache"))

    def test_datasets_finds_every_span_and_the_names_of_the_tags(self):
        for scheme, reader in (("iob2", IOB2), ("bioes", IOBES)):
            with self.subTest(scheme=scheme):
                self.setUp()
                _, dataset = self.load("--scheme", scheme)
                self.assertEqual(list(dataset), ["train"])
                rows = dataset["train"]
                labels = rows.features["ner_tags"].feature
                self.assertIsInstance(labels, datasets.ClassLabel)
                self.assertEqual(labels.names[0], "O")
                self.assertEqual([row["id"] for row in rows], list(gold.BY_ID))
                for row, article in zip(rows, gold.ARTICLES):
                    self.assertEqual(row["text"], article.text)
                    spans = [(row["text"][s["start"] : s["end"]], s["label"]) for s in row["spans"]]
                    self.assertEqual(spans, article.surfaces())
                    tags = [labels.int2str(number) for number in row["ner_tags"]]
                    entities = Entities([tags], scheme=reader).entities[0] if tags else []
                    found = [("".join(row["tokens"][e.start : e.end]), e.tag) for e in entities]
                    wanted = [(squeezed(surface), label) for surface, label in longest(article)]
                    self.assertEqual([(squeezed(surface), label) for surface, label in found], wanted)

    def test_splits_are_files_of_their_own(self):
        path = self.folder / "split.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            for article, split in zip(gold.ARTICLES, ["test", "train", "dev"] * 10):
                file.write(json.dumps({**article.record(), "meta": {"split": split}}, ensure_ascii=False) + "\n")
        _, dataset = self.load(records=path)
        sizes = {name: len(rows) for name, rows in dataset.items()}
        self.assertEqual(sizes, {"train": 3, "validation": 3, "test": 4})
        names = {rows.features["ner_tags"].feature._int2str[1] for rows in dataset.values()}
        self.assertEqual(len(names), 1, "one number is one label in every split")

    def test_everything_comes_back(self):
        folder, _ = self.load()
        read = self.back(folder, "hf")
        for article in gold.ARTICLES:
            record = article.record()
            for span in record["spans"]:
                span.pop("fragments", None)
            self.assertEqual(read[article.id], record)


if __name__ == "__main__":
    unittest.main()
