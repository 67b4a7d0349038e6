"""Checks exported JSONL the way its users read it: text[start:end] is the surface, and no byte of text changed.

usage: slices.py FILE...   Prints how many spans were compared; exit status 1 and a line for each breach.
"""

import hashlib
import json
import sys

compared = breaches = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as lines:
        for number, line in enumerate(lines, 1):
            record = json.loads(line)
            text = record["text"]
            for span in record["spans"] + record.get("rejected", []):
                compared += 1
                if text[span["start"] : span["end"]] != span["text"]:
                    breaches += 1
                    print(f"{path}:{number}: {text[span['start'] : span['end']]!r} is not {span['text']!r}")
            if hashlib.sha256(text.encode("utf-8")).hexdigest() != record["text_sha256"]:
                breaches += 1
                print(f"{path}:{number}: text_sha256 is not the text's")
print(f"{compared} spans compared")
sys.exit(1 if breaches else 0)
