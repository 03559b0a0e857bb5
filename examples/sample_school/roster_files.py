"""The sample school's roster and grade book as a OneRoster 1.2 archive, in bulk."""
import csv
import io
import zipfile

import people

COLUMNS = {
    "academicSessions": "title,type,startDate,endDate,parentSourcedId,schoolYear",
    "orgs": "name,type,identifier,parentSourcedId",
    "courses": "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
    "classes": "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
    "users": "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,"
             "userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
    "roles": "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
    "enrollments": "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "categories": "title,weight",
    "lineItems": "title,description,assignDate,dueDate,classSourcedId,categorySourcedId,academicSessionSourcedId,resultValueMin,"
                 "resultValueMax,schoolSourcedId",
    "lineItemLearningObjectiveIds": "lineItemSourcedId,source,learningObjectiveId",
    "results": "lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore,classSourcedId,inProgress,incomplete,"
               "late,missing",
    "resultLearningObjectiveIds": "resultSourcedId,source,learningObjectiveId,score,textScore",
}
ALL_FILES = list(COLUMNS) + ["demographics", "userProfiles", "resources", "classResources", "courseResources", "userResources", "scoreScales",
                             "lineItemScoreScales", "resultScoreScales"]


class Archive:
    def __init__(self):
        self._rows = {name: [] for name in COLUMNS}

    def add(self, table, sourced_id, **values):
        columns = COLUMNS[table].split(",")
        unknown = set(values) - set(columns)
        if unknown:
            raise ValueError(f"{table} has no {unknown}")
        self._rows[table].append([sourced_id, "", ""] + [values.get(column, "") for column in columns])

    def write(self, path):
        manifest = [("propertyName", "value"), ("manifest.version", "1.0"), ("oneroster.version", "1.2")]
        manifest += [(f"file.{name}", "bulk" if name in COLUMNS else "absent") for name in sorted(ALL_FILES)]
        manifest += [("source.systemName", "Sample School"), ("source.systemCode", "sample-school")]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            self._file(archive, "manifest", manifest)
            for name, rows in self._rows.items():
                self._file(archive, name, [["sourcedId", "status", "dateLastModified"] + COLUMNS[name].split(",")] + rows)

    @staticmethod
    def _file(archive, name, rows):
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        entry = zipfile.ZipInfo(f"{name}.csv", date_time=(2025, 8, 25, 8, 0, 0))  # the same bytes on every day
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, text.getvalue().encode("utf-8"))


def write(path, school, competency_ids, quizzes):
    archive = Archive()
    archive.add("orgs", people.DISTRICT, name="Northvale District", type="district", identifier="NV-01")
    archive.add("orgs", people.SCHOOL, name="Riverside School", type="school", identifier="NV-01-07", parentSourcedId=people.DISTRICT)
    archive.add("academicSessions", people.YEAR, title="2025-26", type="schoolYear", startDate="2025-08-25", endDate="2026-06-12",
                schoolYear="2026")
    for term, title, first, last in people.TERMS:
        archive.add("academicSessions", term, title=title, type="term", startDate=first, endDate=last, parentSourcedId=people.YEAR,
                    schoolYear="2026")
    for grade in people.GRADES:
        archive.add("courses", f"course-math-{grade}", schoolYearSourcedId=people.YEAR, title=f"Mathematics, grade {int(grade)}",
                    courseCode=f"MATH{int(grade)}", grades=grade, orgSourcedId=people.SCHOOL, subjects="Mathematics")
    for group in school.classes:
        archive.add("classes", group.id, title=f"Mathematics {int(group.grade)}{group.letter}", grades=group.grade,
                    courseSourcedId=f"course-math-{group.grade}", classCode=f"M{int(group.grade)}{group.letter}", classType="scheduled",
                    location=f"Room {int(group.grade)}{'12'['AB'.index(group.letter)]}", schoolSourcedId=people.SCHOOL,
                    termSourcedIds=",".join(term[0] for term in people.TERMS), subjects="Mathematics", periods="2")
    for person in school.staff + school.guardians + school.learners:
        archive.add("users", person.id, enabledUser="true", username=person.id, givenName=person.given, familyName=person.family,
                    agentSourcedIds=",".join(guardian.id for guardian in person.guardians), grades=person.grade,
                    preferredGivenName=person.preferred, primaryOrgSourcedId=people.SCHOOL)
        archive.add("roles", f"role-{person.id}", userSourcedId=person.id, roleType="primary", role=person.role, orgSourcedId=people.SCHOOL)
    for group in school.classes:
        archive.add("enrollments", f"{group.id}-{group.teacher.id}", classSourcedId=group.id, schoolSourcedId=people.SCHOOL,
                    userSourcedId=group.teacher.id, role="teacher", primary="true")
        for learner in group.learners:
            archive.add("enrollments", f"{group.id}-{learner.id}", classSourcedId=group.id, schoolSourcedId=people.SCHOOL,
                        userSourcedId=learner.id, role="student", primary="false")
    archive.add("categories", "quizzes", title="Quizzes", weight="30")
    for quiz in quizzes:
        archive.add("lineItems", quiz.id, title=quiz.title, description="", assignDate=quiz.day, dueDate=quiz.day,
                    classSourcedId=quiz.group.id, categorySourcedId="quizzes", academicSessionSourcedId=people.TERMS[0][0],
                    resultValueMin="0", resultValueMax="10", schoolSourcedId=people.SCHOOL)
        archive.add("lineItemLearningObjectiveIds", f"{quiz.id}-objective", lineItemSourcedId=quiz.id, source="case",
                    learningObjectiveId=competency_ids[quiz.competency])
        for learner_id, score in quiz.scores:
            result = f"{quiz.id}-{learner_id}"
            archive.add("results", result, lineItemSourcedId=quiz.id, studentSourcedId=learner_id, scoreStatus="fully graded", score=score,
                        scoreDate=quiz.day, classSourcedId=quiz.group.id, inProgress="false", incomplete="false", late="false", missing="false")
            archive.add("resultLearningObjectiveIds", f"{result}-objective", resultSourcedId=result, source="case",
                        learningObjectiveId=competency_ids[quiz.competency], score=score)
    archive.write(path)
