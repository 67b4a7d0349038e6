"""The figures of `misam agreement` against libraries that other people wrote: scikit-learn (kappa, labels that meet),
krippendorff and NLTK (alpha), krippendorff-unitized-alpha (unitizing alpha), seqeval (F1 of spans and of ends) and SciPy
(overlap F1, as a matching; intervals). Gamma has a file of its own."""

import json
import math
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

import krippendorff
import numpy
from krippendorff_unitized_alpha.krippendorffs_unitized_alpha import EMPTY_TAG, KrippendorffUnitizedAlpha, Segment
from nltk.metrics.agreement import AnnotationTask
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching
from scipy.stats import bootstrap
from seqeval.metrics import f1_score
from seqeval.scheme import IOB2
from sklearn.metrics import cohen_kappa_score, confusion_matrix

MISAM = os.environ.get("MISAM_CLI", "misam")
LABELS = ["LOC", "ORG", "PER"]
WORDS = "زار سامي بغداد أمس مع رفيق قديم من أيام المدرسة ثم عاد إلى البصرة مساء".split()


class Article:
    """Words with single spaces between them, and for each annotator spans as (first word, last word, label)."""

    def __init__(self, words, spans):
        self.words, self.spans = words, spans
        self.text = " ".join(words)
        self.starts = [len(" ".join(words[:n])) + (n > 0) for n in range(len(words))]

    def letters(self, annotator):
        """The spans in code points."""
        return [
            (self.starts[first], self.starts[last] + len(self.words[last]), label)
            for first, last, label in self.spans[annotator]
        ]

    def tags(self, annotator, scheme=False):
        """The label of each word, with B- and I- if asked for."""
        tags = ["O"] * len(self.words)
        for first, last, label in self.spans[annotator]:
            for word in range(first, last + 1):
                tags[word] = (("B-" if word == first else "I-") if scheme else "") + label
        return tags

    def segments(self, annotator, offset, only=None):
        """The article from end to end, spans and gaps."""
        segments, at = [], 0
        for start, end, label in self.letters(annotator):
            segments += [Segment(EMPTY_TAG, offset + at, offset + start)] if at < start else []
            segments.append(Segment(label if only in (None, label) else EMPTY_TAG, offset + start, offset + end))
            at = end
        length = len(self.text)
        return segments + ([Segment(EMPTY_TAG, offset + at, offset + length)] if at < length else [])


def random_article(chance, annotators):
    """Spans of some truth, and what annotators make of it who now and then err."""
    words = [chance.choice(WORDS) for _ in range(chance.randint(5, 60))]
    truth, at = [], 0
    while at < len(words):
        if chance.random() < 0.3:
            last = min(at + chance.randint(0, 3), len(words) - 1)
            truth.append((at, last, chance.choice(LABELS)))
            at = last
        at += 1
    spans = {}
    for annotator in annotators:
        spans[annotator] = []
        for first, last, label in truth:
            if chance.random() < 0.15:
                continue
            first = min(first + (chance.random() < 0.15), last)
            label = chance.choice(LABELS) if chance.random() < 0.15 else label
            spans[annotator].append((first, last, label))
    return Article(words, spans)


def agreement(articles, annotators, *options):
    """The report of Misam."""
    with tempfile.TemporaryDirectory(prefix="misam-agreement-") as folder:
        paths = []
        for annotator in annotators:
            path = pathlib.Path(folder) / f"{annotator}.jsonl"
            with open(path, "w", encoding="utf-8") as file:
                for number, article in enumerate(articles):
                    if annotator in article.spans:
                        spans = [dict(zip(("start", "end", "label"), span)) for span in article.letters(annotator)]
                        record = {"id": f"{number}", "text": article.text, "spans": spans, "status": "done"}
                        file.write(json.dumps(record, ensure_ascii=False) + "\n")
            paths.append(str(path))
        done = subprocess.run([MISAM, "agreement", "--json", *options, *paths], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)


def seqeval_f1(articles, first, second, only=None, places=False):
    """Strict F1; of one label, or with all labels taken for one."""

    def tags(article, annotator):
        tags = article.tags(annotator, scheme=True)
        tags = [tag if only in (None, tag[2:]) else "O" for tag in tags]
        return [tag if tag == "O" or not places else tag[:2] + "X" for tag in tags]

    by_scheme = [[tags(article, annotator) for article in articles] for annotator in (first, second)]
    return f1_score(*by_scheme, mode="strict", scheme=IOB2)


def overlap_f1(articles, first, second, only=None):
    """F1 of a matching that is as large as can be."""
    correct = total = 0
    for article in articles:
        a, b = ([span for span in article.letters(x) if only in (None, span[2])] for x in (first, second))
        total += len(a) + len(b)
        if a and b:
            edges = [[x[2] == y[2] and x[0] < y[1] and y[0] < x[1] for y in b] for x in a]
            correct += int((maximum_bipartite_matching(csr_matrix(numpy.array(edges, dtype=int))) >= 0).sum())
    return 2 * correct / total


def unitizing(articles, annotators, only=None):
    """Articles stand one behind the other; no segment goes over their ends."""
    data, offset = {annotator: [] for annotator in annotators}, 0
    for article in articles:
        for annotator in annotators:
            data[annotator] += article.segments(annotator, offset, only)
        offset += len(article.text)
    return KrippendorffUnitizedAlpha(data).result


class Agreement(unittest.TestCase):
    def assertSame(self, found, expected, what):
        if expected is None or math.isnan(expected):
            self.assertIsNone(found, what)
        else:
            self.assertIsNotNone(found, what)
            self.assertAlmostEqual(found, expected, places=9, msg=what)

    def test_random_articles_of_two(self):
        for seed in range(25):
            chance = random.Random(seed)
            articles = [random_article(chance, "ab") for _ in range(chance.randint(1, 8))]
            # Two articles of one text would be one.
            articles = list({article.text: article for article in articles}.values())
            report = agreement(articles, "ab", "--rounds", "0")
            (pair,) = report["pairs"]
            a, b = ([tag for article in articles for tag in article.tags(x)] for x in "ab")
            either = [(x, y) for x, y in zip(a, b) if (x, y) != ("O", "O")]
            both = [(x, y) for x, y in either if "O" not in (x, y)]
            for name, pairs in (("all", list(zip(a, b))), ("labelled", either), ("both", both)):
                expected = cohen_kappa_score(*zip(*pairs)) if pairs else None
                self.assertSame(pair["kappa"][name], expected, f"kappa {name}, seed {seed}")
            self.assertSame(pair["strict"]["micro"]["f1"], seqeval_f1(articles, *"ab"), f"strict F1, seed {seed}")
            ends = seqeval_f1(articles, *"ab", places=True)
            self.assertSame(pair["boundary"]["micro"]["f1"], ends, f"F1 of ends, seed {seed}")
            self.assertSame(pair["overlap"]["micro"]["f1"], overlap_f1(articles, *"ab"), f"overlap, seed {seed}")
            self.assertSame(pair["unitizing"], unitizing(articles, "ab"), f"unitizing, seed {seed}")
            task = AnnotationTask([(x, str(n), t) for x, tags in (("a", a), ("b", b)) for n, t in enumerate(tags)])
            self.assertSame(report["kappa"]["all"]["value"], task.kappa(), f"NLTK's kappa, seed {seed}")
            self.assertSame(report["alpha"]["all"]["value"], task.alpha(), f"NLTK's alpha, seed {seed}")

    def test_by_label_and_by_article(self):
        for seed in range(10):
            chance = random.Random(3000 + seed)
            articles = [random_article(chance, "ab") for _ in range(6)]
            articles = list({article.text: article for article in articles}.values())
            report = agreement(articles, "ab", "--rounds", "0")
            for label, row in report["labels"].items():
                what = f"{label}, seed {seed}"
                self.assertSame(row["strict"], seqeval_f1(articles, *"ab", only=label), what)
                self.assertSame(row["overlap"], overlap_f1(articles, *"ab", only=label), what)
                spans = sum(span[2] == label for article in articles for x in "ab" for span in article.spans[x])
                self.assertEqual(row["spans"], spans, what)
            for row, article in zip(report["by_article"], articles, strict=True):
                if article.spans["a"] or article.spans["b"]:
                    self.assertSame(row["strict"], seqeval_f1([article], *"ab"), f"{row['id']}, seed {seed}")
                    self.assertSame(row["boundary"], seqeval_f1([article], *"ab", places=True), f"{row['id']}, seed {seed}")
                    self.assertSame(row["overlap"], overlap_f1([article], *"ab"), f"{row['id']}, seed {seed}")

    def test_labels_that_meet_on_the_same_words_are_those_of_another_matrix(self):
        # Spans of one word: they lie over each other wholly or not at all.
        for seed in range(10):
            chance = random.Random(4000 + seed)
            tags = {x: [chance.choice(["O", *LABELS]) for _ in range(60)] for x in "ab"}
            spans = {x: [(n, n, tag) for n, tag in enumerate(tags[x]) if tag != "O"] for x in "ab"}
            words = [f"كلمة{n}" for n in range(60)]
            (pair,) = agreement([Article(words, spans)], "ab", "--rounds", "0")["pairs"]
            found = {(row["first"] or "O", row["second"] or "O"): row["count"] for row in pair["confusion"]}
            names = ["O", *LABELS]
            matrix = confusion_matrix(tags["a"], tags["b"], labels=names)
            for row, first in enumerate(names):
                for column, second in enumerate(names):
                    if (first, second) != ("O", "O"):
                        self.assertEqual(found.get((first, second), 0), matrix[row, column], (first, second, seed))

    def test_random_articles_of_four_who_did_not_all_label_everything(self):
        for seed in range(25):
            chance = random.Random(1000 + seed)
            articles = []
            for _ in range(6):
                annotators = [x for x in "abcd" if chance.random() < 0.7]
                if len(annotators) > 1:
                    articles.append(random_article(chance, annotators))
            report = agreement(articles, "abcd", "--rounds", "0")
            numbers = {label: number for number, label in enumerate(["O", *LABELS])}
            columns = []
            for article in articles:
                tags = {x: article.tags(x) for x in article.spans}
                for n in range(len(article.words)):
                    columns.append([numbers[tags[x][n]] if x in tags else numpy.nan for x in "abcd"])
            labelled = [column for column in columns if any(value > 0 for value in column)]
            for name, units in (("all", columns), ("labelled", labelled)):
                expected = krippendorff.alpha(numpy.array(units).T, level_of_measurement="nominal")
                self.assertSame(report["alpha"][name]["value"], float(expected), f"alpha {name}, seed {seed}")

    def test_random_articles_of_three_by_letters(self):
        for seed in range(25):
            chance = random.Random(2000 + seed)
            articles = [random_article(chance, "abc") for _ in range(5)]
            report = agreement(articles, "abc", "--rounds", "0")
            self.assertSame(report["unitizing"]["value"], unitizing(articles, "abc"), f"seed {seed}")
            for label, row in report["labels"].items():
                self.assertSame(row["unitizing"], unitizing(articles, "abc", label), f"{label}, seed {seed}")

    def test_krippendorffs_example(self):
        # Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C: alpha = 0.743.
        data = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
        articles = []
        for unit in range(12):
            given = {x: row[unit] for x, row in zip("abcd", data) if row[unit] != "."}
            articles.append(Article([f"كلمة{unit}"], {x: [(0, 0, f"V{v}")] for x, v in given.items()}))
        report = agreement(articles, "abcd", "--rounds", "0")
        self.assertAlmostEqual(report["alpha"]["all"]["value"], 0.743, places=3)
        self.assertEqual(report["left_out"]["alone"], ["11"])

    def test_cohens_example(self):
        # Cohen 1960, table 1: kappa = (0.70 - 0.41) / (1 - 0.41) = 0.492.
        counts = {"XX": 88, "XY": 14, "XZ": 18, "YX": 10, "YY": 40, "YZ": 10, "ZX": 2, "ZY": 6, "ZZ": 12}
        pairs = [pair for pair, count in counts.items() for _ in range(count)]
        spans = {x: [(n, n, pair[side]) for n, pair in enumerate(pairs)] for side, x in enumerate("ab")}
        report = agreement([Article(["كلمة"] * 200, spans)], "ab", "--rounds", "0")
        self.assertAlmostEqual(report["kappa"]["all"]["value"], 0.4915, places=4)

    def test_intervals_are_those_of_another_bootstrap(self):
        chance = random.Random(5)
        articles = [random_article(chance, "ab") for _ in range(30)]
        report = agreement(articles, "ab", "--rounds", "4000")
        self.assertEqual(report, agreement(articles, "ab", "--rounds", "4000"))
        tags = [[article.tags(x) for x in "ab"] for article in articles]
        spans = [[set(article.letters(x)) for x in "ab"] for article in articles]
        numbers = {label: number for number, label in enumerate(["O", *LABELS])}

        def words(drawn):
            return [[tag for n in drawn for tag in tags[n][side]] for side in (0, 1)]

        def strict(drawn):
            both = sum(len(spans[n][0] & spans[n][1]) for n in drawn)
            return 2 * both / sum(len(spans[n][0]) + len(spans[n][1]) for n in drawn)

        def alpha(drawn):
            data = [[numbers[tag] for tag in side] for side in words(drawn)]
            return krippendorff.alpha(numpy.array(data), level_of_measurement="nominal")

        def kappa(drawn):
            return cohen_kappa_score(*words(drawn))

        for name, found, statistic in (
            ("kappa", report["kappa"]["all"], kappa),
            ("alpha", report["alpha"]["all"], alpha),
            ("F1", report["spans"]["strict"], strict),
        ):
            drawn = bootstrap(
                (numpy.arange(len(articles)),), statistic, vectorized=False, method="percentile", n_resamples=1500, rng=11
            )
            self.assertAlmostEqual(found["low"], drawn.confidence_interval.low, delta=0.015, msg=name)
            self.assertAlmostEqual(found["high"], drawn.confidence_interval.high, delta=0.015, msg=name)


if __name__ == "__main__":
    unittest.main()
