"""Articles made to break formats, with the spans that a person put there.

Each span names what is hard about it (`kind`), so that a check can say which ones a format has to hold:
plain, inside_word, nested, overlapping, discontinuous.

Run as a program it prints the articles as JSON, for the test that has them labelled by hand in the page. What that test
saves is in the folder MISAM_PAGE; then the records are those that the page wrote.
"""

import copy
import dataclasses
import functools
import hashlib
import json
import os
import pathlib

# What the page saved: `gold.jsonl`, `schema.json`, and a folder for each format. Nothing if there is no page.
PAGE = pathlib.Path(os.environ["MISAM_PAGE"]) if os.environ.get("MISAM_PAGE") else None


@dataclasses.dataclass(frozen=True)
class Span:
    start: int  # Unicode code points, as Python counts
    end: int
    label: str
    kind: str = "plain"
    fragments: tuple = ()


@dataclasses.dataclass(frozen=True)
class Article:
    id: str
    text: str
    spans: tuple

    def surfaces(self, *kinds):
        """(surface, label) of the spans of these kinds, or of all, in order."""
        return [(self.text[s.start : s.end], s.label) for s in self.spans if not kinds or s.kind in kinds]

    def record(self):
        if PAGE:
            return copy.deepcopy(page_records()[self.id])
        spans = []
        for n, span in enumerate(self.spans, 1):
            surface = self.text[span.start : span.end]
            record = {"id": f"s{n}", "start": span.start, "end": span.end, "label": span.label, "text": surface}
            record["origin"] = "manual"
            if span.fragments:
                record["fragments"] = [list(fragment) for fragment in span.fragments]
            spans.append(record)
        return {
            "format": "misam/1",
            "id": self.id,
            "text": self.text,
            "text_sha256": hashlib.sha256(self.text.encode()).hexdigest(),
            "offset_unit": "codepoint",
            "spans": spans,
            "status": "done",
        }


def find(text, surface, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = text.index(surface, at + 1)
    return at, at + len(surface)


def article(id, text, *marked):
    """`marked`: (surface, label), (surface, label, kind) or (surface, label, kind, nth occurrence)."""
    spans = []
    for surface, label, *more in marked:
        kind, nth = (more + ["plain", 0][len(more) :])[:2]
        if isinstance(surface, tuple):
            fragments = []
            for part in surface:
                from_here = fragments[-1][1] if fragments else 0
                at = text.index(part, from_here)
                fragments.append((at, at + len(part)))
            spans.append(Span(fragments[0][0], fragments[-1][1], label, "discontinuous", tuple(fragments)))
        else:
            spans.append(Span(*find(text, surface, nth), label, kind))
    spans.sort(key=lambda span: (span.start, -span.end, span.label))
    return Article(id, text, tuple(spans))


ARTICLES = [
    article(
        "plain",
        "زار أنطونيو غوتيريش القاهرة يوم الاثنين. وقال إن الوضع صعب.\nثم غادر إلى عمّان في 12.7.2024.",
        ("أنطونيو غوتيريش", "PER"),
        ("القاهرة", "LOC"),
        ("يوم الاثنين", "DAT"),
        ("عمّان", "LOC"),
    ),
    article(
        "marks and tatweel",
        "قالَ الأُمينُ العامُّ في طرابــلس، إنَّ «العِـــراق» لـ«أوبك» مُهمٌّ؛ وكتاباً",
        ("الأُمينُ العامُّ", "FAC"),
        ("طرابــلس", "LOC"),
        ("العِـــراق", "LOC"),
        ("أوبك", "ORG"),
    ),
    article(
        "emoji and direction",
        "😊👨‍👩‍👧 وصل \u200fالوفد\u200e إلى \u2067بيروت\u2069 🇱🇧 ثم\u00a0باريس\u200f.",
        ("الوفد", "ORG"),
        ("بيروت", "LOC"),
        ("باريس", "LOC"),
    ),
    article(
        "line ends",
        "بغداد - رويترز\r\n\r\nقُتل 5 مدنيين في الموصل.\r\nوقالت وزارة\r\nالدفاع إن الهجوم انتهى.\r\n",
        ("بغداد", "LOC"),
        ("رويترز", "ORG"),
        ("5 مدنيين", "NUM"),
        ("الموصل", "LOC"),
        ("وزارة\r\nالدفاع", "ORG"),
    ),
    article(
        "inside words",
        "وصل وبالقاهرة ثم للأردن وللجيش والوزيرُ بدمشق، وبغداد",
        ("القاهرة", "LOC", "inside_word"),
        ("لأردن", "LOC", "inside_word"),
        ("لجيش", "GRP", "inside_word"),
        ("دمشق", "LOC", "inside_word"),
        ("بغداد", "LOC", "inside_word"),
    ),
    article(
        "nested",
        "أعلن أمين عام الجامعة العربية أحمد أبو الغيط ذلك في جامعة بغداد",
        ("أمين عام الجامعة العربية", "FAC"),
        ("الجامعة العربية", "ORG", "nested"),
        ("أحمد أبو الغيط", "PER"),
        ("جامعة بغداد", "ORG"),
        ("بغداد", "LOC", "nested"),
    ),
    article(
        "overlapping",
        "قال رئيس وزراء مصر السابق عاطف عبيد اليوم",
        ("رئيس وزراء مصر", "FAC"),
        ("مصر السابق عاطف عبيد", "PER", "overlapping"),
    ),
    article(
        "discontinuous",
        "اجتمع وزيرا خارجية مصر والأردن في عدن",
        (("وزيرا خارجية", "الأردن"), "FAC"),
        ("عدن", "LOC"),
    ),
    article(
        "signs",
        "=SUM(A1) @بغداد +دمشق -عدن \"حلب\" 'حمص' # - O B-LOC [حماة] a,b;c|d_e\\f <b>&amp; -DOCSTART- ـ الرقة\tتل",
        ("=SUM(A1)", "ORG"),
        ("@بغداد", "LOC"),
        ("+دمشق", "LOC"),
        ("-عدن", "LOC"),
        ('"حلب"', "LOC"),
        ("'حمص'", "LOC"),
        ("[حماة]", "LOC"),
        ("الرقة", "LOC"),
    ),
    article("nothing labelled", "لا شيء هنا."),
]

@functools.cache
def page_records():
    """The records of the page, by id, which must say what was to be labelled."""
    with open(PAGE / "gold.jsonl", encoding="utf-8", newline="\n") as file:
        records = {record["id"]: record for record in map(json.loads, file)}
    for article in ARTICLES:
        record = records[article.id]
        assert record["text"] == article.text, article.id
        found = [(s["start"], s["end"], s["label"], tuple(map(tuple, s.get("fragments", ())))) for s in record["spans"]]
        assert found == [(s.start, s.end, s.label, s.fragments) for s in article.spans], (article.id, found)
    assert len(records) == len(ARTICLES)
    return records


BY_ID = {article.id: article for article in ARTICLES}


def write(path, articles=ARTICLES):
    """Writes the articles as records of Misam."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            file.write(json.dumps(article.record(), ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    print(json.dumps([dataclasses.asdict(article) for article in ARTICLES], ensure_ascii=False))
