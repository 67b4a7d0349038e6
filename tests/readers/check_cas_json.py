"""UIMA structures as JSON, as dkpro-cassis loads them."""

import unittest

import cassis

import gold
from harness import FormatCheck

ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"


class CasJson(FormatCheck):
    def test_cassis_finds_every_label_on_its_text(self):
        out = self.folder / "out"
        self.convert("cas-json", "--out", out)
        articles = {}
        for path in out.glob("*.json"):
            with open(path, "rb") as file:
                cas = cassis.load_cas_from_json(file)
            (metadata,) = cas.select(METADATA)
            article = articles[metadata.documentId] = gold.BY_ID[metadata.documentId]
            self.assertEqual(cas.sofa_string, article.text)
            found = sorted((e.get_covered_text(), e.value, e.begin) for e in cas.select(ENTITY))
            # cassis counts as Python does, whatever the file counts.
            wanted = sorted((article.text[s.start : s.end], s.label, s.start) for s in article.spans)
            self.assertEqual(found, wanted, article.id)
        self.assertEqual(len(articles), len(gold.ARTICLES))
        self.assertEqual(set(self.back(out, "cas-json")), set(gold.BY_ID))


if __name__ == "__main__":
    unittest.main()
