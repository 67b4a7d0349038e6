"""DocBins, as spaCy reads them and writes them."""

import pathlib
import unittest

import spacy
from spacy.symbols import IDS
from spacy.tokens import DocBin, Span
from spacy.training import Corpus

import gold
from harness import FormatCheck

SYMBOLS = pathlib.Path(__file__).parents[2] / "src/formats/docbin/symbols.txt"


def longest(article):
    """The spans that `doc.ents` can hold, of two that are in each other's way the longer."""
    kinds = ("nested", "overlapping") if article.id != "overlapping" else ("plain",)
    return [(article.text[s.start : s.end], s.label) for s in article.spans if s.kind not in kinds]


class DocBins(FormatCheck):
    def docs(self, data):
        nlp = spacy.blank("ar")
        return nlp, list(DocBin().from_bytes(data).get_docs(nlp.vocab))

    def test_spacy_finds_every_span(self):
        _, docs = self.docs(self.convert("docbin"))
        self.assertEqual([doc.user_data["misam"]["id"] for doc in docs], list(gold.BY_ID))
        for doc, article in zip(docs, gold.ARTICLES):
            self.assertEqual(doc.text, article.text)
            self.assertFalse(doc.has_unknown_spaces)
            group = doc.spans["sc"] if "sc" in doc.spans else []
            self.assertEqual([(span.text, span.label_) for span in group], article.surfaces())
            for span in group:
                self.assertEqual(doc.text[span.start_char : span.end_char], span.text)
            self.assertEqual([(span.text, span.label_) for span in doc.ents], longest(article))

    def test_only_gaps_are_lost(self):
        self.convert("docbin")
        lost = self.said.split("Lost in docbin:\n")[1].splitlines()
        self.assertEqual(len(lost), 1, lost)
        self.assertIn("discontinuous FAC span", lost[0])

    def test_spacy_trains_on_it(self):
        path = self.folder / "train.spacy"
        path.write_bytes(self.convert("docbin"))
        nlp = spacy.blank("ar")
        ner = nlp.add_pipe("ner")
        examples = list(Corpus(path)(nlp))
        for label in {span.label_ for example in examples for span in example.reference.ents}:
            ner.add_label(label)
        optimizer = nlp.initialize(lambda: examples)
        losses = nlp.update(examples, sgd=optimizer)
        self.assertGreater(losses["ner"], 0)

    def test_misam_reads_what_spacy_wrote(self):
        nlp = spacy.blank("ar")
        wanted, bin = {}, DocBin(store_user_data=True)
        for n, article in enumerate(gold.ARTICLES, 1):
            doc = nlp.make_doc(article.text)
            spans = [doc.char_span(s.start, s.end, label=s.label) for s in article.spans]
            spans = [span for span in spans if span is not None]
            doc.ents = spacy.util.filter_spans(spans)
            doc.spans["mine"] = spans
            doc.user_data["source"] = "wire"
            bin.add(doc)
            wanted[f"spacy-{n}"] = (article.text, sorted((s.start_char, s.end_char, s.label_) for s in spans))
        path = self.folder / "spacy.spacy"
        bin.to_disk(path)
        read = self.back(path, "docbin")
        found = {}
        for name, record in read.items():
            spans = sorted((span["start"], span["end"], span["label"]) for span in record["spans"])
            found[name] = (record["text"], spans)
        self.assertEqual(found, wanted)

    def test_everything_comes_back(self):
        path = self.folder / "gold.spacy"
        path.write_bytes(self.convert("docbin"))
        read = self.back(path, "docbin")
        for article in gold.ARTICLES:
            record = article.record()
            for span in record["spans"]:
                span.pop("fragments", None)
            self.assertEqual(read[article.id], record)

    def test_the_reserved_words_are_those_of_spacy(self):
        names = [name for _, name in sorted((number, name) for name, number in IDS.items() if name)]
        self.assertEqual(SYMBOLS.read_text().splitlines(), names)


if __name__ == "__main__":
    unittest.main()
