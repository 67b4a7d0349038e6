"""The page as a browser takes it apart: the text of each article is all there, and each mark is on its words."""

import html.parser
import unittest

import gold
from harness import FormatCheck


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.texts, self.marks = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag in ("meta",):
            return
        attributes = dict(attributes)
        classes = attributes.get("class", "").split()
        self.open.append((tag, classes, attributes.get("title"), len(self.texts[-1]) if self.texts else 0))
        if tag == "div" and "text" in classes:
            self.texts.append("")
            self.marks.append([])

    def handle_endtag(self, tag):
        opened, classes, title, start = self.open.pop()
        assert opened == tag, (opened, tag)
        if "mark" in classes:
            self.marks[-1].append((self.texts[-1][start:], title))

    def handle_data(self, data):
        in_text = any(tag == "div" and "text" in classes for tag, classes, *_ in self.open)
        if in_text and not any("code" in classes for _, classes, *_ in self.open):
            self.texts[-1] += data


class Html(FormatCheck):
    def test_articles_are_whole_and_marked(self):
        page = self.convert("html").decode()
        self.assertNotIn("<script", page)
        parsed = Page()
        parsed.feed(page)
        self.assertEqual(parsed.texts, [article.text for article in gold.ARTICLES])
        for article, marks in zip(gold.ARTICLES, parsed.marks):
            plain = [(article.text[s.start : s.end], s.label) for s in article.spans if s.kind in ("plain", "nested", "inside_word")]
            self.assertLessEqual(set(plain), set(marks), article.id)


if __name__ == "__main__":
    unittest.main()
