"""What the checks share: `misam` run on the articles of `gold.py`."""

import json
import os
import pathlib
import shutil
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
        if gold.PAGE:
            self.assertEqual(self.gold.read_bytes(), (gold.PAGE / "gold.jsonl").read_bytes())

    def convert(self, to, *options, records=None, lossless=False):
        """The gold records (or others) in another format: the bytes of the one file, or with `--out` nothing.

        `lossless`: it is a failure if Misam says that something was lost. Where the page has saved the same, that is given
        out, and it is a failure if it differs by a byte.
        """
        source = records or self.gold
        allowed = [] if lossless else ["--lossy"]
        # The page knows the labels of its project.
        schema = ["--schema", gold.PAGE / "schema.json"] if gold.PAGE else []
        command = [MISAM, "convert", "--from", "misam", "--to", to, *allowed, *schema, *options, source]
        done = subprocess.run(list(map(str, command)), capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.said = done.stderr.decode()
        if gold.PAGE and records is None:
            return self.of_the_page(to, options, done.stdout)
        return done.stdout

    def of_the_page(self, to, options, written):
        """What the page saved in this format, if the same was asked of it as of the command line."""
        saved = {path.name: path for path in (gold.PAGE / to).iterdir()}
        match options:
            case ():
                (path,) = saved.values()
                self.assertEqual(path.read_bytes(), written, f"{to}: page and command line")
                return path.read_bytes()
            case ("--out", out):
                here = {path.name: path.read_bytes() for path in out.iterdir()}
                self.assertEqual(set(saved), set(here), f"{to}: page and command line")
                for name, path in saved.items():
                    self.assertEqual(path.read_bytes(), here[name], f"{to}, {name}: page and command line")
                    shutil.copy(path, out / name)
        return written

    def back(self, path, of, *options):
        """The documents of a file as Misam reads them back, by id."""
        command = [MISAM, "convert", "--from", of, "--to", "misam", *map(str, options), str(path)]
        done = subprocess.run(command, capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        records = map(json.loads, done.stdout.decode().splitlines())
        return {record["id"]: record for record in records}
