"""The main job, command by command, over a small school: what each does, as JSON and in words, and how it fails."""

import fcntl
import json
import os
import pty
import re
import shlex
import sqlite3
import subprocess
import unittest
import zipfile

from world import LEARNERS, PROGRAM, QUESTIONS, FolderCase, SchoolCase, roster_files, write_files, write_roster

TEACHER = "--as teacher-1 --role teacher"
LEARNER = "--as learner-1 --role learner"
LEADER = "--as leader-1 --role leader"
GUARDIAN = "--as guardian-1 --role guardian"
COUNSELOR = "--as counselor-1 --role counselor"


class Store(FolderCase):
    def test_init_and_info(self):
        made = self.run_json("init", "a.db", "--name", "Hill Schoöl", "--time-zone", "Europe/Lisbon")
        self.assertEqual((made["name"], made["time_zone"], made["has_host_key"]), ("Hill Schoöl", "Europe/Lisbon", False))
        self.assertEqual(self.run_json("info", "--store", "a.db")["name"], "Hill Schoöl")
        self.assertIn("Hill Schoöl", self.run_ok("info", "-s", "a.db").out)

    def test_init_at_the_place_of_the_environment(self):
        self.run_ok("init")
        self.assertTrue(os.path.exists(self.path("school.db")))

    def test_a_store_is_never_made_over_another_file(self):
        self.run_ok("init")
        self.run_fault("PZ_E_EXISTS", "init school.db", exit_status=4)

    def test_bad_options(self):
        self.run_fault("PZ_E_INVALID", "init x.db --time-zone Atlantis/Capital", exit_status=2)
        self.run_fault("PZ_E_TOO_LONG", "init", "x.db", "--name", "n" * 2000, exit_status=2)
        self.run_fault("PZ_E_IO", "init nowhere/x.db", exit_status=7)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("x.db")], [])

    def test_files_that_are_no_store(self):
        self.run_fault("PZ_E_IO", "info --store missing.db", exit_status=7)
        self.assertFalse(os.path.exists(self.path("missing.db")))
        with open(self.path("text"), "w") as file:
            file.write("This is no database, however long it goes on. " * 100)
        self.run_fault("PZ_E_NOT_STORE", "info --store text", exit_status=7)
        connection = sqlite3.connect(self.path("other.db"))
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
        connection.close()
        self.run_fault("PZ_E_NOT_STORE", "info --store other.db", exit_status=7)

    def test_a_secret_is_needed_again(self):
        with open(self.path("secret"), "wb") as file:
            file.write(bytes(range(64)))
        with open(self.path("short"), "wb") as file:
            file.write(b"too short")
        made = self.run_json("init --secret secret")
        self.assertTrue(made["has_host_key"])
        self.assertTrue(self.run_json("info --secret secret")["has_host_key"])
        self.run_ok("verify --service check --secret secret")
        self.run_fault("PZ_E_INVALID", "info --secret short", says="64 bytes")
        self.run_fault("PZ_E_IO", "info --secret missing", says="secret")
        with open(self.path("secret"), "wb") as file:
            file.write(bytes(64))
        self.assertNotEqual(self.program.run("verify", "--service", "check", "--secret", "secret").returncode, 0)


class Import(FolderCase):
    def setUp(self):
        super().setUp()
        write_files(self.folder)

    def test_a_dry_run_needs_no_store_and_leaves_nothing(self):
        del self.program.environment["PERSONALIZE_STORE"]
        before = sorted(os.listdir(self.folder))
        report = self.run_json("import oneroster roster.zip --dry-run --mode strict")
        self.assertEqual(report["faults"], [])
        self.assertEqual(report["difference"]["users"]["new"], 11)
        self.assertFalse(report["written"])
        self.assertEqual(self.run_json("import case framework.json --dry-run")["faults"], [])
        self.assertEqual(sorted(os.listdir(self.folder)), before)

    def test_a_roster_is_imported_once(self):
        self.run_ok("init")
        first = self.run_json("import oneroster roster.zip --service roster --source sis")
        self.assertTrue(first["written"])
        change = self.run_json("info")["last_change"]
        second = self.run_json("import oneroster roster.zip --service roster --source sis")
        self.assertEqual(self.run_json("info")["last_change"], change)
        self.assertIn("faults", second)

    def test_difference_and_what_is_gone(self):
        self.run_ok("init")
        self.run_ok("import oneroster roster.zip --service roster")
        write_roster(self.path("changed.zip"), roster_files(family_of_ada="Weber"))
        report = self.run_json("import oneroster changed.zip --service roster --dry-run")
        self.assertEqual((report["difference"]["users"]["new"], report["difference"]["users"]["changed"]), (0, 1))
        write_roster(self.path("fewer.zip"), roster_files(learners=LEARNERS[:2]))
        result = self.program.run("import", "oneroster", "fewer.zip", "--service", "roster", "--json")
        self.assertEqual(result.returncode, 5)
        self.assertIn("gone_above_limit", result.out)
        self.run_ok("import oneroster fewer.zip --service roster --gone-limit 100")
        self.assertEqual(len(self.run_json("roster people --class class-1 --with-role learner --service reader")), 2)

    def test_faults_are_told_with_their_place(self):
        self.run_ok("init")
        files = roster_files()
        files["users.csv"] = files["users.csv"].replace("learner-2,,,true", "learner-2,,,maybe")
        write_roster(self.path("bad.zip"), files)
        result = self.program.run("import", "oneroster", "bad.zip", "--service", "roster", "--json")
        self.assertEqual(result.returncode, 5)
        report = json.loads(result.out)
        fault = report["faults"][0]
        self.assertEqual((fault["file"], fault["line"], fault["field"], fault["value"]), ("users.csv", 3, "enabledUser", "maybe"))
        self.assertEqual(json.loads(result.err)["status"], "PZ_E_FAULTS")
        self.assertEqual(self.run_json("roster people --service reader"), [])
        text = self.program.run("import", "oneroster", "bad.zip", "--service", "roster")
        self.assertEqual(text.returncode, 5)
        self.assertRegex(text.out, r"(?m)^users\.csv:3:\d+: enabledUser: .*\(.+\)$")
        self.assertIn("Nothing was written.", text.out)
        self.assertNotIn("maybe", text.err)

    def test_broken_and_hostile_files(self):
        self.run_ok("init")
        with open(self.path("text.zip"), "w") as file:
            file.write("no archive")
        self.fails(5, "import", "oneroster", "text.zip", "--service", "roster")
        for words in ["import oneroster missing.zip", "import oneroster missing.zip --dry-run", "import case missing.zip",
                      "import csv missing.zip --suggest-mapping", "import csv missing.zip --mapping responses.json"]:
            result = self.program.run(*words.split(), "--service", "roster", "--json")
            fault = json.loads(result.err)
            self.assertEqual((result.returncode, fault["field"]), (7, "path"), words)
            self.assertRegex(fault["message"], r"^missing\.zip: The \w+ could not be opened: there is no such file\.$")
        with zipfile.ZipFile(self.path("bomb.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in roster_files().items():
                archive.writestr(name, text)
            archive.writestr("demographics.csv", b"0" * (64 << 20))
        self.fails(5, "import", "oneroster", "bomb.zip", "--service", "roster")
        with zipfile.ZipFile(self.path("climb.zip"), "w") as archive:
            archive.writestr("../manifest.csv", "propertyName,value\r\n")
        self.fails(5, "import", "oneroster", "climb.zip", "--service", "roster")
        self.assertEqual(self.run_json("info")["last_change"], self.run_json("info")["last_change"])
        self.assertEqual(self.run_json("roster people --service reader"), [])
        for text, status in [("", 5), ("{", 5), ("[" * 100, 5), ('{"CFDocument": 1, "CFDocument": 2}', 5), ('{"a": "\0"}', 5)]:
            with open(self.path("bad.json"), "w") as file:
                file.write(text)
            self.fails(status, "import", "case", "bad.json", "--service", "frameworks")

    def test_faults_of_json_are_told_with_their_place(self):
        self.run_ok("init")
        with open(self.path("deep.json"), "w") as file:
            file.write("[" * 100)
        words = ["import", "case", self.path("deep.json"), "--service", "frameworks"]
        self.assertRegex(self.program.run(*words).out, r"(?m)^deep\.json:1:\d+ at \$\[0\]\S*: .*\(json\.depth\)$")
        fault = json.loads(self.program.run(*words, "--json").out)["faults"][0]
        self.assertEqual((fault["file"], fault["line"], fault["code"]), ("deep.json", 1, "json.depth"))
        with open(self.path("untitled.json"), "w") as file:
            file.write('{"CFDocument": {"identifier": "1"}}')
        text = self.program.run("import", "case", "untitled.json", "--service", "frameworks").out
        self.assertRegex(text, r"(?m)^untitled\.json at \$\.CFDocument\.title: .*\(case\.missing_member\)$")

    def fails(self, status, *words):
        result = self.program.run(*words)
        self.assertEqual(result.returncode, status, "%s\n%s%s" % (words, result.out, result.err))
        self.assertTrue(result.err.startswith("personalize: "))

    def test_a_mapping_is_suggested_and_needed(self):
        suggested = json.loads(self.run_ok("import csv responses.csv --suggest-mapping").out)
        self.assertEqual(suggested["kind"], "responses")
        self.run_ok("init")
        self.run_fault("PZ_E_INVALID", "import csv responses.csv --service answers", says="--mapping FILE")
        self.run_fault("PZ_E_IO", "import csv responses.csv --mapping missing.json --service answers", exit_status=7)
        with open(self.path("broken.json"), "w") as file:
            file.write("{kind}")
        fault = self.run_fault("PZ_E_FORMAT", "import csv responses.csv --mapping broken.json --service answers", exit_status=5)
        self.assertRegex(fault["message"], r"^broken\.json: JSON line 1, column \d+, at \$: ")
        with open(self.path("broken.json"), "w") as file:
            file.write('{"kind": "pets"}')
        fault = self.run_fault("PZ_E_INVALID", "import csv responses.csv --mapping broken.json --service answers")
        self.assertTrue(fault["message"].startswith("broken.json: The mapping at $.kind: "), fault["message"])

    def test_options(self):
        self.run_fault("PZ_E_INVALID", "import oneroster roster.zip --dry-run --mode kind", says="strict or lenient")
        self.run_fault("PZ_E_INVALID", "import oneroster roster.zip --dry-run --gone-limit 101", says="0 to 100")
        self.run_fault("PZ_E_INVALID", "import oneroster roster.zip --dry-run --faults-max 0", says="1 to 100000")
        self.run_fault("PZ_E_INVALID", "import oneroster roster.zip --dry-run --row-limit 0", says="1 to 100000000")
        self.run_fault("PZ_E_INVALID", "import oneroster roster.zip", says="Say who acts")
        self.run_ok("init")
        result = self.program.run("import oneroster roster.zip --service roster --row-limit 3")
        self.assertEqual(result.returncode, 5)
        self.assertIn("beyond 3 rows", result.out)
        self.assertIn("limit of 3 rows", result.err)
        self.run_ok("import oneroster roster.zip --service roster")
        self.run_fault("PZ_E_DENIED", "import case framework.json " + TEACHER, exit_status=3)


class Roster(SchoolCase):
    def test_lists(self):
        self.assertEqual([row["name"] for row in self.run_json("roster orgs " + LEADER)], ["Hill School"])
        self.assertEqual([row["title"] for row in self.run_json("roster sessions " + LEADER)], ["Year"])
        self.assertEqual([row["code"] for row in self.run_json("roster courses " + LEADER)], ["MA"])
        self.assertEqual([row["code"] for row in self.run_json("roster classes " + LEADER)], ["5a", "5b"])
        self.assertEqual([row["code"] for row in self.teacher("roster classes")], ["5a"])
        self.assertEqual([row["given_name"] for row in self.teacher("roster people --class class-1 --with-role learner")],
                         ["Emil", "Dina", "Ada", "Femi", "Bruno", "Chiyo"])
        self.assertEqual(len(self.teacher("roster enrollments --class class-1")), 7)
        guardians = self.run_json("roster guardians --learner learner-1 " + COUNSELOR)
        self.assertEqual(len(guardians), 1)
        self.assertEqual([row["role"] for row in self.run_json("roster roles teacher-1 " + LEADER)], ["teacher"])

    def test_one_person_by_each_id(self):
        person = self.teacher("roster person learner-1")
        self.assertEqual(person["family_name"], "Nowak")
        self.assertEqual(self.teacher("roster person id:" + person["id"]), person)
        self.assertEqual(self.teacher("roster person learner-1 --source sis"), person)
        self.run_fault("PZ_E_NOT_FOUND", "roster person learner-1 --source elsewhere " + TEACHER, exit_status=3)
        ids = self.teacher("roster ids person learner-1")
        self.assertEqual([(row["source"], row["text"]) for row in ids], [("sis", "learner-1")])
        self.run_fault("PZ_E_INVALID", "roster ids planet learner-1 " + TEACHER, says="KIND is org")

    def test_tables_are_aligned_and_complete(self):
        lines = self.run_ok("roster people --class class-1 " + TEACHER).out.splitlines()
        self.assertEqual(len(lines), 8)
        self.assertTrue(lines[0].startswith("id "))
        self.assertTrue(all(re.match(r"id:\d+ +\S", line) for line in lines[1:]))
        place = lines[0].index("given name")
        wide = [line for line in lines if "山田" in line][0]
        self.assertEqual(wide[place - 2:].split()[0], "Chiyo")  # two characters that take four columns
        enrollments = self.run_ok("roster enrollments --class class-1 " + TEACHER).out
        self.assertRegex(enrollments, r"id:\d+ +Ada Nowak +learner")

    def test_names_cannot_move_the_cursor(self):
        files = roster_files(family_of_ada="No\u202ewak\u009b31m")
        write_roster(self.path("odd.zip"), files)
        result = self.program.run("import", "oneroster", "odd.zip", "--service", "roster", "--source", "sis", "--mode", "lenient")
        if result.returncode != 0:
            self.skipTest("the import does not let such a name in")
        text = self.run_ok("roster person learner-1 " + TEACHER).out
        self.assertNotIn("\u202e", text)
        self.assertNotIn("\u009b", text)
        self.assertIn("No\\u202ewak\\u009b31m", text)

    def test_out_of_reach(self):
        self.run_fault("PZ_E_NOT_FOUND", "roster person learner-2 " + LEARNER, exit_status=3)
        self.run_fault("PZ_E_NOT_FOUND", "roster person learner-1 --as teacher-2 --role teacher", exit_status=3)
        self.run_fault("PZ_E_NOT_FOUND", "roster person nobody " + TEACHER, says="nobody")
        self.run_fault("PZ_E_NOT_FOUND", "roster person 12 " + TEACHER, says="id:")
        self.run_fault("PZ_E_DENIED", "roster orgs --as learner-1 --role leader", exit_status=3)
        self.run_fault("PZ_E_NOT_FOUND", "roster orgs --as nobody --role leader", exit_status=3)

    def test_ids_that_are_none(self):
        for bad in ("id:", "id:x", "id:-1", "id:0", "id:99999999999999999999", "id:1e3", ""):
            result = self.program.run("roster", "person", bad, "--as", "teacher-1", "--role", "teacher")
            self.assertIn(result.returncode, (2, 3), bad)
        self.run_fault("PZ_E_NOT_FOUND", "roster person id:9223372036854775807 " + TEACHER, exit_status=3)
        self.run_fault("PZ_E_TOO_LONG", "roster", "person", "x" * 5000, "--as", "teacher-1", "--role", "teacher", exit_status=2)
        result = self.program.run(b"roster", b"person", b"\xff\xfe", b"--as", b"teacher-1", b"--role", b"teacher")
        self.assertEqual(result.returncode, 2)


class Competencies(SchoolCase):
    def test_lists(self):
        self.assertEqual([row["title"] for row in self.teacher("competencies frameworks")], ["Mathematics"])
        self.assertEqual([row["code"] for row in self.teacher("competencies list")], ["M.1", "M.2", "M.3"])
        self.assertEqual([row["code"] for row in self.teacher("competencies list --code M.2")], ["M.2"])
        self.assertEqual(self.teacher("competencies show M.2")["statement"], "Multiply whole numbers")
        self.assertEqual([row["code"] for row in self.teacher("competencies prerequisites M.3")], ["M.2", "M.1"])
        ties = self.teacher("competencies associations --competency M.2")
        self.assertEqual(sorted(row["kind"] for row in ties), ["is_child_of", "precedes", "precedes"])
        self.run_fault("PZ_E_NOT_FOUND", "competencies show M.9 " + TEACHER, exit_status=3)


class Profile(SchoolCase):
    def test_the_life_of_an_entry(self):
        with open(self.path("words"), "w") as file:
            file.write("Bridges,\nand why they hold")
        added = self.run_json("profile add learner-1 --section interest --content @words --confidence 0.9 " + LEARNER)
        entries = self.teacher("profile list --learner learner-1 --section interest")
        self.assertEqual([(row["id"], row["content"], row["confidence"]) for row in entries],
                         [(added["profile_entry"], "Bridges,\nand why they hold", 0.9)])
        revised = self.run_json("profile revise latest --content Bridges " + LEARNER)
        self.assertNotEqual(revised["version"], entries[0]["version"])
        self.run_fault("PZ_E_CONFLICT", "profile revise latest --content x --if-version %s %s" % (entries[0]["version"], LEARNER), exit_status=4)
        self.assertEqual(len(self.run_json("profile list --learner learner-1 --history " + LEARNER)), 2)
        entry = self.run_json("profile list --learner learner-1 " + LEARNER)[0]
        self.assertEqual((entry["content"], entry["confidence"]), ("Bridges", 0.9))
        self.assertEqual(len(self.teacher("profile list --text bRIDGES --order recorded --limit 1")), 1)
        self.assertEqual(self.teacher("profile list --text ships") + self.teacher("profile list --disputed"), [])
        people = [row["given_name"] for row in self.teacher("roster people --class class-1 --order given_name")]
        self.assertEqual(people, sorted(people))
        first = self.teacher("roster people --class class-1 --limit 2")
        rest = self.teacher("roster people --class class-1 --after id:%s" % first[-1]["id"])
        self.assertEqual(first + rest, self.teacher("roster people --class class-1"))
        self.assertEqual([row["given_name"] for row in self.teacher("roster people --text NOWAK --with-role learner")], ["Ada"])
        self.assertEqual(self.teacher("checkin list --text nothing --order due") + self.teacher("voice list --text nothing"), [])
        self.run_ok("profile withdraw latest --reason Done " + LEARNER)
        self.assertEqual(self.run_json("profile list --learner learner-1 " + LEARNER), [])

    def test_the_difference_since_a_change(self):
        self.run_json("profile add learner-1 --section interest --content Bridges " + LEARNER)
        (entry,) = self.run_json("profile list --learner learner-1 " + LEARNER)
        self.run_json("profile revise latest --content Ships " + LEARNER)
        difference = self.run_json("profile difference learner-1 %s %s" % (entry["version"], LEARNER))
        (revised,) = difference["entries"]["revised"]
        self.assertTrue(revised["words"].endswith("under interests, Bridges became Ships"))
        then = self.run_json("profile difference learner-1 0 --as-of change:%s --language es %s" % (entry["version"], LEARNER))
        (added,) = then["entries"]["added"]
        self.assertTrue(added["words"].endswith("nuevo en intereses: Bridges"))
        same = self.run_json("profile difference learner-1 change:%s --as-of change:%s %s" % (entry["version"], entry["version"], LEARNER))
        self.assertEqual(same["count"], 0)
        self.run_fault("PZ_E_INVALID", "profile difference learner-1 999999 " + LEARNER, exit_status=2)
        self.run_fault("PZ_E_INVALID", "profile difference learner-1 -1x " + LEARNER, exit_status=2)

    def test_by_a_service(self):
        self.run_ok("profile add learner-1 --section test_score --value 512 --scale State --standard-error 12 --service scores")
        self.run_ok("profile revise latest --value 514 --service scores")
        entry = self.teacher("profile list --learner learner-1")[0]
        self.assertEqual((entry["value"], entry["standard_error"], entry["scale"], entry["author"]), (514, 12, "State", None))
        self.assertEqual(list(self.run_json("profile withdraw latest --reason Wrong --service scores")), ["entry"])
        self.assertEqual(self.teacher("profile list --learner learner-1"), [])

    def test_the_document(self):
        self.run_ok("profile add learner-1 --section support --code additional-testing-time " + COUNSELOR)
        document = self.teacher("profile show learner-1")
        self.assertIn("additional-testing-time", json.dumps(document))
        text = self.run_ok("profile show learner-1 --language es " + TEACHER).out
        self.assertIn("additional-testing-time", text)
        self.run_fault("PZ_E_INVALID", "profile show learner-1 --language tlh " + TEACHER, exit_status=2)

    def test_what_is_refused(self):
        self.run_fault("PZ_E_INVALID", "profile add learner-1 --content x " + LEARNER, says="--section")
        self.run_fault("PZ_E_INVALID", "profile add learner-1 --section hobby --content x " + LEARNER, says="interest, background")
        self.run_fault("PZ_E_INVALID", "profile add learner-1 --section interest --content x --confidence 2 " + LEARNER, exit_status=2)
        for number in ("nan", "inf", "0x1", "1,5", " 1", ""):
            self.run_fault("PZ_E_INVALID", "profile", "add", "learner-1", "--section", "interest", "--content", "x", "--confidence", number,
                           "--as", "learner-1", "--role", "learner", says="--confidence takes a number")
        with open(self.path("nul"), "wb") as file:
            file.write(b"a\0b")
        self.run_fault("PZ_E_TEXT", "profile add learner-1 --section interest --content @nul " + LEARNER, exit_status=2)
        with open(self.path("long"), "w") as file:
            file.write("x" * 70000)
        self.run_fault("PZ_E_TOO_LONG", "profile add learner-1 --section interest --content @long " + LEARNER, exit_status=2)
        self.run_fault("PZ_E_IO", "profile add learner-1 --section interest --content @missing " + LEARNER, exit_status=7)
        self.run_fault("PZ_E_NOT_FOUND", "profile add learner-2 --section interest --content x " + LEARNER, exit_status=3)
        self.run_fault("PZ_E_NOT_FOUND", "profile revise 999999 --content x " + LEARNER, exit_status=3)

    def test_text_from_standard_input(self):
        words = "profile add learner-1 --section interest --content @- " + LEARNER
        self.run_ok(*words.split(), input_bytes="Über alles Mögliche".encode())
        self.run_ok("profile", "add", "learner-1", "--section", "need", "--content", "@@home", "--as", "learner-1", "--role", "learner")
        self.assertEqual([row["content"] for row in self.run_json("profile list " + LEARNER)], ["Über alles Mögliche", "@home"])


class Mastery(SchoolCase):
    def test_who_has_mastered_what(self):
        rows = self.teacher("mastery list --class class-1")
        self.assertEqual(len(rows), 18)
        self.assertTrue(all(row["decision"] in ("mastered", "not_yet", "not_enough_evidence") for row in rows))
        self.assertTrue(all(0 <= row["estimate"] <= 1 and row["standard_error"] >= 0 and row["evidence_count"] == 5 for row in rows))
        mastered = self.teacher("mastery list --learner learner-1 --competency M.1 --decision mastered")
        self.assertEqual(len(mastered), 1)
        self.assertEqual(len(self.run_json("mastery list " + LEARNER)), 3)
        self.run_fault("PZ_E_INVALID", "mastery list --decision perhaps " + TEACHER, says="mastered, not_yet, not_enough_evidence")
        text = self.run_ok("mastery list --learner learner-1 " + TEACHER).out
        self.assertRegex(text, r"id:\d+ +Ada Nowak +id:\d+ +M\.1 ")

    def test_why(self):
        document = self.teacher("mastery explain learner-1 M.1")
        self.assertIn("decision", json.dumps(document))
        self.assertTrue(self.run_ok("mastery explain learner-1 M.1 " + TEACHER).out)
        self.run_fault("PZ_E_NOT_FOUND", "mastery explain learner-2 M.1 " + LEARNER, exit_status=3)

    def test_rules(self):
        before = self.teacher("mastery list --learner learner-3 --competency M.1")[0]
        rule = self.run_json("mastery", "rule", "set", "--scope", "class:class-1", "--settings", '{"model":"mean"}', "--service", "rules")
        after = self.teacher("mastery list --learner learner-3 --competency M.1")[0]
        self.assertEqual((before["model"], after["model"], after["rule"]), ("bkt", "mean", rule["rule"]))
        self.assertIn("mean", [row["model"] for row in self.teacher("mastery rule list")])
        with open(self.path("latest.json"), "w") as file:
            file.write('{"model": "latest"}')
        self.run_ok("mastery rule set --settings @latest.json --competency M.2 --service rules")
        self.assertEqual(self.teacher("mastery list --learner learner-3 --competency M.1")[0]["model"], "mean")
        self.run_fault("PZ_E_INVALID", "mastery", "rule", "set", "--settings", '{"model":"magic"}', "--service", "rules", exit_status=2)
        self.run_fault("PZ_E_FORMAT", "mastery", "rule", "set", "--settings", "{", "--service", "rules", exit_status=5)
        self.run_fault("PZ_E_INVALID", "mastery rule set --service rules", says="--settings")
        self.run_fault("PZ_E_INVALID", "mastery rule set --settings {} --scope moon:1 --service rules", says="class:ID or org:ID")
        self.run_fault("PZ_E_DENIED", "mastery rule set --settings {} " + TEACHER, exit_status=3)

    def test_evidence(self):
        rows = self.teacher("evidence list --learner learner-2 --competency M.3")
        self.assertEqual(len(rows), 5)
        self.assertEqual([row["score"] for row in rows], [0, 1, 1, 1, 1])
        self.assertTrue(all(row["at"].startswith("2026-09-15T10:2") for row in rows))
        row = rows[0]
        self.run_ok("evidence", "correct", "learner-2", "M.3", "--sequence", row["sequence"], "--score", "1", "--reason", "Marked wrongly", "--as",
                    "teacher-1", "--role", "teacher")
        self.assertEqual(self.teacher("evidence list --learner learner-2 --competency M.3")[0]["score"], 1)
        self.run_ok("evidence", "correct", "learner-2", "M.3", "--sequence", row["sequence"], "--reason", "Not his", "--as", "teacher-1", "--role",
                    "teacher")
        self.assertEqual(len(self.teacher("evidence list --learner learner-2 --competency M.3")), 4)
        self.assertEqual(list(self.run_json("evidence correct learner-2 M.3 --sequence latest --score 0 --reason Again " + TEACHER)), ["sequence"])
        self.assertEqual(self.teacher("evidence list --learner learner-2 --competency M.3")[-1]["score"], 0)
        self.run_fault("PZ_E_INVALID", "evidence correct learner-2 M.3 --sequence 0 --reason x " + TEACHER, says="--sequence takes")
        self.run_fault("PZ_E_NOT_FOUND", "evidence correct learner-2 M.3 --sequence 999999 --reason x " + TEACHER,
                       says="personalize evidence list", exit_status=3)
        self.assertEqual(self.teacher("evidence list --from 2027-01-01T00:00:00Z"), [])
        self.assertEqual(self.teacher("evidence list --before 2026-01-01T00:00:00Z"), [])
        self.assertIn("Bruno", self.run_ok("evidence list --learner learner-2 " + TEACHER).out)
        self.assertEqual(len(self.teacher("evidence items --competency M.1")), 5)
        self.assertIn("Autumn quiz", [row["title"] for row in self.teacher("evidence assessments --class class-1")])


class Cycles(SchoolCase):
    OPEN = "cycle open --class class-1 --title Autumn --opens 2026-09-01 --closes 2026-10-31 " + TEACHER

    def test_the_whole_way(self):
        cycle = self.run_json(self.OPEN)["cycle"]
        self.assertEqual(self.teacher("cycle show latest")["state"], "open")
        self.run_fault("PZ_E_NOT_FOUND", "cycle results " + TEACHER, says="closed", exit_status=3)
        self.run_fault("PZ_E_STATE", "cycle results latest " + TEACHER, exit_status=4)
        self.run_ok("cycle add-assessment latest line-1 " + TEACHER)
        self.run_ok("cycle collect %s %s" % (cycle, TEACHER))
        self.run_fault("PZ_E_STATE", "cycle collect latest " + TEACHER, exit_status=4)
        self.run_ok("cycle close latest " + TEACHER)
        self.run_fault("PZ_E_STATE", "cycle close latest " + TEACHER, exit_status=4)
        results = self.teacher("cycle results")
        self.assertEqual((len(results), {row["rule"] for row in results}), (18, {None}))
        needs = self.teacher("cycle results latest --needs")
        self.assertTrue(0 < len(needs) < 18 and all(row["is_need"] for row in needs))
        steps = self.teacher("cycle results --steps --learner learner-6")
        self.assertTrue(all(row["step"] == 1 for row in steps))
        following = self.run_json("cycle hand-over latest --title Winter --opens 2026-11-01 --closes 2026-12-18 " + TEACHER)["cycle"]
        self.assertEqual(self.teacher("cycle show " + following)["previous"], cycle)
        self.assertEqual([row["state"] for row in self.teacher("cycle list")], ["open", "handed_over"])
        self.assertEqual([row["id"] for row in self.teacher("cycle list --state open")], [following])
        self.assertEqual(len(self.teacher("cycle results")), 18)

    def test_what_is_refused(self):
        self.run_fault("PZ_E_INVALID", self.OPEN.replace("2026-10-31", "2026-08-31"), exit_status=2)
        self.run_fault("PZ_E_INVALID", self.OPEN.replace("2026-10-31", "2026-10-32"), says="--closes takes a day")
        self.run_fault("PZ_E_INVALID", self.OPEN.replace("--title Autumn", ""), says="--title")
        self.run_fault("PZ_E_NOT_FOUND", self.OPEN.replace("class-1", "class-2"), exit_status=3)
        self.run_fault("PZ_E_INVALID", self.OPEN.replace("--class class-1", "--class class-1 --kind yearly"), says="diagnostic, formative")
        self.run_fault("PZ_E_DENIED", self.OPEN.replace(TEACHER, LEARNER), exit_status=3)
        self.run_fault("PZ_E_NOT_FOUND", "cycle show latest " + TEACHER, says="no cycle in reach")
        self.run_fault("PZ_E_INVALID", "cycle show newest " + TEACHER, says="latest")

    def test_once_and_not_twice(self):
        first = self.run_json(self.OPEN + " --key autumn")
        self.assertEqual(self.run_json(self.OPEN + " --key autumn"), first)
        self.assertEqual(len(self.teacher("cycle list")), 1)
        self.run_fault("PZ_E_KEY_REUSED", self.OPEN.replace("Autumn", "Other") + " --key autumn", exit_status=4)


class Voice(SchoolCase):
    def test_said_answered_and_acted_on(self):
        entry = self.run_json("voice say --kind need --content Time --topic Reading --share class-1 " + LEARNER)["entry"]
        self.assertEqual([row["id"] for row in self.teacher("voice list --owed")], [entry])
        self.run_ok("voice cosign latest --as learner-2 --role learner")
        self.run_ok("voice see %s %s" % (entry, TEACHER))
        self.run_ok("voice reply latest --content Noon " + TEACHER)
        self.run_ok("voice act %s --content Done %s" % (entry, TEACHER))
        self.assertEqual([row["state"] for row in self.run_json("voice answers %s %s" % (entry, LEARNER))], ["seen", "answered", "acted_on"])
        shown = self.run_json("voice show %s %s" % (entry, LEARNER))
        self.assertEqual((shown["state"], shown["topic"], shown["cosigned"], shown["awaits_answer"]), ("acted_on", "Reading", 1, False))
        self.run_ok("voice reopen latest --content Still " + LEARNER)
        self.run_ok("voice decline latest --reason Rules " + TEACHER)
        self.run_fault("PZ_E_STATE", "voice decline %s --reason Rules %s" % (entry, TEACHER), exit_status=4)
        counts = {row["kind"]: row["declined"] for row in self.teacher("voice counts --class class-1")}
        self.assertEqual((counts[None], counts["need"]), (1, 1))

    def test_by_video_and_for_help(self):
        film = ("--reference voice/1.webm --media-type video/webm --bytes 9 --hash " + "0f" * 32 + " --alternative Tables ")
        entry = self.run_json("voice say --kind idea --avenue video " + film + LEARNER)["entry"]
        self.assertEqual([row["alternative"] for row in self.teacher("voice media " + entry)], ["Tables"])
        self.run_fault("PZ_E_HOSTILE", "voice say --kind idea --avenue video --name x.exe " + film + LEARNER)
        self.run_ok("voice help --content Now " + LEARNER)
        self.run_fault("PZ_E_DENIED", "voice help --content Now " + TEACHER, exit_status=3)
        self.run_fault("PZ_E_INVALID", "voice say --content x " + LEARNER, says="--kind")
        self.run_fault("PZ_E_INVALID", "voice themes " + LEARNER, says="--class ID or --org ID")
        self.assertEqual(self.run_json("voice themes --class class-1 " + LEARNER), [])


class Checkins(SchoolCase):
    def test_from_agenda_to_next_date(self):
        checkin = self.run_json("checkin plan --learner learner-1 --due 2027-02-01 --with guardian:guardian-1 " + TEACHER)["checkin"]
        self.assertEqual(self.teacher("checkin agenda latest")[-1]["text"], "Who can help you with it?")
        self.assertEqual(self.run_json("checkin agenda latest --language es " + TEACHER)[0]["text"], "¿Qué salió bien?")
        self.run_fault("PZ_E_STATE", "checkin hold latest --outcome Read " + TEACHER, exit_status=4)
        self.run_ok("checkin sign latest " + LEARNER)
        self.run_ok("checkin excuse latest --note Work " + GUARDIAN)
        following = self.run_json("checkin hold latest --outcome Read --touched competency:M.1 --next 2200-01-01 " + TEACHER)["next"]
        self.assertEqual({row["role"]: row["presence"] for row in self.run_json("checkin people %s %s" % (checkin, LEARNER))},
                         {"learner": "signed", "guardian": "excused", "teacher": "signed"})
        self.assertEqual(self.run_json("checkin show %s %s" % (checkin, LEARNER))["checkin"]["next"], following)
        self.run_ok("checkin move latest --due 2200-02-01 --reason Trip " + GUARDIAN)
        self.run_fault("PZ_E_CONFLICT", "checkin move latest --due 2200-02-01 --if-version 1 " + GUARDIAN, exit_status=4)
        self.run_ok("checkin cancel latest --reason Moved " + TEACHER)
        self.assertEqual([row["state"] for row in self.teacher("checkin list --learner learner-1")], ["held", "cancelled"])

    def test_schedules_and_faults(self):
        self.assertEqual(list(self.run_json("checkin schedule --class class-1 --rhythm monthly --begins 2020-01-01 " + TEACHER)), ["scope"])
        self.assertGreater(len(self.teacher("checkin late --class class-1")), 1)
        self.run_fault("PZ_E_INVALID", "checkin schedule --rhythm monthly --begins 2020-01-01 " + TEACHER, says="--class ID or --org ID")
        self.run_fault("PZ_E_INVALID", "checkin plan --learner learner-1 --due 2027-02-01 --with friend:guardian-1 " + TEACHER, says="--with takes a role")
        self.run_ok("checkin plan --due 2027-02-01 --with teacher:teacher-1 " + LEARNER)
        self.run_fault("PZ_E_INVALID", "checkin hold latest --outcome x --touched thing:1 " + TEACHER, says="--touched takes")
        self.assertEqual(self.teacher("checkin templates")[0]["title"], "Check-in")


class Hands(SchoolCase):
    def test_tags_and_times(self):
        self.run_ok("profile add learner-1 --section learn_when --times 'mon 15:00-16:00' " + LEARNER)
        self.run_ok("profile tag latest --tag Afternoon --tag 'Club=https://example.org/club' " + LEARNER)
        self.assertEqual([(row["tag"], row["uri"]) for row in self.teacher("profile tags --learner learner-1")],
                         [("Afternoon", None), ("Club", "https://example.org/club")])
        self.assertEqual([row["times"] for row in self.teacher("profile list --tag club")], ["mon 15:00-16:00"])
        self.run_fault("PZ_E_INVALID", "profile revise latest --times 'mon 16:00-15:00' " + LEARNER)
        self.run_fault("PZ_E_EXISTS", "profile tag latest --tag a --tag A " + LEARNER)
        self.run_ok("profile tag latest " + LEARNER)
        self.assertEqual(self.teacher("profile tags"), [])

    def test_disputes(self):
        self.run_ok("profile add learner-1 --section need --content Loud " + TEACHER)
        self.run_fault("PZ_E_NOT_FOUND", "profile answer latest --state upheld --reason x " + TEACHER, exit_status=3)
        self.run_ok("profile dispute latest --reason 'I am not' " + LEARNER)
        self.assertEqual(len(self.teacher("profile list --disputed")), 1)
        self.run_fault("PZ_E_NOT_FOUND", "profile answer latest --state upheld --reason x " + LEARNER, exit_status=3)
        self.run_fault("PZ_E_INVALID", "profile answer latest --state perhaps --reason x " + TEACHER)
        self.run_ok("profile answer latest --state declined --reason 'It stands' " + TEACHER)
        self.run_ok("profile dispute latest --reason Still " + LEARNER)
        self.run_ok("profile undispute latest " + LEARNER)
        self.assertEqual([row["state"] for row in self.teacher("profile disputes --learner learner-1")], ["declined", "withdrawn"])
        self.assertEqual(self.teacher("profile disputes --state open"), [])

    def test_named_adults_and_notes(self):
        self.run_ok("profile add learner-1 --section interest --content Comics --visibility named " + LEARNER)
        self.assertEqual(self.teacher("profile list --learner learner-1"), [])
        self.run_ok("profile name latest teacher-1 " + LEARNER)
        self.assertEqual(len(self.teacher("profile list --learner learner-1")), 1)
        self.assertEqual(len(self.run_json("profile named latest " + LEARNER)), 1)
        self.run_ok("profile unname latest teacher-1 " + LEARNER)
        self.assertEqual(self.teacher("profile list --learner learner-1"), [])
        self.run_ok("profile note learner-1 --content Window " + TEACHER)
        self.run_ok("profile renote latest --content Door " + TEACHER)
        self.assertEqual([row["content"] for row in self.teacher("profile notes")], ["Door"])
        self.run_fault("PZ_E_DENIED", "profile notes " + LEARNER, exit_status=3)
        self.run_ok("profile unnote latest " + TEACHER)
        self.run_fault("PZ_E_NOT_FOUND", "profile unnote latest " + TEACHER, exit_status=3)


class Questionnaires(SchoolCase):
    def test_from_questions_to_an_entry(self):
        with open(self.path("questions.json"), "w") as file:
            json.dump(QUESTIONS, file)
        self.run_ok("questionnaire save --org school-1 --content @questions.json " + TEACHER)
        self.assertEqual([(row["title"], row["questions"]) for row in self.teacher("questionnaire list")][-1], ("Monday", 2))
        answer = "questionnaire answer latest --answer mood=4 --answer where=floor "
        self.run_fault("PZ_E_DENIED", answer + TEACHER, exit_status=3)
        for bad in ("mood", "nothing=1", "mood=x", "mood=9", "where=moon"):
            self.run_fault("PZ_E_INVALID", "questionnaire answer latest --answer %s %s" % (bad, LEARNER))
        self.run_ok(answer + LEARNER)
        self.run_fault("PZ_E_DENIED", "questionnaire answers " + TEACHER, exit_status=3)
        (waiting,) = self.run_json("questionnaire answers --state waiting " + LEARNER)
        self.assertEqual((waiting["picture"], waiting["content"]), ("floor", "On the floor"))
        self.run_ok("questionnaire confirm latest --visibility school --content 'On a carpet' " + LEARNER)
        self.assertEqual([(row["section"], row["content"]) for row in self.teacher("profile list")], [("learn_where", "On a carpet")])
        self.run_ok("questionnaire answer own --answer interest=Bridges " + LEARNER)
        self.run_ok("questionnaire drop latest " + LEARNER)
        self.assertEqual(self.run_json("questionnaire answers --state waiting " + LEARNER), [])
        self.assertIn("questions", self.teacher("questionnaire show own"))
        self.run_ok("questionnaire save --org school-1 --questionnaire latest --content @questions.json " + TEACHER)
        self.run_ok("questionnaire end latest " + TEACHER)
        self.run_fault("PZ_E_NOT_FOUND", "questionnaire end latest " + TEACHER, exit_status=3)

    def test_templates_of_checkins(self):
        self.run_ok("checkin template --title Start --prompts 'What went well?' --requires teacher --org school-1 " + TEACHER)
        self.run_ok("checkin template --template latest --requires guardian " + TEACHER)
        (made,) = [row for row in self.teacher("checkin templates") if row["title"] == "Start"]
        self.assertEqual((made["prompts"], made["with_teacher"], made["with_guardian"]), ("What went well?", False, True))
        self.run_fault("PZ_E_INVALID", "checkin template --org school-1 " + TEACHER)
        self.run_fault("PZ_E_INVALID", "checkin template --title x --requires learner --org school-1 " + TEACHER)
        self.run_fault("PZ_E_NOT_FOUND", "checkin template --template id:999999 --title x " + TEACHER, exit_status=3)
        self.run_ok("checkin template --template latest --ended " + TEACHER)
        self.run_fault("PZ_E_NOT_FOUND", "checkin template --template latest --title x " + TEACHER, exit_status=3)


class Goals(SchoolCase):
    PROPOSE = "goals propose --statement Carrying " + LEARNER

    def test_the_whole_way(self):
        goal = self.run_json(self.PROPOSE + " --due 2027-02-01 --reason Because --area personal")["goal"]
        shown = self.run_json("goals show latest " + LEARNER)
        self.assertEqual((shown["id"], shown["state"], shown["area"], shown["due_on"], shown["reason"], shown["learner_agreed"]),
                         (goal, "proposed", "personal", "2027-02-01", "Because", True))
        self.run_ok("goals ask latest --person guardian-1 --with-role guardian " + LEARNER)
        self.run_ok("goals decline latest --note Later " + GUARDIAN)
        self.run_ok("goals support %s --note Gladly %s" % (goal, TEACHER))
        self.assertEqual(self.run_json("goals show latest " + LEARNER)["state"], "agreed")
        self.run_ok("goals start latest --reason Today " + LEARNER)
        self.assertEqual(self.run_json("goals show latest " + LEARNER)["state"], "active")
        supporters = {row["role"]: (row["state"], row["note"]) for row in self.run_json("goals supporters latest " + LEARNER)}
        self.assertEqual(supporters, {"guardian": ("declined", "Later"), "teacher": ("given", "Gladly")})
        self.run_ok("goals revise latest --due 2027-03-01 " + LEARNER)
        revised = self.run_json("goals show latest " + LEARNER)
        self.assertEqual((revised["due_on"], revised["statement"], revised["area"]), ("2027-03-01", "Carrying", "personal"))
        self.run_fault("PZ_E_CONFLICT", "goals revise latest --due 2027-04-01 --if-version %s %s" % (shown["version"], LEARNER), exit_status=4)
        self.run_ok("goals achieve latest --evidence Explained --evidence Wrote --link https://example.org/1 --reflection Easy " + TEACHER)
        self.assertEqual([(row["description"], row["link"]) for row in self.run_json("goals evidence %s %s" % (goal, LEARNER))],
                         [("Explained", "https://example.org/1"), ("Wrote", None)])
        history = self.run_json("goals history %s %s" % (goal, LEARNER))
        self.assertEqual(history[-1]["state"], "achieved")
        self.assertGreaterEqual(len(history), 4)
        self.assertEqual(len(self.teacher("goals list --class class-1 --state achieved")), 1)
        self.run_fault("PZ_E_STATE", "goals support %s %s" % (goal, TEACHER), exit_status=4)
        self.assertIn("Ada Nowak", self.run_ok("goals list " + TEACHER).out)
        self.assertEqual(len(self.teacher("goals list --text CARRYING --order due --limit 1")), 1)
        self.assertEqual(self.teacher("goals list --after id:" + goal), [])
        self.run_fault("PZ_E_NOT_FOUND", "goals list --after id:999999 " + TEACHER, exit_status=3)

    def test_an_adult_proposes(self):
        self.teacher("goals propose --learner learner-1 --statement Add --measure mastery --competency M.1")
        self.assertFalse(self.run_json("goals show latest " + LEARNER)["learner_agreed"])
        self.run_ok("goals agree latest " + LEARNER)
        self.assertTrue(self.run_json("goals show latest " + LEARNER)["learner_agreed"])
        self.run_ok("goals abandon latest --reflection Enough " + LEARNER)
        self.assertEqual(self.run_json("goals show latest " + LEARNER)["state"], "abandoned")

    def test_what_is_refused(self):
        self.run_fault("PZ_E_INVALID", "goals propose " + LEARNER, says="--statement")
        self.run_fault("PZ_E_INVALID", self.PROPOSE + " --measure mastery", exit_status=2)
        self.run_fault("PZ_E_INVALID", self.PROPOSE + " --due tomorrow", says="--due takes a day such as")
        self.run_fault("PZ_E_INVALID", self.PROPOSE + " --target 1e999", says="--target takes a number")
        self.run_fault("PZ_E_NOT_FOUND", self.PROPOSE + " --learner learner-2", exit_status=3)
        self.run_fault("PZ_E_INVALID", "goals show 0 " + LEARNER, says="by its number")
        self.run_fault("PZ_E_NOT_FOUND", "goals show 424242 " + LEARNER, exit_status=3)
        self.run_ok(self.PROPOSE)
        self.run_fault("PZ_E_INVALID", "goals ask latest --person guardian-1 " + LEARNER, says="--with-role")
        self.run_fault("PZ_E_DENIED", "goals achieve latest --evidence x " + TEACHER, exit_status=3)
        own = " --as learner-6 --role learner"
        self.run_ok("goals propose --statement Dividing --measure mastery --competency M.3" + own)
        self.run_ok("goals support latest " + TEACHER)
        self.run_fault("PZ_E_STATE", "goals achieve latest" + own, exit_status=4)
        self.run_fault("PZ_E_DENIED", "goals abandon latest " + GUARDIAN, exit_status=3)
        self.run_fault("PZ_E_INVALID", "goals achieve latest --link https://example.org " + TEACHER, says="--evidence")

    def test_as_it_was(self):
        self.run_ok(self.PROPOSE)
        change = self.run_json("info")["last_change"]
        self.run_ok("goals abandon latest " + LEARNER)
        self.assertEqual(self.run_json("goals show latest --as-of change:%s %s" % (change, LEARNER))["state"], "proposed")
        self.assertEqual(self.run_json("goals list --as-of 2020-01-01 " + LEARNER), [])
        self.run_fault("PZ_E_READ_ONLY", self.PROPOSE + " --as-of change:" + change, exit_status=3)
        self.run_fault("PZ_E_INVALID", "goals list --as-of 2999-01-01T00:00:00Z " + LEARNER, exit_status=2)
        self.run_fault("PZ_E_INVALID", "goals list --as-of yesterday " + LEARNER, says="--as-of takes a day")
        self.run_fault("PZ_E_INVALID", "goals list --as-of change:x " + LEARNER, says="number of a change")


class Groups(SchoolCase):
    RECOMMEND = "group recommend class-1 --strategy mixed --size 3 " + TEACHER

    def test_the_whole_way(self):
        recommendation = self.run_json(self.RECOMMEND + " --title Lab --answer-by 2026-12-01")["recommendation"]
        document = self.teacher("group show latest")
        text = json.dumps(document)
        self.assertIn("groups", document, text)
        row = self.teacher("group list")[0]
        self.assertEqual((row["id"], row["state"], row["groups"], row["learners"], row["title"]), (recommendation, "proposed", 2, 6, "Lab"))
        self.assertTrue(self.teacher("group replay latest")["same"])
        self.assertIn("same groups", self.run_ok("group replay latest " + TEACHER).out)
        shown = self.run_ok("group show latest " + TEACHER).out
        for _, given, family in LEARNERS:
            self.assertIn("%s %s" % (given, family), shown)
        self.run_ok("group change latest --move learner-3:0 " + TEACHER)
        self.run_fault("PZ_E_CONFLICT", "group accept latest --if-version %s %s" % (row["version"], TEACHER), exit_status=4)
        self.run_ok("group accept latest --note Monday " + TEACHER)
        self.assertEqual(self.teacher("group list --state accepted")[0]["note"], "Monday")
        self.run_fault("PZ_E_STATE", "group reject latest --reason x " + TEACHER, exit_status=4)
        self.assertEqual([row["state"] for row in self.teacher("group history latest")], ["proposed", "changed", "accepted"])

    def test_preview_keeps_nothing(self):
        preview = self.teacher("group preview class-1 --strategy random --size 2-3 --seed 5")
        self.assertIn("groups", preview)
        self.assertTrue(self.run_ok("group preview class-1 --size 2-3 --language es " + TEACHER).out)
        self.assertEqual(self.teacher("group list"), [])

    def members(self):
        found = {}
        for line in self.run_ok("group show latest " + TEACHER).out.split("\n\n")[2].splitlines()[1:]:
            number, _, given = line.split()[:3]
            found[given] = int(number)
        return found

    def test_rules_hold(self):
        self.run_ok(self.RECOMMEND.replace("--size 3", "--size 2-3") + " --together learner-1,learner-2 --apart learner-1,learner-3"
                    " --lock learner-4:2 --absent learner-5 --opted-out learner-6")
        members = self.members()
        self.assertEqual(members["Ada"], members["Bruno"])
        self.assertNotEqual(members["Ada"], members["Chiyo"])
        self.assertEqual(members["Dina"], 2)
        self.assertNotIn("Emil", members)
        self.assertEqual(len(members), 4)

    def test_ways_and_rules_of_sets(self):
        self.run_ok(self.RECOMMEND.replace("mixed", "rotation") + " --allow learner-1:2 --not-alone learner-2 --not-alone learner-3"
                    " --one-in-each learner-4 --one-in-each learner-5 --common-time 2")
        members = self.members()
        self.assertEqual(members["Ada"], 2)
        self.assertEqual(members["Bruno"], members["Chiyo"])
        self.assertNotEqual(members["Dina"], members["Emil"])
        self.run_ok(self.RECOMMEND.replace("mixed", "tutoring"))
        self.run_fault("PZ_E_INVALID", self.RECOMMEND + " --common-time 337")
        self.run_fault("PZ_E_INVALID", self.RECOMMEND + " --allow learner-1", says="colon")
        self.run_fault("PZ_E_INFEASIBLE", self.RECOMMEND + " --one-in-each learner-4", exit_status=6)

    def test_criteria_of_profiles(self):
        for number, tag in ((1, "robots"), (2, "trains"), (3, "robots")):
            self.run_ok("profile add learner-%d --section interest --code %s %s" % (number, tag, TEACHER))
        self.run_fault("PZ_E_INVALID", self.RECOMMEND + " --criteria likes", says="A criterion is")
        self.run_fault("PZ_E_NOT_ENOUGH", self.RECOMMEND + " --criteria times", exit_status=6)
        self.run_ok(self.RECOMMEND.replace("mixed", "random") + " --criteria interests")
        self.assertIn("Interests: ", self.run_ok("group show latest " + TEACHER).out)

    def test_nobody_meets_again(self):
        self.run_ok(self.RECOMMEND.replace("--size 3", "--size 2-3"))
        self.run_ok("group accept latest " + TEACHER)
        before = self.members()
        self.run_ok(self.RECOMMEND.replace("--size 3", "--size 2") + " --earlier 5 --earlier-most 0 --earlier-weight 0.5")
        now = self.members()
        self.assertFalse([(a, b) for a in now for b in now if a < b and now[a] == now[b] and before[a] == before[b]])
        self.run_fault("PZ_E_INVALID", self.RECOMMEND + " --earlier 101", says="earlier")
        self.run_fault("PZ_E_INVALID", self.RECOMMEND + " --earlier-most 1")

    def test_what_is_refused(self):
        self.run_fault("PZ_E_INFEASIBLE", self.RECOMMEND + " --together learner-1,learner-2 --apart learner-1,learner-2", exit_status=6)
        self.run_fault("PZ_E_NOT_ENOUGH", "group recommend class-2 --as teacher-2 --role teacher", exit_status=6)
        for size in ("0", "3-2", "x", "1001", "3-", "-3", "3-4-5"):
            self.run_fault("PZ_E_INVALID", "group", "recommend", "class-1", "--size=" + size, "--as", "teacher-1", "--role", "teacher",
                           says="--size takes")
        self.run_fault("PZ_E_INVALID", self.RECOMMEND + " --seed 99999999999999999999", says="--seed takes a whole number")
        self.run_fault("PZ_E_INVALID", self.RECOMMEND + " --apart learner-1", says="comma")
        self.run_fault("PZ_E_INVALID", self.RECOMMEND + " --lock learner-1", says="colon")
        self.run_fault("PZ_E_INVALID", self.RECOMMEND.replace("mixed", "magic"), says="need, readiness, mixed, random")
        self.run_fault("PZ_E_NOT_FOUND", self.RECOMMEND + " --absent nobody", exit_status=3)
        self.run_fault("PZ_E_NOT_FOUND", self.RECOMMEND.replace("class-1", "class-2"), exit_status=3)
        self.run_fault("PZ_E_INVALID", "group reject latest " + TEACHER, says="--reason")
        self.run_fault("PZ_E_INVALID", "group change latest " + TEACHER, says="--move")
        self.run_fault("PZ_E_NOT_FOUND", "group show latest " + TEACHER, says="no recommendation in reach")


class Page(SchoolCase):
    def test_the_page_of_a_learner(self):
        self.run_ok("page --learner learner-1 --out me.html " + LEARNER)
        with open(self.path("me.html"), encoding="utf-8") as file:
            self.assertIn("My next steps", file.read())
        self.assertEqual(self.teacher("page --learner learner-1")["document"], "learner-page")
        self.run_fault("PZ_E_INVALID", "page class-1 --learner learner-1 " + TEACHER, says="needs a class")

    def test_the_page(self):
        self.run_ok("page class-1 --out class.html " + TEACHER)
        with open(self.path("class.html"), encoding="utf-8") as file:
            page = file.read()
        self.assertTrue(page.lstrip().lower().startswith("<!doctype html>"))
        self.assertIn("<svg", page)
        self.assertIn("Nowak", page)
        self.assertIsNone(re.search(r"(?:src|href)=\"https?:", page))

    def test_the_fragment_and_its_style(self):
        fragment = self.run_ok("page class-1 --fragment --id-prefix a --language es " + TEACHER).out
        self.assertNotIn("<body", fragment)
        self.assertNotIn("<style", fragment)
        self.assertIn("pz-", self.run_ok("page --style").out)

    def test_the_data(self):
        self.assertIsInstance(self.teacher("page class-1"), dict)

    def test_for_whom_and_as_what(self):
        self.assertIn("How you can help", self.run_ok("page --for guardian learner-1 " + LEARNER).out)
        self.assertIn("My skills", self.run_ok("page --for learner learner-1 --format html " + LEARNER).out)
        self.assertEqual(self.teacher("page --for teacher class-1 --format json")["document"], "class-page")
        self.assertTrue(self.run_ok("page --for teacher class-1 --format svg --chart mastery " + TEACHER).out.startswith("<svg"))
        spec = self.teacher("page class-1 --format vega-lite --chart distribution")
        self.assertIn("vega-lite", spec["$schema"])
        self.run_fault("PZ_E_INVALID", "page --for nobody class-1 " + TEACHER, says="--for")
        self.run_fault("PZ_E_INVALID", "page class-1 --format pdf " + TEACHER, says="--format")
        self.run_fault("PZ_E_INVALID", "page class-1 --chart mastery " + TEACHER, says="--chart")
        self.run_fault("PZ_E_INVALID", "page --learner learner-1 --for teacher " + TEACHER, says="--learner")
        self.run_fault("PZ_E_NOT_FOUND", "page class-1 --format svg --chart nothing " + TEACHER, exit_status=3)

    def test_a_page_for_each_learner(self):
        folder = self.path("pages")
        done = json.loads(self.run_ok("page", "--for", "guardian", "--each", folder, "--class", "class-1", "--json", "--as", "teacher-1", "--role", "teacher").out)
        files = sorted(os.listdir(folder))
        self.assertEqual(int(done["pages"]), len(files))
        self.assertGreater(len(files), 0)
        for name in files:
            self.assertRegex(name, r"^\d+\.html$")
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                self.assertIn("How you can help", file.read())
        self.run_fault("PZ_E_INVALID", "page", "--for", "teacher", "--each", folder, "--as", "teacher-1", "--role", "teacher", says="--each")
        self.run_fault("PZ_E_IO", "page", "--for", "learner", "--each", os.path.join(folder, "a", "b"), "--as", "teacher-1", "--role", "teacher", exit_status=7)

    def test_a_digest(self):
        letter = self.run_ok("digest", "learner-1", "--as", "learner-1", "--role", "learner", "--purpose", "weekly digest").out
        self.assertIn("One next step", letter)
        self.assertEqual(json.loads(self.run_ok("digest learner-1 --json " + LEARNER).out)["document"], "digest")
        self.run_fault("PZ_E_NOT_FOUND", "digest learner-2 " + LEARNER, exit_status=3)

    def test_the_page_of_a_school(self):
        leader = "--as leader-1 --role leader"
        self.assertIn("Growth by class", self.run_ok("page --for leader school-1 " + leader).out)
        self.assertEqual(json.loads(self.run_ok("page --for leader school-1 --format json " + leader).out)["document"], "school-page")
        self.run_fault("PZ_E_DENIED", "page --for leader school-1 " + TEACHER, exit_status=3)

    def test_what_is_refused(self):
        self.run_fault("PZ_E_INVALID", "page " + TEACHER, says="needs a class")
        self.run_fault("PZ_E_NOT_FOUND", "page class-2 " + TEACHER, exit_status=3)
        self.run_fault("PZ_E_INVALID", "page", "class-1", "--id-prefix", "<b>", "--as", "teacher-1", "--role", "teacher", exit_status=2)
        result = self.program.run("page", "class-1", "--as", "learner-1", "--role", "learner")
        self.assertEqual(result.returncode, 3)


class Changes(SchoolCase):
    def test_changes_from_a_cursor(self):
        first = self.run_json("changes " + LEARNER)
        self.run_ok("goals propose --statement Carrying " + LEARNER)
        later = self.run_json("changes --since %s %s" % (first["cursor"], LEARNER))
        self.assertTrue(all(row["action"].startswith("goal.") for row in later["events"]), later)
        self.assertGreater(len(later["events"]), 0)
        nothing = self.run_json("changes --since %s %s" % (later["cursor"], LEARNER))
        self.assertEqual(nothing["events"], [])
        self.assertEqual(nothing["cursor"], later["cursor"])
        self.assertRegex(self.run_ok("changes " + LEARNER).out, r"(?m)^cursor \d+$")
        self.run_fault("PZ_E_INVALID", "changes --since x " + LEARNER, says="--since takes a whole number")
        self.run_fault("PZ_E_INVALID", "changes --limit 0 " + LEARNER, says="1 to 10000")

    def test_what_is_due(self):
        self.run_ok("goals propose --statement Carrying --due 2027-02-01 " + LEARNER)
        self.assertEqual(self.run_json("due --until 2027-01-31 " + LEARNER), [])
        due = self.run_json("due --until 2027-02-01 " + LEARNER)
        self.assertEqual([(row["record_kind"], row["due_on"]) for row in due], [("goal", "2027-02-01")])
        self.run_ok("due " + LEARNER)


class Person(SchoolCase):
    def test_export(self):
        self.run_ok("goals propose --statement Carrying " + LEARNER)
        self.run_ok("export learner-1 --out data.json " + LEARNER)
        with open(self.path("data.json"), encoding="utf-8") as file:
            text = file.read()
        json.loads(text)
        self.assertIn("Carrying", text)
        self.assertIn("Nowak", text)
        self.run_fault("PZ_E_NOT_FOUND", "export learner-2 " + LEARNER, exit_status=3)

    def test_erase(self):
        self.run_fault("PZ_E_INVALID", "erase learner-6 " + LEADER, says="--yes")
        self.run_fault("PZ_E_DENIED", "erase learner-6 --yes " + TEACHER, exit_status=3)
        receipt = self.run_json("erase learner-6 --yes " + LEADER)
        self.assertIsInstance(receipt, dict)
        self.run_fault("PZ_E_NOT_FOUND", "roster person learner-6 " + LEADER, exit_status=3)
        self.run_ok("verify --service check")
        with open(self.path("school.db"), "rb") as file:
            self.assertNotIn(b"Okoro", file.read())


class Safety(SchoolCase):
    def test_backup_and_restore(self):
        self.assertEqual(self.run_json("backup copy.db --service nightly"), {"path": "copy.db", "bytes": os.path.getsize(self.path("copy.db"))})
        self.run_fault("PZ_E_EXISTS", "backup copy.db --service nightly", exit_status=4)
        self.assertIn(": back.db, %d bytes." % os.path.getsize(self.path("copy.db")), self.run_ok("restore copy.db back.db").out)
        self.assertEqual(self.run_json("restore copy.db third.db")["path"], "third.db")
        self.run_fault("PZ_E_EXISTS", "restore copy.db back.db", exit_status=4)
        self.assertEqual(self.run_json("roster people --service reader --store back.db"), self.run_json("roster people --service reader"))
        self.run_fault("PZ_E_NOT_STORE", "restore roster.zip new.db", exit_status=7)
        self.assertFalse(os.path.exists(self.path("new.db")))
        self.run_fault("PZ_E_DENIED", "backup other.db " + LEADER, exit_status=3)

    def test_verify(self):
        self.assertIsInstance(self.run_json("verify --service check"), dict)
        self.assertTrue(self.run_ok("verify --service check").out)

    def test_a_store_that_was_altered(self):
        connection = sqlite3.connect(self.path("school.db"))
        altered = connection.execute("UPDATE change SET action = 'nothing' WHERE change_id = (SELECT max(change_id) FROM change)")
        self.assertEqual(altered.rowcount, 1)
        connection.commit()
        connection.close()
        result = self.program.run("verify", "--service", "check", "--json")
        self.assertEqual(result.returncode, 7)
        self.assertIsInstance(json.loads(result.out), dict)
        self.assertEqual(json.loads(result.err)["status"], "PZ_E_TAMPERED")

    def test_a_store_that_is_damaged(self):
        self.run_ok("backup copy.db --service nightly")
        size = os.path.getsize(self.path("copy.db"))
        with open(self.path("copy.db"), "r+b") as file:
            file.seek(size // 2)
            file.write(os.urandom(4096))
        result = self.program.run("restore", "copy.db", "back.db")
        self.assertEqual(result.returncode, 7, result.err)
        self.assertFalse(os.path.exists(self.path("back.db")))

    def test_another_writer(self):
        with open(self.path("school.db.lock"), "r+b") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)
            self.run_fault("PZ_E_BUSY", "goals propose --statement x --wait 0 " + LEARNER, exit_status=7)
            self.assertEqual(self.run_json("info --wait 0")["name"], "")
        self.run_ok("goals propose --statement x --wait 0 " + LEARNER)
        self.run_fault("PZ_E_INVALID", "info --wait 601", says="0 to 600")

    def test_reads_are_on_record(self):
        self.run_ok("roster person learner-1 " + TEACHER)
        self.run_ok("profile show learner-1 --purpose parents-evening " + TEACHER)
        text = self.run_ok("export learner-1 " + LEARNER).out
        self.assertIn("parents-evening", text)

    def test_the_environment_names_who_acts(self):
        environment = {"PERSONALIZE_AS": "teacher-1", "PERSONALIZE_ROLE": "teacher"}
        self.assertEqual(len(self.run_json("roster classes", environment=environment)), 1)
        self.assertEqual(len(self.run_json("roster classes --service reader", environment=environment)), 2)
        self.assertEqual(len(self.run_json("roster classes " + LEADER, environment={"PERSONALIZE_SERVICE": "reader"})), 2)


def has_terminals():
    """Whether a terminal can be made here: small containers mount no /dev/pts."""
    try:
        for side in pty.openpty():
            os.close(side)
    except OSError:
        return False
    return True


@unittest.skipUnless(has_terminals(), "no terminal can be made here: mount /dev/pts")
class Terminal(SchoolCase):
    """On a terminal nothing that a person wrote moves the cursor, and what is printed still is what it is."""

    STATEMENT = "turn \u009b31m red \u202e back"

    def on_terminal(self, words):
        master, slave = pty.openpty()
        process = subprocess.Popen([PROGRAM, *shlex.split(words)], cwd=self.folder, env=self.program.environment, stdin=slave, stdout=slave,
                                   stderr=slave)
        os.close(slave)
        output = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            output += piece
        os.close(master)
        self.assertEqual(process.wait(), 0, output)
        return output.decode("utf-8")

    def test_json_and_tables(self):
        self.run_ok("goals", "propose", "--statement", self.STATEMENT, *LEARNER.split())
        self.assertIn(self.STATEMENT, self.run_ok("goals list --json " + LEARNER).out)
        shown = self.on_terminal("goals list --json " + LEARNER)
        self.assertEqual(json.loads(shown)[0]["statement"], self.STATEMENT)
        for text in (shown, self.on_terminal("goals list " + LEARNER), self.on_terminal("goals show latest " + LEARNER),
                     self.on_terminal("export learner-1 " + LEARNER), self.on_terminal("profile show learner-1 " + LEARNER)):
            self.assertNotIn("\u009b", text)
            self.assertNotIn("\u202e", text)
            self.assertNotIn("\x1b", text)

    def test_erasing_asks(self):
        master, slave = pty.openpty()
        for answer, status in ((b"learner-5\n", 2), (b"\n", 2), (b"learner-6\n", 0)):
            process = subprocess.Popen([PROGRAM, "erase", "learner-6", *LEADER.split()], cwd=self.folder, env=self.program.environment,
                                       stdin=slave, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            os.write(master, answer)
            self.assertEqual(process.wait(), status)
        os.close(master)
        os.close(slave)


if __name__ == "__main__":
    unittest.main()
