"""The examples of docs/python.md, run one after the other as one program."""
import contextlib
import io
import os
import re
import subprocess
import sys

import support

try:
    import numpy
except ImportError:
    numpy = None


class Guide(support.Case):
    def test_examples(self):
        maker = support.SOURCE / "examples" / "sample_school" / "make.py"
        subprocess.run([sys.executable, "-B", maker, self.folder], check=True, stdout=subprocess.DEVNULL)
        text = (support.SOURCE / "docs" / "python.md").read_text(encoding="utf-8")
        examples = re.findall(r"^```python\n(.*?)^```", text, re.S | re.M)
        self.assertGreater(len(examples), 8)
        names, before, said = {}, os.getcwd(), io.StringIO()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)
        for number, example in enumerate(examples, 1):
            if not numpy and re.search(r"\bnp\b", example):
                continue
            with contextlib.redirect_stdout(said):
                exec(compile(example, f"example {number} of docs/python.md", "exec"), names)
        self.assertIn("has no member 'statment'", said.getvalue())
        names.clear()


if __name__ == "__main__":
    support.main()
