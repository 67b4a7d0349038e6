"""Gamma as `misam agreement` gives it, against pygamma-agreement, the library for it: the disorder of the best alignment to
the digit, and the figure as far as chance lets it."""

import logging
import random
import sys
import unittest
import unittest.mock

import cvxpy
import numpy

# What the library reads files and draws with is not used here, and it was written for an older NumPy.
FOREIGN = ("pyannote.database", "pyannote.database.util", "matplotlib", "matplotlib.pyplot")
sys.modules.update({name: unittest.mock.MagicMock() for name in FOREIGN if name not in sys.modules})
numpy.NaN = numpy.nan
# It asks for one of two solvers, and says so when there is only the second; any that knows whole numbers will do.
cvxpy.GLPK_MI = cvxpy.HIGHS
logging.getLogger().setLevel(logging.ERROR)

from pyannote.core import Segment  # noqa: E402
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler  # noqa: E402

from check_agreement import LABELS, WORDS, Article, agreement, random_article  # noqa: E402


def continuum(article):
    """An article as the library sees it: as long as its text."""
    made = Continuum()
    for annotator in article.spans:
        made.add_annotator(annotator)
        for start, end, label in article.letters(annotator):
            made.add(annotator, Segment(start, end), label)
    made.bound_inf, made.bound_sup = 0.0, float(len(article.text))
    return made


DISSIMILARITY = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)


def crowded_article(chance, annotators):
    """Spans that nest and overlap, of annotators who do not care for each other."""
    words = [chance.choice(WORDS) for _ in range(20)]
    spans = {}
    for annotator in annotators:
        firsts = [chance.randrange(20) for _ in range(chance.randint(1, 5))]
        spans[annotator] = sorted({(n, min(n + chance.randint(0, 4), 19), chance.choice(LABELS)) for n in firsts})
    return Article(words, spans)


class Gamma(unittest.TestCase):
    def check_observed(self, article, what):
        report = agreement([article], list(article.spans), "--rounds", "0")["gamma"]
        best = continuum(article).get_best_alignment(DISSIMILARITY).disorder
        # The library counts in single precision.
        self.assertAlmostEqual(report["observed"], float(best), places=4, msg=what)

    def test_the_best_alignment_of_two(self):
        for seed in range(15):
            chance = random.Random(seed)
            article = (random_article, crowded_article)[seed % 2](chance, "ab")
            if all(article.spans.values()):
                self.check_observed(article, f"seed {seed}")

    def test_the_best_alignment_of_three_and_four(self):
        for seed in range(12):
            chance = random.Random(100 + seed)
            article = (random_article, crowded_article)[seed % 2](chance, ("abc", "abcd")[seed % 3 == 0])
            if all(article.spans.values()):
                self.check_observed(article, f"seed {seed}")

    def test_the_figure(self):
        for seed, annotators in ((7, "ab"), (8, "ab"), (9, "abc")):
            article = random_article(random.Random(seed), annotators)
            found = agreement([article], annotators, "--rounds", "0")["gamma"]
            numpy.random.seed(seed)
            sampler = ShuffleContinuumSampler()
            results = continuum(article).compute_gamma(DISSIMILARITY, n_samples=300, sampler=sampler)
            self.assertAlmostEqual(found["value"], float(results.gamma), delta=0.04, msg=f"seed {seed}")
            self.assertAlmostEqual(found["value"], 1 - found["observed"] / found["expected"], places=9)


if __name__ == "__main__":
    unittest.main()
