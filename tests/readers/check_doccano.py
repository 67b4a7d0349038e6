"""Records for doccano, taken in by doccano's own importer: its parser, its reader and its maker of spans. The database models
that it would put them into need its server, and stand empty here."""

import importlib.util
import pathlib
import sys
import unittest
import unittest.mock

import gold
from harness import FormatCheck

# The modules of the server have very common names, so they can be found only as long as they are looked for.
BACKEND = str(pathlib.Path(importlib.util.find_spec("backend").submodule_search_locations[0]))
SERVER = ("examples.models", "label_types.models", "labels.models", "projects.models")
sys.path.insert(0, BACKEND)
sys.modules.update({name: unittest.mock.MagicMock() for name in SERVER})
from data_import.pipeline.label import SpanLabel
from data_import.pipeline.makers import LabelMaker
from data_import.pipeline.parsers import JSONLParser
from data_import.pipeline.readers import DEFAULT_LABEL_COLUMN, FileName, Reader, UUID_COLUMN

sys.path.remove(BACKEND)
for name in SERVER:
    del sys.modules[name]


class Doccano(FormatCheck):
    def test_the_importer_finds_every_span(self):
        path = self.folder / "doccano.jsonl"
        path.write_bytes(self.convert("doccano"))
        reader = Reader([FileName(str(path), path.name, path.name)], JSONLParser(encoding="utf-8"))
        (frame,) = reader.batch(1000)
        self.assertEqual(reader.errors, [])
        texts = dict(zip(frame[UUID_COLUMN], frame["text"]))
        self.assertEqual(list(texts.values()), [article.text for article in gold.ARTICLES])
        found = {uuid: [] for uuid in texts}
        for span in LabelMaker(DEFAULT_LABEL_COLUMN, SpanLabel).make(frame):
            # Offsets are those of doccano's page.
            units = texts[span.example_uuid].encode("utf-16-le")
            surface = units[2 * span.start_offset : 2 * span.end_offset].decode("utf-16-le")
            found[span.example_uuid].append((surface, span.label))
        for spans, article in zip(found.values(), gold.ARTICLES, strict=True):
            self.assertEqual(sorted(spans), sorted(article.surfaces()), article.id)


if __name__ == "__main__":
    unittest.main()
