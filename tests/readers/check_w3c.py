"""Web Annotations by the rules of the recommendation: shape, and selectors that select what they quote."""

import json
import unittest
import urllib.parse

import gold
from harness import FormatCheck


class W3c(FormatCheck):
    def test_selectors_select_what_they_quote(self):
        out = self.folder / "out"
        self.convert("w3c", "--out", out, lossless=True)
        for article in gold.ARTICLES:
            collection = json.loads((out / f"{article.id}.jsonld").read_text(encoding="utf-8"))
            self.assertEqual(collection["@context"][0], "http://www.w3.org/ns/anno.jsonld")
            self.assertEqual((collection["type"], collection["first"]["type"]), ("AnnotationCollection", "AnnotationPage"))
            items = collection["first"]["items"]
            self.assertEqual(collection["total"], len(items))
            found = []
            for item in items:
                self.assertEqual((item["type"], item["motivation"]), ("Annotation", "tagging"))
                targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
                parts = []
                for target in targets:
                    with open(out / urllib.parse.unquote(target["source"]), encoding="utf-8", newline="") as file:
                        text = file.read()
                    self.assertEqual(text, article.text)
                    position, quote = target["selector"]
                    start, end = position["start"], position["end"]
                    self.assertEqual(text[start:end], quote["exact"])
                    self.assertTrue(text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"]))
                    parts.append(text[start:end])
                (label,) = [body["value"] for body in item["body"] if body["purpose"] == "tagging"]
                found.append((parts, label))
            wanted = [
                ([article.text[a:b] for a, b in s.fragments or ((s.start, s.end),)], s.label) for s in article.spans
            ]
            self.assertEqual(sorted(found), sorted(wanted), article.id)
        self.assertEqual(set(self.back(out, "w3c")), set(gold.BY_ID))


if __name__ == "__main__":
    unittest.main()
