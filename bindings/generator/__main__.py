"""python3 bindings/generator HEADERS LANGUAGE OUT: writes the parts of a binding that follow from the headers.

HEADERS is include/personalize, LANGUAGE is python or php, OUT the folder for SWIG's input and for the face (in OUT/personalize or
OUT/src)."""
from __future__ import annotations

import sys
from pathlib import Path

import headers
import rules
import said
import swig


def write(path: Path, text: str) -> None:
    """Leaves a file that is the same already, so that nothing is built anew without need."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main() -> None:
    folder, language, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    interface = headers.read(folder)
    shapes = swig.shapes(interface, language)
    for name, why in rules.unknown.items():
        print(f"warning: {name}() is left out: {why}", file=sys.stderr)
        shapes += f"%ignore {name};\n"
    write(out / "shapes.i", shapes)
    write(out / "headers.i", swig.headers(interface))
    write(out / "columns.h", swig.columns(interface))
    write(out / "names.h", said.table(interface, language))
    if language == "python":
        import python_face
        for name, text in python_face.files(interface).items():
            write(out / "personalize" / name, text)
    else:
        import php_face
        for name, text in php_face.files(interface).items():
            write(out / "src" / name, text)


main()
