#!/usr/bin/env python3
"""Compiles the derived half of the gazetteer: assets/gazetteer.txt.

    tools/build_gazetteer.py [DATA] [OUT]      DATA: ../shared/data, OUT: assets/gazetteer.txt

Reads only sources whose licence lets a list derived from them be shipped (docs/DATA.md names them and what is
taken). What people edit by hand lives in assets/lexicon/ and is not touched here.

The output is text. A line `=classes` opens a block (classes are named in src/extract/classes.rs); each line after it
is one folded form, front-coded: a letter for the number of characters shared with the line before (a = 0, b = 1, …),
then the rest. Same input, same bytes.
"""

import collections
import json
import lzma
import pathlib
import re
import sys

MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
LETTERS = str.maketrans(dict(zip("أإآٱىیئؤةەہھۀک", "ااااييي" + "وههههه" + "ك")))
ARABIC = re.compile(r"^[\u0621-\u063a\u0641-\u064a ]+$")
WORD = re.compile(r"[\u0621-\u064a\u064b-\u065f\u0670]+")

# Words that name a kind of place. The guideline leaves them outside the span, so they are cut from a form; behind the
# natural and facility heads the form is dropped, since the rules build those names themselves.
PLACE_CLASS = set("محافظه مديريه منطقه قضاء ناحيه مدينه بلده قريه ولايه اقليم مقاطعه بلديه شعبيه جمهوريه مملكه اماره حي عزله".split())
STOP_HEAD = set("مطار ميناء جسر مستشفي جامعه مدرسه شركه حكومه دوله قوه امبراطوريه سلطنه دوقيه مستعمره تاريخ لواء".split())
MAX_SHARED = 25


def fold(text):
    """The folding of misam::text for search: no marks, no tatweel, one alef, one ya, ha for ta marbuta."""
    return " ".join(MARKS.sub("", text).translate(LETTERS).split())


def usable(form):
    return bool(ARABIC.match(form)) and 2 < len(form.replace(" ", "")) <= 28 and len(form.split()) <= 4


def place_form(raw):
    """A place's own name: brackets and class words cut; None if nothing fit to match is left."""
    form = fold(re.sub(r"\(.*?\)", " ", raw).split("،")[0].split("/")[0].replace("-", " "))
    words = form.split()
    if words and words[0] in STOP_HEAD:
        return None
    if len(words) > 1 and words[0] in PLACE_CLASS:
        words = words[1:]
    form = " ".join(words)
    return form if usable(form) else None


def places(data):
    """(towns and larger, villages and quarters)"""
    large, small = set(), set()
    for path in sorted((data / "gazetteers/whosonfirst").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) < 4 or not cells[3].startswith("name:ar"):
                continue
            form = place_form(cells[0])
            if form:
                (large if cells[1] in ("country", "region", "county") else small).add(form)
    territories = json.loads((data / "gazetteers/cldr/territories.json").read_text("utf-8"))
    for code, name in territories["main"]["ar"]["localeDisplayNames"]["territories"].items():
        form = place_form(name)
        if form and not code.startswith(("Q", "X", "Z", "EU", "EZ", "UN")):
            large.add(form)
    cities = json.loads((data / "gazetteers/arwikicats/cities_full.json").read_text("utf-8"))
    for english, name in cities.items():
        form = place_form(name)
        if form and "(" not in english and len(form) > 3:
            (small if "," in english or "(" in name else large).add(form)
    return large, small - large


def persons(data):
    """name unit -> (times a given name, times a surname)"""
    units = {}
    for line in (data / "gazetteers/names_romanizer/units.tsv").read_text("utf-8").splitlines():
        form, counts = line.split("\t")
        tally = dict((k, int(v)) for k, v in (c.split(":") for c in counts.split(",")))
        form = fold(form)
        if usable(form) and len(form.split()) <= 2:
            # Several spellings fold to one form.
            given, surname = units.get(form, (0, 0))
            units[form] = (given + tally.get("given", 0), surname + tally.get("surname", 0))
    tokens = {}
    for line in (data / "gazetteers/netranslit/tokens.tsv").read_text("utf-8").splitlines():
        form, count = line.split("\t")
        form = fold(form)
        if usable(form) and " " not in form:
            tokens[form] = int(count)
    return units, tokens


def word_counts(data):
    """How often each folded word stands in a year of ordinary news."""
    counts = collections.Counter()
    body = lzma.open(data / "text/antcorpus.txt.xz", "rt", encoding="utf-8", errors="replace").read()
    for article in re.findall(r"<TITLE>(.*?)</TITLE>.*?<TEXT>(.*?)</TEXT>", body, re.S):
        for part in article:
            counts.update(fold(w) for w in WORD.findall(part))
    return counts


def nationalities(data):
    table = json.loads((data / "gazetteers/arwikicats/nationalities_data.json").read_text("utf-8"))
    return sorted({fold(v["male"]) for v in table.values()} | {fold(v["males"]) for v in table.values()})


def front_coded(forms):
    before, lines = "", []
    for form in sorted(forms):
        shared = 0
        while shared < min(len(before), len(form), MAX_SHARED) and before[shared] == form[shared]:
            shared += 1
        lines.append(chr(ord("a") + shared) + form[shared:])
        before = form
    return lines


def main():
    data = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    out = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "assets/gazetteer.txt")
    counts = word_counts(data)
    large, small = places(data)
    units, tokens = persons(data)

    classes = collections.defaultdict(set)
    for form in large:
        classes[form].add("town")
    for form in small:
        classes[form].add("village")
    for form, (given, surname) in units.items():
        if given >= 3 and given * 8 >= surname:
            classes[form].add("given")
        elif given >= 1:
            classes[form].add("unit")
        if surname >= 2:
            classes[form].add("surname")
        elif surname:
            classes[form].add("unit")
    for form in tokens:
        if not classes[form] & {"given", "surname"}:
            classes[form].add("unit")
    for form, count in counts.items():
        # A frequent word that is no well-attested name is an ordinary word.
        if count >= 12 and len(form) > 1 and not (form[0] in "وفبلك" and form[1:] in large):
            given, surname = units.get(form, (0, 0))
            if (given + surname) * 4 < count:
                classes[form].add("common")

    blocks = collections.defaultdict(list)
    for form, names in classes.items():
        # A name unit that is an ordinary word says nothing.
        if "common" in names:
            names.discard("unit")
        if names:
            blocks[" ".join(sorted(names))].append(form)
    lines = ["# Made by tools/build_gazetteer.py; sources and licences: docs/DATA.md."]
    for names in sorted(blocks):
        lines.append("=" + names)
        lines.extend(front_coded(blocks[names]))
    out.write_text("\n".join(lines) + "\n", "utf-8")
    for names in sorted(blocks):
        print(f"{len(blocks[names]):7} {names}", file=sys.stderr)


if __name__ == "__main__":
    main()
