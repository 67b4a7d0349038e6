"""UIMA structures as XMI with their type system, as dkpro-cassis loads them."""

import unittest

import cassis

import gold
from check_cas_json import ENTITY, METADATA
from harness import FormatCheck


class Xmi(FormatCheck):
    def test_cassis_finds_every_label_on_its_text(self):
        out = self.folder / "out"
        self.convert("xmi", "--out", out)
        with open(out / "TypeSystem.xml", "rb") as file:
            types = cassis.load_typesystem(file)
        seen = set()
        for path in out.glob("*.xmi"):
            with open(path, "rb") as file:
                cas = cassis.load_cas_from_xmi(file, typesystem=types)
            (metadata,) = cas.select(METADATA)
            article = gold.BY_ID[metadata.documentId]
            seen.add(article.id)
            self.assertEqual(cas.sofa_string, article.text)
            found = sorted((e.get_covered_text(), e.value, e.begin) for e in cas.select(ENTITY))
            wanted = sorted((article.text[s.start : s.end], s.label, s.start) for s in article.spans)
            self.assertEqual(found, wanted, article.id)
        self.assertEqual(seen, set(gold.BY_ID))
        self.assertEqual(set(self.back(out, "xmi")), set(gold.BY_ID))


if __name__ == "__main__":
    unittest.main()
