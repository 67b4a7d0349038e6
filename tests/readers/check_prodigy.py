"""Prodigy's records, taken into spaCy as Prodigy does: a `Doc` of the record's own tokens, spans by token."""

import json
import unittest

import spacy
from spacy.tokens import Doc

import gold
from harness import FormatCheck


class Prodigy(FormatCheck):
    def test_spacy_finds_every_span_on_its_tokens(self):
        nlp = spacy.blank("ar")
        records = [json.loads(line) for line in self.convert("prodigy", lossless=True).decode().splitlines()]
        self.assertEqual([record["id"] for record in records], [article.id for article in gold.ARTICLES])
        for record, article in zip(records, gold.ARTICLES):
            tokens = record["tokens"]
            doc = Doc(nlp.vocab, [token["text"] for token in tokens], [token["ws"] for token in tokens])
            self.assertEqual(doc.text, article.text)
            found = []
            for span in record["spans"]:
                by_characters = doc.char_span(span["start"], span["end"], label=span["label"])
                by_tokens = doc[span["token_start"] : span["token_end"] + 1]
                self.assertIsNotNone(by_characters, span)
                self.assertEqual(by_characters.text, by_tokens.text)
                found.append((by_characters.text, by_characters.label_))
            self.assertEqual(found, article.surfaces())


if __name__ == "__main__":
    unittest.main()
