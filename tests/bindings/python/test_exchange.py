"""Files in: a roster, a framework and a CSV file, tried first, imported, and refused with a report."""
import json
import subprocess
import sys
import zipfile

import personalize
import support
from personalize import ImportMode, Scope


class Exchange(support.Case):
    def setUp(self):
        super().setUp()
        self.files = self.folder / "sample"
        maker = support.SOURCE / "examples" / "sample_school" / "make.py"
        subprocess.run([sys.executable, "-B", maker, self.files], check=True, stdout=subprocess.DEVNULL)
        self.store = personalize.Store.create(self.folder / "school.db")
        self.addCleanup(self.store.close)
        self.importer = self.store.service("nightly import", Scope.IMPORT | Scope.READ, purpose="test")
        self.addCleanup(self.importer.close)

    def test_the_whole_way(self):
        case = self.importer.import_case(self.files / "framework.json", source="sample")
        self.assertTrue(case["written"])
        tried = self.importer.import_oneroster(self.files / "oneroster.zip", mode="strict", dry_run=True, source="sample")
        self.assertFalse(tried["written"])
        self.assertEqual(self.importer.people(), [])
        report = self.importer.import_oneroster(str(self.files / "oneroster.zip"), mode=ImportMode.STRICT, source="sample")
        self.assertEqual((report["faults"], report["written"]), ([], True))
        self.assertEqual(len(self.importer.people(role="learner")), 150)
        mapping = json.loads((self.files / "mappings" / "answers.json").read_text())
        answers = self.importer.import_csv(self.files / "answers-fall.csv", mapping, source="sample")
        self.assertTrue(answers["written"])
        self.assertGreater(len(self.importer.evidence_read()), 1000)

    def test_suggested_mapping(self):
        suggested = personalize.csv_mapping_suggest(self.files / "answers-fall.csv", "responses")
        self.assertIsInstance(suggested, dict)

    def test_checks_without_a_store(self):
        self.assertEqual(personalize.oneroster_check(self.files / "oneroster.zip")["faults"], [])
        self.assertEqual(personalize.case_check(self.files / "framework.json", mode="lenient")["faults"], [])

    def test_faults_come_with_their_report(self):
        broken = self.folder / "broken.zip"
        with zipfile.ZipFile(self.files / "oneroster.zip") as whole, zipfile.ZipFile(broken, "w") as changed:
            for name in whole.namelist():
                text = whole.read(name).decode()
                if name.endswith("users.csv"):
                    lines = text.splitlines(keepends=True)
                    text = "".join(lines[:2] + ["," + lines[2].split(",", 1)[1]] + lines[3:])
                changed.writestr(name, text)
        error = self.refused(personalize.FaultsError, self.importer.import_oneroster, broken, source="sample")
        (first, *_rest) = error.document["faults"]
        self.assertEqual((first["file"], first["line"]), ("users.csv", 3))
        self.assertEqual(self.importer.people(), [])
        checked = personalize.oneroster_check(broken)
        self.assertTrue(checked["faults"])

    def test_no_such_thing(self):
        self.refused(personalize.IoError, self.importer.import_oneroster, self.folder / "nothing.zip")
        (self.folder / "text.zip").write_text("no archive")
        self.refused(personalize.FormatError, self.importer.import_oneroster, self.folder / "text.zip")
        self.refused(personalize.InvalidError, self.importer.import_case, self.files / "framework.json", mode="loose")
        self.refused(personalize.InvalidError, self.importer.import_case, self.files / "framework.json", faults_max=0)
        self.refused(personalize.HostileError, personalize.oneroster_check, self.files / "oneroster.zip", rows_max=10)
        self.refused(personalize.WrongTypeError, self.importer.import_case, self.files / "framework.json", progress=5)

    def test_progress(self):
        class Mine(Exception):
            pass

        def raises(done):
            raise Mine

        self.importer.import_case(self.files / "framework.json", source="sample")
        self.refused(Mine, self.importer.import_oneroster, self.files / "oneroster.zip", source="sample", progress=raises)
        self.assertEqual(self.importer.people(), [])
        self.refused(personalize.CancelledError, self.importer.import_oneroster, self.files / "oneroster.zip", source="sample",
                     progress=lambda done: False)


if __name__ == "__main__":
    support.main()
