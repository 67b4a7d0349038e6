"""CoNLL columns, as seqeval and spaCy read them."""

import unittest

import spacy
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import BILOU, IOB1, IOB2, IOBES, Entities
from spacy.training.converters import conll_ner_to_docs

import gold
from harness import FormatCheck


def squeezed(text):
    """Without white space and what cannot be seen: all that a column file keeps of the gaps between tokens."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200e\u200f\u2067\u2069")


def flat(article):
    """The spans of an article that a flat file holds if the longest stay and gaps are closed."""
    return [span for span in article.spans if span.kind not in ("nested", "overlapping")]


def wanted(articles=gold.ARTICLES):
    """Surfaces and labels, article by article, with the longer of two overlapping spans."""
    found = {}
    for article in articles:
        spans = flat(article)
        if article.id == "overlapping":
            spans = [span for span in article.spans if span.kind == "overlapping"]
        found[article.id] = [(squeezed(article.text[s.start : s.end]), s.label) for s in spans]
    return found


def parse(data):
    """Articles by name, each a list of sentences of (token, tag), as any script would read them."""
    articles, name = {}, None
    for line in data.decode().split("\n"):
        columns = line.split("\t") if "\t" in line else line.split(" ")
        if line.startswith("# id = "):
            name = line[len('# id = "') : -1]
            articles[name] = [[]]
        elif line.startswith("# ") and " = " in line or columns[0] == "-DOCSTART-":
            continue
        elif not line:
            if name and articles[name][-1]:
                articles[name].append([])
        else:
            assert len(columns) in (2, 4), line
            assert all(columns), line
            articles[name][-1].append((columns[0], columns[-1]))
    return {name: [sentence for sentence in sentences if sentence] for name, sentences in articles.items()}


class Conll(FormatCheck):
    def test_seqeval_finds_every_entity_in_every_scheme(self):
        for scheme, reader in [("iob1", IOB1), ("iob2", IOB2), ("bioes", IOBES), ("bilou", BILOU)]:
            for columns in ("2", "4"):
                with self.subTest(scheme=scheme, columns=columns):
                    data = self.convert("conll", "--scheme", scheme, "--columns", columns)
                    found = {}
                    for name, sentences in parse(data).items():
                        tags = [[tag for _, tag in sentence] for sentence in sentences]
                        entities = Entities(tags, scheme=reader).entities if tags else []
                        found[name] = [
                            ("".join(token for token, _ in sentence[entity.start : entity.end]), entity.tag)
                            for sentence, of_sentence in zip(sentences, entities)
                            for entity in of_sentence
                        ]
                    found = {name: [(squeezed(s), label) for s, label in spans] for name, spans in found.items()}
                    self.assertEqual(found, wanted())

    def test_seqeval_finds_them_without_knowing_the_scheme(self):
        for name, sentences in parse(self.convert("conll")).items():
            found = []
            for sentence in sentences:
                for label, first, last in get_entities([tag for _, tag in sentence]):
                    found.append((squeezed("".join(token for token, _ in sentence[first : last + 1])), label))
            self.assertEqual(found, wanted()[name])

    def test_spacy_converts_it(self):
        data = self.convert("conll", "--header", "none").decode()
        docs = list(conll_ner_to_docs(data, n_sents=0, no_print=True))
        found = [(squeezed(entity.text), entity.label_) for doc in docs for entity in doc.ents]
        self.assertEqual(found, [span for spans in wanted().values() for span in spans])

    def test_words_can_be_kept_whole(self):
        (words,) = parse(self.convert("conll", "--align", "widen", records=self.only("inside words"))).values()
        found = [(token, tag) for sentence in words for token, tag in sentence if tag != "O"]
        self.assertEqual(
            found,
            [("وبالقاهرة", "B-LOC"), ("للأردن", "B-LOC"), ("وللجيش", "B-GRP"), ("بدمشق", "B-LOC"), ("وبغداد", "B-LOC")],
        )

    def test_misam_reads_it_back_to_the_letter(self):
        path = self.folder / "gold.conll"
        path.write_bytes(self.convert("conll"))
        read = self.back(path, "conll")
        self.assertEqual(list(read), list(gold.BY_ID))
        for name, article in gold.BY_ID.items():
            self.assertEqual(read[name]["text"], article.text)
            spans = [(squeezed(span["text"]), span["label"]) for span in read[name]["spans"]]
            self.assertEqual(spans, wanted()[name])

    def only(self, name):
        path = self.folder / "one.jsonl"
        gold.write(path, [gold.BY_ID[name]])
        return path


if __name__ == "__main__":
    unittest.main()
