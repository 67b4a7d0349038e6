"""Office documents of articles, for the measurement of formats: one document an article, as the programs write them at their plainest.

usage: office.py RECORDS.jsonl FOLDER docx|odt
"""

import json
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def docx(file: zipfile.ZipFile, lines: list[str]) -> None:
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    file.writestr("[Content_Types].xml", "<Types/>")
    file.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')


def odt(file: zipfile.ZipFile, lines: list[str]) -> None:
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    file.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    namespaces = f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}"'
    file.writestr("content.xml", f"<office:document-content {namespaces}>{content}</office:document-content>")


def main() -> None:
    records, folder, kind = sys.argv[1:]
    write = {"docx": docx, "odt": odt}[kind]
    for number, line in enumerate(Path(records).read_text("utf-8").splitlines()):
        lines = [line for line in json.loads(line)["text"].split("\n") if line.strip()]
        with zipfile.ZipFile(Path(folder) / f"{number}.{kind}", "w", zipfile.ZIP_DEFLATED) as file:
            write(file, lines)


main()
