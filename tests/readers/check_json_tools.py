"""The JSON of Label Studio, doccano and PubAnnotation, as these count and slice."""

import json
import unittest
import xml.etree.ElementTree

import gold
from harness import FormatCheck


def surfaces(article):
    return sorted((article.text[s.start : s.end], s.label) for s in article.spans)


class JsonTools(FormatCheck):
    def test_label_studio_slices_by_code_points_and_its_configuration_names_every_label(self):
        out = self.folder / "out"
        self.convert("label-studio", "--out", out)
        tasks = json.loads((out / "misam.json").read_text(encoding="utf-8"))
        self.assertEqual([task["data"]["id"] for task in tasks], [article.id for article in gold.ARTICLES])
        view = xml.etree.ElementTree.parse(out / "label-studio.xml").getroot()
        control, text = view.find("Labels"), view.find("Text")
        labels = {label.get("value") for label in control}
        for task, article in zip(tasks, gold.ARTICLES):
            self.assertEqual(task["data"][text.get("value").removeprefix("$")], article.text)
            (annotation,) = task["annotations"]
            found = []
            for region in annotation["result"]:
                self.assertEqual((region["from_name"], region["to_name"]), (control.get("name"), text.get("name")))
                self.assertEqual(region["type"], "labels")
                value = region["value"]
                self.assertEqual(article.text[value["start"] : value["end"]], value["text"])
                (label,) = value["labels"]
                self.assertIn(label, labels)
                found.append((value["text"], label))
            self.assertEqual(sorted(found), surfaces(article), article.id)

    def test_doccano_slices_by_utf16_as_browsers_do(self):
        lines = self.convert("doccano").decode().splitlines()
        for line, article in zip(lines, gold.ARTICLES, strict=True):
            record = json.loads(line)
            self.assertEqual(record["text"], article.text)
            units = article.text.encode("utf-16-le")
            found = [(units[2 * a : 2 * b].decode("utf-16-le"), label) for a, b, label in record["label"]]
            self.assertEqual(sorted(found), surfaces(article), article.id)

    def test_pubannotation_slices_by_code_points(self):
        out = self.folder / "out"
        self.convert("pubannotation", "--out", out, lossless=True)
        for article in gold.ARTICLES:
            record = json.loads((out / f"{article.id}.json").read_text(encoding="utf-8"))
            self.assertEqual((record["sourceid"], record["text"]), (article.id, article.text))
            found = []
            for denotation in record["denotations"]:
                spans = denotation["span"] if isinstance(denotation["span"], list) else [denotation["span"]]
                found.append((article.text[spans[0]["begin"] : spans[-1]["end"]], denotation["obj"]))
            self.assertEqual(sorted(found), surfaces(article), article.id)
        self.assertEqual(set(self.back(out, "pubannotation")), set(gold.BY_ID))


if __name__ == "__main__":
    unittest.main()
