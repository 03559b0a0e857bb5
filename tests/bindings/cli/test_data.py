"""Real files, where PERSONALIZE_DATA says they are: each as a dry run on the command line."""

import json
import os
import unittest

from world import FolderCase

DATA = os.environ.get("PERSONALIZE_DATA", "")


@unittest.skipUnless(os.path.isdir(DATA), "PERSONALIZE_DATA does not name a folder of real files")
class RealFiles(FolderCase):
    def setUp(self):
        super().setUp()
        del self.program.environment["PERSONALIZE_STORE"]

    def report(self, kind, path, *options):
        result = self.program.run("import", kind, path, "--dry-run", "--json", *options)
        self.assertEqual(os.listdir(self.folder), [], path)
        return result.returncode, json.loads(result.out)

    def test_rosters_with_their_expected_codes(self):
        with open(os.path.join(DATA, "oneroster", "expected.json"), encoding="utf-8") as file:
            expected = json.load(file)
        self.assertGreaterEqual(len(expected), 17)
        for case in expected:
            with self.subTest(case["file"]):
                status, report = self.report("oneroster", os.path.join(DATA, "oneroster", case["file"]), "--mode", "strict")
                codes = {fault["code"] for fault in report["faults"]}
                self.assertLessEqual(set(case["expectedCodes"]), codes)
                self.assertEqual((status, codes == set()), (5, False) if case["expectedCodes"] else (0, True))
                self.assertFalse(report["written"])
                for fault in report["faults"]:
                    self.assertLessEqual({"file", "line", "column", "field", "code", "value", "message"}, set(fault))

    def test_real_life_rosters_in_lenient_mode(self):
        folder = os.path.join(DATA, "oneroster")
        archives = [name for name in sorted(os.listdir(folder)) if name.endswith(".zip")]
        self.assertEqual(len(archives), 3)
        for name in archives:
            with self.subTest(name):
                status, report = self.report("oneroster", os.path.join(folder, name), "--mode", "lenient")
                self.assertEqual(status, 0)
                self.assertTrue(report["faults"])
                self.assertEqual({fault["severity"] for fault in report["faults"]}, {"tolerated"})
                self.assertGreater(report["difference"]["users"]["new"], 0)

    def test_frameworks(self):
        for folder in ("opensalt", "smarter_balanced"):
            for name in sorted(os.listdir(os.path.join(DATA, "case", folder))):
                if not name.endswith(".json"):
                    continue
                path = os.path.join(DATA, "case", folder, name)
                with self.subTest(name):
                    status, report = self.report("case", path)
                    fatal = [fault for fault in report["faults"] if fault["severity"] == "fatal"]
                    self.assertEqual(status == 0, not fatal)
                    if fatal:  # a faulty one names the path of each fault, and loads in lenient mode
                        self.assertEqual(status, 5)
                        self.assertTrue(all(fault["field"].startswith("$") for fault in report["faults"]))
                        self.assertEqual(self.report("case", path, "--mode", "lenient")[0], 0)


if __name__ == "__main__":
    unittest.main()
