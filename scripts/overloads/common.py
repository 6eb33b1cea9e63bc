"""What the writers of overloads share: names, wiring, files."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
LETTERS = "ABCDEFGHI"
HEADER = "// Written by scripts/generate-overloads.py; change that, not this.\n\n"
UDF_FOLDER = ROOT / "Sources/Columnar/UDF/Overloads"
MADE = " and an object that the engine makes"


def generic(parameters):
  return f"<{', '.join(parameters)}>" if parameters else ""


def extension(title, doc, members):
  return HEADER + "import ColumnarCore\n\n" + doc + f"extension {title} {{\n" + "\n\n".join(members) + "\n}\n"


def plural(count, noun):
  return f"{count} {noun}{'s' if count != 1 else ''}"


def array(elements):
  text = ", ".join(elements)
  return f"[{text}]" if len(text) < 60 else "[\n        " + ",\n        ".join(elements) + ",\n      ]"


def write(texts):
  """Writes the files, formatted as the rest of the code."""
  for path, text in texts.items():
    path.write_text(text)
  subprocess.run(
    ["swift", "format", "--in-place", "--configuration", str(ROOT / ".swift-format"),
     *map(str, texts)], check=True)
