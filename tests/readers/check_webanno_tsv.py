"""WebAnno TSV 3.3 by the rules that INCEpTION documents for it: how the text is put together, what escapes mean, how
rows with one number are one span. There is no library for it that knows rows of parts of tokens."""

import re
import unittest

import gold
from harness import FormatCheck

ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def unescape(text):
    return re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), text, flags=re.DOTALL)


def utf16(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def read(file):
    """The text, and (start, end, label) of the spans in UTF-16 units."""
    lines = file.split("\n")
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3", lines[0]
    assert lines[1] == "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value", lines[1]
    assert lines[2] == lines[3] == "", "two blank lines follow the header"
    text, length, header, spans, numbered = "", 0, None, [], {}
    for line in lines[4:]:
        if line.startswith("#Text="):
            header = (header or "") + unescape(line[len("#Text=") :]) + "\n"
        elif line:
            fields = line.split("\t")
            assert fields[-1] == "" and len(fields) == 6, f"every row ends in a tab: {line!r}"
            name, place, token, identifiers, values, _ = fields
            start, end = map(int, place.split("-"))
            if header is not None:
                if length > start:
                    assert length == start + 1 and text.endswith("\n"), line
                    text, length = text[:-1], length - 1
                text += " " * (start - length) + header
                length = len(text.encode("utf-16-le")) // 2
                header = None
            assert utf16(text, start, end) == token, (name, token)
            assert re.fullmatch(r"\d+-\d+(\.\d+)?", name)
            if values == "_":
                assert identifiers == "_"
                continue
            stacked = re.split(r"(?<!\\)\|", values)
            assert len(stacked) == len(re.split(r"(?<!\\)\|", identifiers))
            for value in stacked:
                label, number = re.fullmatch(r"(.*?)(?:(?<!\\)\[(\d+)\])?", value).groups()
                if number in numbered:
                    spans[numbered[number]][1] = end
                    continue
                if number:
                    numbered[number] = len(spans)
                spans.append([start, end, unescape(label)])
    return text[:-1], spans


class WebannoTsv(FormatCheck):
    def test_text_and_spans_come_out_by_inceptions_rules(self):
        out = self.folder / "out"
        self.convert("webanno-tsv", "--out", out)
        for article in gold.ARTICLES:
            with open(out / f"{article.id}.tsv", encoding="utf-8", newline="") as file:
                text, spans = read(file.read())
            self.assertEqual(text, article.text, article.id)
            found = sorted((utf16(text, start, end), label) for start, end, label in spans)
            wanted = sorted((article.text[s.start : s.end], s.label) for s in article.spans)
            self.assertEqual(found, wanted, article.id)
        self.assertEqual(set(self.back(out, "webanno-tsv")), set(gold.BY_ID))


if __name__ == "__main__":
    unittest.main()
