"""Wojood's columns, decoded label by label as its makers' tagger is trained: nested spans in layers of their own."""

import unittest

from seqeval.metrics.sequence_labeling import get_entities

import gold
from check_conll import squeezed
from harness import FormatCheck


class Wojood(FormatCheck):
    def test_every_label_has_a_layer_with_its_spans(self):
        sentences, names = {}, []
        for line in self.convert("wojood").decode().split("\n"):
            if line.startswith("# id = "):
                names.append(line[len('# id = "') : -1])
                sentences[names[-1]] = [[]]
            elif not line and names:
                sentences[names[-1]].append([])
            elif line and not (line.startswith("# ") and " = " in line):
                self.assertNotIn("  ", line)
                token, *tags = line.split(" ")
                sentences[names[-1]][-1].append((token, tags))
        self.assertEqual(names, list(gold.BY_ID))
        for name, article in gold.BY_ID.items():
            found = []
            for label in sorted({span.label for span in article.spans}):
                for sentence in sentences[name]:
                    layer = [next((t for t in tags if t[2:] == label), "O") for _, tags in sentence]
                    for _, first, last in get_entities(layer):
                        found.append((squeezed("".join(token for token, _ in sentence[first : last + 1])), label))
            wanted = [(squeezed(surface), label) for surface, label in article.surfaces()]
            self.assertEqual(sorted(found), sorted(wanted))

    def test_outer_spans_come_first(self):
        lines = self.convert("wojood").decode().split("\n")
        self.assertIn("الجامعة I-FAC B-ORG", lines)
        self.assertIn("العربية I-FAC I-ORG", lines)


if __name__ == "__main__":
    unittest.main()
