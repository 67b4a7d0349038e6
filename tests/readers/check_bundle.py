"""A dataset folder as `misam bundle` writes it, loaded by Hugging Face's `datasets` from its card alone."""

import hashlib
import json
import subprocess
import unittest

import datasets
import yaml

from harness import MISAM, FormatCheck


class Bundle(FormatCheck):
    def bundle(self, *options):
        out = self.folder / "dataset"
        command = [MISAM, "bundle", "--out", str(out), "--licence", "cc0-1.0", *options, str(self.gold)]
        done = subprocess.run(command, capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return out

    def test_the_card_tells_where_everything_is(self):
        out = self.bundle("--title", 'a: "b"', "--ratios", "train=1,test=1")
        front_matter = yaml.safe_load((out / "README.md").read_text("utf-8").split("---\n")[1])
        self.assertEqual((front_matter["pretty_name"], front_matter["license"]), ('a: "b"', "cc0-1.0"))
        wanted = {record["id"]: record for record in map(json.loads, self.gold.read_text("utf-8").splitlines())}
        found = {}
        for config in front_matter["configs"][0]["data_files"]:
            lines = (out / config["path"]).read_text("utf-8").split("\n")
            found.update((record["id"], record) for record in map(json.loads, filter(None, lines)))
        self.assertEqual({i: r["text"] for i, r in found.items()}, {i: r["text"] for i, r in wanted.items()})

    def test_the_datasets_library_loads_it(self):
        out = self.bundle("--whole")
        loaded = datasets.load_dataset(str(out), cache_dir=str(self.folder / "cache"))
        self.assertEqual(list(loaded), ["train"])
        for record in loaded["train"]:
            for span in record["spans"]:
                self.assertEqual(record["text"][span["start"] : span["end"]], span["text"])

    def test_the_checksums_are_right(self):
        out = self.bundle()
        sums = dict(line.split("  ")[::-1] for line in (out / "checksums.sha256").read_text().splitlines())
        files = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()} - {"checksums.sha256"}
        self.assertEqual(set(sums), files)
        for name, expected in sums.items():
            self.assertEqual(hashlib.sha256((out / name).read_bytes()).hexdigest(), expected, name)

    def test_without_text_the_spans_can_be_put_back(self):
        out = self.bundle("--without-text", "--whole")
        texts = {r["text_sha256"]: r for r in map(json.loads, self.gold.read_text("utf-8").splitlines())}
        for record in map(json.loads, (out / "data/train.jsonl").read_text("utf-8").splitlines()):
            whole = texts[record["text_sha256"]]
            self.assertNotIn("text", record)
            self.assertEqual(record["text_code_points"], len(whole["text"]))
            words = [whole["text"][span["start"] : span["end"]] for span in record["spans"]]
            self.assertEqual(words, [span["text"] for span in whole["spans"] if span["origin"] != "suggested"])


if __name__ == "__main__":
    unittest.main()
