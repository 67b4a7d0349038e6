"""Tasks for Label Studio, checked and converted by Label Studio's own package."""

import json
import unittest

from label_studio_sdk.converter.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

import gold
from harness import FormatCheck


class LabelStudio(FormatCheck):
    def setUp(self):
        super().setUp()
        self.out = self.folder / "out"
        self.convert("label-studio", "--out", self.out)
        self.configuration = (self.out / "label-studio.xml").read_text(encoding="utf-8")
        self.tasks = json.loads((self.out / "misam.json").read_text(encoding="utf-8"))

    def test_the_configuration_is_valid_and_every_annotation_fits_it(self):
        interface = LabelInterface(self.configuration)
        interface.validate()
        for task in self.tasks:
            self.assertTrue(interface.validate_task({"data": task["data"]}), task)
            for annotation in task["annotations"]:
                self.assertTrue(interface.validate_annotation(annotation), annotation)

    def test_the_converter_finds_every_span(self):
        # The server gives tasks their numbers when they are imported.
        numbered = self.folder / "numbered.json"
        numbered.write_text(json.dumps([{**task, "id": n} for n, task in enumerate(self.tasks)]), encoding="utf-8")
        converter = Converter(config=self.configuration, project_dir=None, download_resources=False)
        converter.convert_to_json_min(str(numbered), str(self.folder / "min"), is_dir=False)
        rows = json.loads((self.folder / "min/result.json").read_text(encoding="utf-8"))
        for row, article in zip(rows, gold.ARTICLES, strict=True):
            self.assertEqual(row["text"], article.text)
            found = [(row["text"][r["start"] : r["end"]], label) for r in row.get("label", []) for label in r["labels"]]
            self.assertEqual(sorted(found), sorted(article.surfaces()), article.id)


if __name__ == "__main__":
    unittest.main()
