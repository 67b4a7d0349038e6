"""Articles in files that other programs write: read by Misam, with the text and the facts that were put in."""

import json
import subprocess
import unittest

import docx
import harness
from odf.meta import InitialCreator
from odf.opendocument import OpenDocumentText
from odf.dc import Title
from odf.text import H, LineBreak, P, S, Span, Tab

PARAGRAPHS = [
    "وصل وفد وزاري إلى المدينة صباح الأحد، وعقد لقاءات مع مسؤولين محليين.",
    "وقّع الطرفان «اتفاقًا» من ٣ بنود 🤝 (NATO)،  ثم غادرا\u00a0.",
    "",
    "مُحَمَّد العَسْكَري: بغـــداد",
]


class Articles(harness.FormatCheck):
    def test_word_documents(self):
        document = docx.Document()
        document.core_properties.title = "زيارة الوفد"
        document.core_properties.author = "أمل"
        for words in PARAGRAPHS:
            paragraph = document.add_paragraph()
            # A run a word, as editors leave them behind.
            for piece in words.split(" "):
                paragraph.add_run(piece + " ").bold = len(piece) % 2 == 0
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "خلية", "أخرى"
        path = self.folder / "خبر.docx"
        document.save(path)
        record = self.back(path, "docx")["خبر"]
        lines = [words + " " for words in PARAGRAPHS] + ["خلية", "أخرى"]
        self.assertEqual(record["text"], "\n".join(lines))
        self.assertEqual(record["meta"], {"title": "زيارة الوفد", "author": "أمل"})

    def test_texts_of_libreoffice(self):
        document = OpenDocumentText()
        document.meta.addElement(Title(text="زيارة الوفد"))
        document.meta.addElement(InitialCreator(text="أمل"))
        document.text.addElement(H(outlinelevel=1, text="عنوان"))
        paragraph = P(text="قال")
        paragraph.addElement(S(c=2))
        paragraph.addElement(Span(text="الوزير"))
        paragraph.addElement(Tab())
        paragraph.addText("أمس")
        paragraph.addElement(LineBreak())
        paragraph.addText("وذهب")
        document.text.addElement(paragraph)
        for words in PARAGRAPHS[:1]:
            document.text.addElement(P(text=words))
        path = self.folder / "خبر.odt"
        document.save(path)
        record = self.back(path, "odt")["خبر"]
        self.assertEqual(record["text"], f"عنوان\nقال  الوزير\tأمس\nوذهب\n{PARAGRAPHS[0]}")
        self.assertEqual(record["meta"], {"title": "زيارة الوفد", "author": "أمل"})

    def test_tables(self):
        import pandas

        rows = {"id": ["a", "b"], "title": ["أ", "ب"], "body": ["\n".join(PARAGRAPHS), "=SUM(A1)، \"قال\""]}
        frame = pandas.DataFrame({**rows, "date": ["2024-03-12", None]})
        for name, options in [("t.csv", {}), ("t.tsv", {"sep": "\t"}), ("s.csv", {"sep": ";", "encoding": "utf-8-sig"})]:
            path = self.folder / name
            frame.to_csv(path, index=False, **options)
            records = self.back(path, "table")
            self.assertEqual([records[name]["text"] for name in rows["id"]], rows["body"], name)
            self.assertEqual(records["a"]["meta"], {"title": "أ", "date": "2024-03-12"})

    def test_json_of_any_shape(self):
        rows = [{"headline": "أ", "content": words} for words in PARAGRAPHS if words]
        for name, written in [
            ("list.json", json.dumps(rows, ensure_ascii=False, indent=2)),
            ("deep.json", json.dumps({"response": {"docs": rows}})),
            ("lines.jsonl", "\n".join(json.dumps(row) for row in rows)),
        ]:
            path = self.folder / name
            path.write_text(written, encoding="utf-8")
            texts = [record["text"] for record in self.back(path, "json").values()]
            self.assertEqual(texts, [row["content"] for row in rows], name)
        # What stands beside the articles and goes with none of them is told.
        path = self.folder / "told.json"
        path.write_text(json.dumps({"ok": True, "response": {"docs": rows}}), encoding="utf-8")
        command = [harness.MISAM, "convert", "--from", "json", "--to", "misam", str(path)]
        done = subprocess.run(command, capture_output=True, check=False)
        self.assertIn("told.json:ok: it stands beside the list of articles", done.stderr.decode())
        self.assertEqual(len(done.stdout.decode().splitlines()), len(rows))


if __name__ == "__main__":
    unittest.main()
