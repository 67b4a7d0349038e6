"""TEI as a parser of XML sees it: the text, and what each `string-range` points to."""

import re
import unittest

from lxml import etree

import gold
from harness import FormatCheck

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"


class Tei(FormatCheck):
    def test_every_pointer_holds_its_quotation(self):
        out = self.folder / "out"
        self.convert("tei", "--out", out)
        for article in gold.ARTICLES:
            root = etree.parse(str(out / f"{article.id}.xml")).getroot()
            self.assertEqual([etree.QName(child).localname for child in root], ["teiHeader", "standOff", "text"])
            (body,) = root.findall(".//t:ab", TEI)
            text = body.text or ""
            self.assertEqual(text, article.text)
            labels = {c.get(ID): c.findtext("t:catDesc", namespaces=TEI) for c in root.iterfind(".//t:category", TEI)}
            found = []
            for span in root.iterfind(".//t:standOff//t:span", TEI):
                target, *numbers = re.fullmatch(r"#string-range\((.*)\)", span.get("target"))[1].split(",")
                self.assertEqual(target, body.get(ID))
                numbers = list(map(int, numbers))
                parts = [text[at : at + length] for at, length in zip(numbers[::2], numbers[1::2])]
                self.assertEqual(" ".join(parts), span.text)
                found.append((parts, labels[span.get("ana").removeprefix("#")]))
            wanted = [
                ([article.text[a:b] for a, b in s.fragments or ((s.start, s.end),)], s.label) for s in article.spans
            ]
            self.assertEqual(sorted(found), sorted(wanted), article.id)
        self.assertEqual(set(self.back(out, "tei")), set(gold.BY_ID))


if __name__ == "__main__":
    unittest.main()
