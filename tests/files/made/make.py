#!/usr/bin/env python3
"""Makes the files of tests/files that people's tools write, of two articles of our own corpus (CC0).

    python3 -m venv venv && venv/bin/pip install feedgen pandas
    venv/bin/python tests/files/made/make.py

beside pandoc, zip and LibreOffice Calc; what Chromium and Node write is made by make.mjs. Nothing of it is run by the
tests: they read the files.
"""
import io
import json
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pandas
from feedgen.feed import FeedGenerator

HERE = Path(__file__).resolve().parent
OUT = HERE.parent
CORPUS = HERE.parents[2] / "corpus" / "part-a.jsonl"
NAMES = ["a02-anbar-raid", "a06-unsc-syria-aid"]
DAYS = ["2024-03-04", "2024-03-12"]


def articles():
    """Title, paragraphs and day of each article."""
    records = {record["id"]: record for record in map(json.loads, CORPUS.read_text("utf-8").splitlines())}
    for name, day in zip(NAMES, DAYS):
        title, *paragraphs = records[name]["text"].split("\n\n")
        yield name, title, paragraphs, day


ARTICLES = list(articles())
TABLE = pandas.DataFrame(
    {"id": name, "title": title, "date": day, "text": "\n\n".join(paragraphs)} for name, title, paragraphs, day in ARTICLES
)


def feeds():
    """RSS 2.0 and Atom as feedgen writes them, with the whole text and a summary."""
    feed = FeedGenerator()
    feed.id("https://example.org/")
    feed.title("وكالة المثال")
    feed.link(href="https://example.org/", rel="alternate")
    feed.description("أخبار")
    feed.language("ar")
    feed.updated("2024-03-12T12:00:00Z")
    for name, title, paragraphs, day in ARTICLES:
        entry = feed.add_entry(order="append")
        entry.id(f"https://example.org/{name}")
        entry.link(href=f"https://example.org/{name}")
        entry.title(title)
        entry.summary(paragraphs[0][:80] + "…")
        entry.content("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), type="CDATA")
        entry.published(f"{day}T08:30:00Z")
        entry.updated(f"{day}T08:30:00Z")
        entry.author(name="سلمى الحارثي", email="salma@example.org")
    # What is made anew each time.
    feed.lastBuildDate("Tue, 12 Mar 2024 12:00:00 +0000")
    feed.rss_file(str(OUT / "feedgen-rss.xml"), pretty=True)
    feed.atom_file(str(OUT / "feedgen-atom.xml"), pretty=True)


def markdown():
    """Markdown as pandoc writes it, of a page of HTML: its own kind, with the head of the page, and GitHub's."""
    _, title, [first, *others], day = ARTICLES[0]
    word, rest = first.split(" ", 1)
    page = f'''<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>
<meta name="author" content="سلمى الحارثي"><meta name="date" content="{day}"></head>
<body><h1>{title}</h1><p><strong>{word}</strong> <a href="https://example.org/">{rest}</a></p>
{"".join(f"<p>{paragraph}</p>" for paragraph in others)}</body></html>'''
    for name, kind in [("pandoc.md", "markdown"), ("pandoc-gfm.md", "gfm")]:
        standalone = ["--standalone"] if kind == "markdown" else []
        command = ["pandoc", "--from=html", f"--to={kind}", *standalone, f"--output={OUT / name}"]
        subprocess.run(command, input=page.encode(), check=True)


def tables():
    """CSV and JSON as pandas, LibreOffice and Excel write them."""
    TABLE.to_csv(OUT / "pandas.csv", index=False)
    TABLE.to_csv(OUT / "pandas-index.csv")
    # What Excel saves where the comma is the sign of decimals, and its "Unicode text".
    TABLE.to_csv(OUT / "semicolons-mark.csv", sep=";", index=False, encoding="utf-8-sig", lineterminator="\r\n")
    TABLE.to_csv(OUT / "tabs-utf-16.txt", sep="\t", index=False, encoding="utf-16", lineterminator="\r\n")
    # What Excel saves as CSV on an Arabic Windows.
    TABLE.to_csv(OUT / "windows-1256.csv", sep=";", index=False, encoding="cp1256", lineterminator="\r\n")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "calc.csv"
        TABLE.to_csv(source, index=False)
        # Read as UTF-8 with commas, written with semicolons and every text in quotation marks.
        command = ["soffice", "--headless", "--infilter=CSV:44,34,76", "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76,,,true"]
        subprocess.run([*command, "--outdir", str(Path(folder) / "out"), str(source)], check=True, capture_output=True)
        (OUT / "calc.csv").write_bytes((Path(folder) / "out" / "calc.csv").read_bytes())
    TABLE.to_json(OUT / "pandas-records.json", orient="records")
    TABLE.to_json(OUT / "pandas-lines.jsonl", orient="records", lines=True, force_ascii=False)
    TABLE.to_json(OUT / "pandas-table.json", orient="table", index=False)
    TABLE.to_json(OUT / "pandas-columns.json")


def archives():
    """Zip files as zip, Python and Windows write them, of two texts with Arabic names in a folder."""
    names = [f"أخبار/{title[:12].strip()}.txt" for _, title, _, _ in ARTICLES]
    contents = ["\n\n".join([title, *paragraphs]) for _, title, paragraphs, _ in ARTICLES]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "أخبار").mkdir()
        for name, content in zip(names, contents):
            (Path(folder) / name).write_text(content, "utf-8")
            subprocess.run(["touch", "-d", "2024-03-12 12:00 UTC", str(Path(folder) / name)], check=True)
        subprocess.run(["touch", "-d", "2024-03-12 12:00 UTC", str(Path(folder) / "أخبار")], check=True)
        (OUT / "info-zip.zip").unlink(missing_ok=True)
        zipped = {"cwd": folder, "check": True, "env": {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "UTC"}}
        subprocess.run(["zip", "-q", "-r", str(OUT / "info-zip.zip"), "أخبار"], **zipped)
        # Into a pipe nothing is written twice, so sizes and checksums stand behind each file.
        piped = subprocess.run(["zip", "-q", "-r", "-", "أخبار"], stdout=subprocess.PIPE, **zipped)
        (OUT / "info-zip-piped.zip").write_bytes(piped.stdout)

    def written(file, named, system=3, stream=None):
        with zipfile.ZipFile(stream or OUT / file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in zip(named, contents):
                info = zipfile.ZipInfo(name, (2024, 3, 12, 12, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = system
                archive.writestr(info, content)

    written("python.zip", names)

    class Pipe(io.RawIOBase):
        """Nobody can go back in it, so Python puts what it knows too late behind each file."""

        def __init__(self):
            self.bytes = bytearray()

        def writable(self):
            return True

        def write(self, data):
            self.bytes += data
            return len(data)

    pipe = Pipe()
    written(None, names, stream=pipe)
    (OUT / "python-piped.zip").write_bytes(bytes(pipe.bytes))
    # Names in the letters of DOS, which no flag says are any others.
    written("python-cp437.zip", ["caf\u00e9 1.txt", "caf\u00e9 2.txt"])
    data = (OUT / "python-cp437.zip").read_bytes()
    changed = data.replace("é".encode(), "é".encode("cp437").ljust(1) + b"_")
    (OUT / "python-cp437.zip").write_bytes(without_utf8_flag(changed))
    # As Windows wrote them before .NET 4.6.1.
    written("windows-backslashes.zip", [name.replace("/", "\\") for name in names], system=0)


def without_utf8_flag(data):
    """The archive, whose names no flag says are UTF-8."""
    data = bytearray(data)
    for mark, at in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        place = data.find(mark)
        while place >= 0:
            flags = int.from_bytes(data[place + at : place + at + 2], "little") & ~0x800
            data[place + at : place + at + 2] = flags.to_bytes(2, "little")
            place = data.find(mark, place + 1)
    return bytes(data)


if __name__ == "__main__":
    feeds()
    tables()
    archives()
    markdown()
