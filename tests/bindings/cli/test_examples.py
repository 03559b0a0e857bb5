"""Every example that help shows, run in the order of `help --all` over one small school."""

import json
import re
import shlex
import unittest

from world import FolderCase, write_files


class Examples(FolderCase):
    def examples(self):
        text = self.run_ok("help", "--all").out
        for block in re.findall(r"(?ms)^Examples\n(.*?)(?:\n\n|\Z)", text):
            for line in block.replace("\\\n", "").splitlines():
                yield line.strip()

    def test_they_work_as_they_stand(self):
        write_files(self.folder)
        examples = list(self.examples())
        self.assertGreater(len(examples), 80)
        # A person is erased and the store is closed only after all else has been shown.
        for line in examples:
            words = shlex.split(line)
            self.assertEqual(words[0], "personalize")
            with self.subTest(line):
                result = self.program.run(*words[1:])
                self.assertEqual(result.returncode, 0, result.out + result.err)
                if "--json" in words:
                    json.loads(result.out)
                elif "--out" not in words:
                    self.assertTrue(result.out.strip())
                self.assertNotIn("\x1b", result.out)


if __name__ == "__main__":
    unittest.main()
