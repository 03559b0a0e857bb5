"""A small school in files, and a way to run the program in a folder of its own."""

import json
import os
import shlex
import shutil
import subprocess
import tempfile
import unittest
import zipfile

PROGRAM = os.environ.get("PERSONALIZE_PROGRAM", "personalize")

LEARNERS = [
    ("learner-1", "Ada", "Nowak"),
    ("learner-2", "Bruno", "Ösk"),
    ("learner-3", "Chiyo", "山田"),
    ("learner-4", "Dina", "Haddad"),
    ("learner-5", "Emil", "Brandt"),
    ("learner-6", "Femi", "Okoro"),
]
ADULTS = [
    ("teacher-1", "Tom", "Weber", "teacher"),
    ("teacher-2", "Una", "Frey", "teacher"),
    ("counselor-1", "Cleo", "Ruiz", "counselor"),
    ("leader-1", "Lena", "Park", "principal"),
    ("guardian-1", "Gita", "Nowak", "parent"),
]

COMPETENCIES = [("M.1", "Add whole numbers"), ("M.2", "Multiply whole numbers"), ("M.3", "Divide whole numbers")]


def uuid(number):
    return "00000000-0000-4000-8000-%012d" % number


def csv_text(header, rows):
    return "".join(",".join(row) + "\r\n" for row in [header.split(",")] + rows)


def roster_files(learners=None, family_of_ada="Nowak"):
    """OneRoster 1.2, bulk."""
    learners = LEARNERS if learners is None else learners
    users, roles, enrollments = [], [], []
    for number, (sourced_id, given, family) in enumerate(learners):
        if sourced_id == "learner-1":
            family = family_of_ada
        agent = "guardian-1" if sourced_id == "learner-1" else ""
        users.append([sourced_id, "", "", "true", sourced_id, "", given, family, "", "N%03d" % number, "", "", "", agent, "05", "", "", "",
                      "", "", "school-1", ""])
        roles.append(["role-" + sourced_id, "", "", sourced_id, "primary", "student", "", "", "school-1", ""])
        enrollments.append(["enrollment-" + sourced_id, "", "", "class-1", "school-1", sourced_id, "student", "false", "", ""])
    for sourced_id, given, family, role in ADULTS:
        users.append([sourced_id, "", "", "true", sourced_id, "", given, family, "", "", "", "", "", "", "", "", "", "", "", "", "school-1",
                      ""])
        roles.append(["role-" + sourced_id, "", "", sourced_id, "primary", role, "", "", "school-1", ""])
    enrollments.append(["enrollment-teacher-1", "", "", "class-1", "school-1", "teacher-1", "teacher", "true", "", ""])
    enrollments.append(["enrollment-teacher-2", "", "", "class-2", "school-1", "teacher-2", "teacher", "true", "", ""])
    tables = {
        "academicSessions": csv_text(
            "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
            [["term-1", "", "", "Year", "schoolYear", "2020-08-01", "2099-07-31", "", "2099"]]),
        "orgs": csv_text("sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
                         [["school-1", "", "", "Hill School", "school", "H1", ""]]),
        "courses": csv_text(
            "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
            [["course-1", "", "", "term-1", "Mathematics", "MA", "05", "school-1", "Mathematics", ""]]),
        "classes": csv_text(
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,"
            "subjects,subjectCodes,periods",
            [["class-%d" % n, "", "", "Mathematics 5%s" % "ab"[n - 1], "05", "course-1", "5" + "ab"[n - 1], "scheduled", "", "school-1",
              "term-1", "Mathematics", "", ""] for n in (1, 2)]),
        "users": csv_text(
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
            "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
            "primaryOrgSourcedId,pronouns", users),
        "roles": csv_text(
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId", roles),
        "enrollments": csv_text(
            "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate", enrollments),
        "categories": csv_text("sourcedId,status,dateLastModified,title,weight", [["category-1", "", "", "Quiz", "100"]]),
        "lineItems": csv_text(
            "sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,"
            "academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId",
            [["line-1", "", "", "Autumn quiz", "", "2026-09-14", "2026-09-15", "class-1", "category-1", "term-1", "0", "10", "school-1"],
             ["line-2", "", "", "Autumn quiz form B", "", "2026-09-14", "2026-09-15", "class-1", "category-1", "term-1", "0", "10", "school-1"]]),
    }
    all_tables = ["academicSessions", "categories", "classes", "classResources", "courseResources", "courses", "demographics",
                  "enrollments", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources",
                  "resultLearningObjectiveIds", "results", "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources",
                  "users"]
    tables["manifest"] = csv_text(
        "propertyName,value",
        [["manifest.version", "1.0"], ["oneroster.version", "1.2"]]
        + [["file." + name, "bulk" if name in tables else "absent"] for name in all_tables])
    return {name + ".csv": text for name, text in tables.items()}


def write_roster(path, files=None):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (files or roster_files()).items():
            archive.writestr(name, text)


def framework():
    """CASE 1.1: M.1 comes before M.2, M.2 before M.3."""
    now = "2026-01-01T00:00:00+00:00"
    document = {"title": "Mathematics", "identifier": uuid(1), "uri": "https://example.org/documents/" + uuid(1)}

    def link(number, title):
        return {"title": title, "identifier": uuid(number), "uri": "https://example.org/items/" + uuid(number)}

    items, associations = [], []
    for number, (code, statement) in enumerate(COMPETENCIES, 11):
        items.append({"identifier": uuid(number), "uri": link(number, "")["uri"], "CFDocumentURI": document, "fullStatement": statement,
                      "humanCodingScheme": code, "lastChangeDateTime": now})
        ties = [("isChildOf", link(number, code), document)]
        if number > 11:
            ties.append(("precedes", link(number - 1, ""), link(number, code)))
        for kind, origin, destination in ties:
            identifier = uuid(100 + len(associations))
            associations.append({"identifier": identifier, "uri": "https://example.org/associations/" + identifier,
                                 "CFDocumentURI": document, "associationType": kind, "originNodeURI": origin,
                                 "destinationNodeURI": destination, "lastChangeDateTime": now})
    return {"CFDocument": {"identifier": uuid(1), "uri": document["uri"], "creator": "Hill School", "title": "Mathematics",
                           "CFPackageURI": {"title": "Mathematics", "identifier": uuid(2), "uri": "https://example.org/packages/1"},
                           "lastChangeDateTime": now},
            "CFItems": items, "CFAssociations": associations}


def responses():
    """Learner 1 is good at everything, learner 6 at little: score by place and competency."""
    lines = ["learner,item,competency,score,answered_at"]
    for place, (learner, _, _) in enumerate(LEARNERS):
        for subject, (code, _) in enumerate(COMPETENCIES):
            for answer in range(5):
                score = 1 if answer >= place + subject - 2 else 0
                lines.append("%s,%s-Q%d,%s,%d,2026-09-15T10:%02d:00Z" % (learner, code, answer, code, score, 10 * subject + answer))
    return "\n".join(lines) + "\n"


MAPPING = {
    "kind": "responses",
    "columns": {"learner": "learner", "item": "item", "competency": "competency", "score": "score", "at": "answered_at"},
}


QUESTIONS = {"document": "questionnaire", "format": 1, "title": "Monday", "questions": [
    {"code": "mood", "kind": "scale", "prompt": "How was it?", "from": 1, "to": 5},
    {"code": "where", "kind": "pictures", "prompt": "Where do you work best?", "becomes": {"record": "profile_entry", "section": "learn_where"},
     "pictures": [{"code": "desk", "reference": "desk.png", "alternative": "At a desk"},
                  {"code": "floor", "reference": "floor.png", "alternative": "On the floor"}]}]}


def write_files(folder):
    write_roster(os.path.join(folder, "roster.zip"))
    for name, text in [("framework.json", json.dumps(framework())), ("responses.csv", responses()), ("responses.json", json.dumps(MAPPING)),
                       ("questions.json", json.dumps(QUESTIONS))]:
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)


class Program:
    """The program in one folder."""

    def __init__(self, folder, store="school.db"):
        self.folder = folder
        self.environment = {"PATH": os.environ.get("PATH", ""), "TMPDIR": folder, "HOME": folder, "PERSONALIZE_STORE": store}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        if not store:
            del self.environment["PERSONALIZE_STORE"]

    def run(self, *arguments, input_bytes=b"", environment=None):
        if len(arguments) == 1 and isinstance(arguments[0], str) and " " in arguments[0]:
            arguments = shlex.split(arguments[0])
        result = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=dict(self.environment, **(environment or {})), input=input_bytes,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        result.out = result.stdout.decode("utf-8")
        result.err = result.stderr.decode("utf-8")
        return result


class FolderCase(unittest.TestCase):
    """A fresh folder for each test."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.program = Program(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_ok(self, *arguments, **options):
        result = self.program.run(*arguments, **options)
        self.assertEqual(result.returncode, 0, "%s\n%s%s" % (arguments, result.out, result.err))
        return result

    def run_json(self, *arguments, **options):
        if len(arguments) == 1:
            arguments = shlex.split(arguments[0])
        result = self.run_ok(*arguments, "--json", **options)
        self.assertEqual(result.err, "", arguments)
        return json.loads(result.out)

    def run_fault(self, status, *arguments, says="", exit_status=None, **options):
        """Fails with this status and words, on standard error alone, in text and as JSON."""
        if len(arguments) == 1 and " " in arguments[0]:
            arguments = shlex.split(arguments[0])
        result = self.program.run(*arguments, **options)
        self.assertEqual(result.out, "", arguments)
        self.assertTrue(result.err.startswith("personalize: "), "%s\n%s" % (arguments, result.err))
        self.assertIn(says, result.err, arguments)
        as_json = self.program.run("--json", *arguments, **options)
        fault = json.loads(as_json.err)
        self.assertEqual(fault["status"], status, "%s\n%s" % (arguments, result.err))
        self.assertEqual(result.returncode, fault["exit_status"], arguments)
        self.assertEqual(as_json.returncode, fault["exit_status"], arguments)
        if exit_status is not None:
            self.assertEqual(result.returncode, exit_status, arguments)
        self.assertEqual(set(fault), {"status", "kind", "exit_status", "message", "field", "hint"})
        return fault


class SchoolCase(unittest.TestCase):
    """A store with roster, framework and answers: made once, copied for each test."""

    @classmethod
    def setUpClass(cls):
        cls.template = tempfile.mkdtemp()
        write_files(cls.template)
        program = Program(cls.template)
        for line in ["init", "import oneroster roster.zip --service roster --source sis", "import case framework.json --service frameworks",
                     "import csv responses.csv --mapping responses.json --service answers"]:
            result = program.run(*shlex.split(line))
            if result.returncode != 0:
                raise AssertionError("%s\n%s%s" % (line, result.out, result.err))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.template)

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        for name in os.listdir(self.template):
            shutil.copy(os.path.join(self.template, name), self.folder)
        self.program = Program(self.folder)

    path = FolderCase.path
    run_ok = FolderCase.run_ok
    run_json = FolderCase.run_json
    run_fault = FolderCase.run_fault

    def teacher(self, line, **options):
        return self.run_json(*shlex.split(line), "--as", "teacher-1", "--role", "teacher", **options)
