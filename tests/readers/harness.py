"""What the checks share: `misam` run on the articles of `gold.py`."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import gold

MISAM = os.environ.get("MISAM_CLI", "misam")


class FormatCheck(unittest.TestCase):
    """A check with a folder of its own that holds the gold records."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="misam-readers-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.gold = self.folder / "gold.jsonl"
        gold.write(self.gold)

    def convert(self, to, *options, records=None, lossless=False):
        """The gold records (or others) in another format: the bytes of the one file, or with `--out` nothing.

        `lossless`: it is a failure if Misam says that something was lost.
        """
        source = records or self.gold
        allowed = [] if lossless else ["--lossy"]
        command = [MISAM, "convert", "--from", "misam", "--to", to, *allowed, *map(str, options), str(source)]
        done = subprocess.run(command, capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.said = done.stderr.decode()
        return done.stdout

    def back(self, path, of, *options):
        """The documents of a file as Misam reads them back, by id."""
        import json

        command = [MISAM, "convert", "--from", of, "--to", "misam", *map(str, options), str(path)]
        done = subprocess.run(command, capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        records = map(json.loads, done.stdout.decode().splitlines())
        return {record["id"]: record for record in records}
