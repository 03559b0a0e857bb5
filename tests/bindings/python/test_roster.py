"""Who is where: orgs, classes, people, enrollments and guardians, as each role sees them."""

import personalize
import support
from personalize import Kind, Role, Scope
from school import FIRST_DAY, School


class Roster(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)

    def test_lists_as_each_role_sees_them(self):
        school = self.school
        reached = {(school.teacher, Role.TEACHER): school.learners[:6], (school.guardian, Role.GUARDIAN): school.learners[:1],
                   (school.counselor, Role.COUNSELOR): school.learners, (school.learners[1], Role.LEARNER): school.learners[1:2]}
        for (person, role), learners in reached.items():
            with school.actor(person, role) as actor:
                seen = {one.id for one in actor.people(role=Role.LEARNER)}
                self.assertTrue(set(learners) <= seen, role)
                self.assertEqual(seen & set(school.learners), set(learners), role)

    def test_a_class(self):
        with self.school.actor("teacher-1", "teacher") as teacher:
            (one,) = teacher.classes()
            self.assertEqual((one.id, one.title, one.kind, one.course), (self.school.class_a, "5A", "scheduled", self.school.course))
            self.assertEqual(teacher.class_get(one), one)
            self.assertEqual(teacher.class_get("class-5A"), one)
            self.assertEqual([p.given_name for p in teacher.learners(one)], ["Ana", "Ben", "Chi", "Dee", "Eli", "Fay"])
            self.assertEqual([p.given_name for p in teacher.people(class_id=one, role="learner", order="given_name", limit=2)], ["Ana", "Ben"])
            self.assertEqual([p.given_name for p in teacher.people(class_id=one, text="fAY")], ["Fay"])
            enrolled = teacher.enrollment_list(class_id=one)
            self.assertEqual(len(enrolled), 7)
            self.assertEqual({e.role for e in enrolled}, {Role.LEARNER, Role.TEACHER})
            self.assertEqual(enrolled[0].begins_on, FIRST_DAY)
            self.refused(personalize.NotFoundError, teacher.class_get, self.school.class_b)

    def test_people_and_roles(self):
        with self.school.service(Scope.READ) as reader:
            ana = reader.person_get(("sis", "learner-1"))
            self.assertEqual((ana.given_name, ana.username, ana.enabled, ana.ended, ana.email), ("Ana", "ana", True, False, None))
            (role,) = reader.person_role_list(ana)
            self.assertEqual((role.role, role.org, role.is_primary), (Role.LEARNER, self.school.school, True))
            (guardianship,) = reader.guardianship_list(learner="learner-1")
            self.assertEqual(guardianship.guardian, self.school.guardian)
            self.assertEqual(reader.org_get("org-2").parent, self.school.district)
            self.assertEqual([o.name for o in reader.org_list()], ["Valley", "Riverside"])
            self.assertEqual(reader.academic_session_list()[0].starts_on, FIRST_DAY)
            self.assertEqual(reader.course_list()[0].subjects, "mathematics")
            table = personalize.columns(reader.people())
            self.refused(personalize.WrongTypeError, personalize.columns, [*reader.people(), *reader.org_list()])
            self.assertEqual(len(table["given_name"]), 13)

    def test_revising_and_ending(self):
        with self.school.service() as importer:
            ana = importer.person_get("learner-1")
            ana.preferred_given_name = "Anna"
            ana.email = "ana@example.org"
            self.assertEqual(importer.person_save(ana), ana.id)
            self.assertEqual(importer.person_get(ana).preferred_given_name, "Anna")
            importer.person_save(ana, email=None)
            self.assertIsNone(importer.person_get(ana.id).email)
            (enrollment,) = importer.enrollment_list(person=ana, class_id=self.school.class_a)
            importer.roster_end("enrollment", enrollment)
            self.assertEqual(importer.enrollment_list(person=ana), [])
            importer.guardianship_end("learner-1", "guardian-1")
            self.assertEqual(importer.guardianship_list(ana), [])
            importer.roster_end(Kind.CLASS, "class-5B")
            self.assertEqual(len(importer.classes()), 1)
            self.assertEqual(len(importer.classes(with_ended=True)), 2)

    def test_keys(self):
        with self.school.service() as importer:
            first = importer.person_save(given_name="Ida", family_name="Example", key="request-1")
            self.assertEqual(importer.person_save(given_name="Ida", family_name="Example", key="request-1"), first)
            self.refused(personalize.KeyReusedError, importer.person_save, given_name="Jon", family_name="Example", key="request-1")

    def test_outside_ids(self):
        with self.school.service() as importer:
            self.assertEqual(importer.id_resolve(Kind.PERSON, "sis", "learner-1"), self.school.learners[0])
            self.assertEqual(importer.id_resolve("class", None, "class-5A"), self.school.class_a)
            found = importer.id_resolve_many(Kind.PERSON, "sis", ["learner-2", "nobody", "learner-1"])
            self.assertEqual([int(one) for one in found], [self.school.learners[1], 0, self.school.learners[0]])
            (outside,) = importer.outside_id_list(Kind.PERSON, self.school.learners[0])
            self.assertEqual((outside.source, outside.text, outside.kind), ("sis", "learner-1", Kind.PERSON))
            importer.person_save(given_name="Ana", family_name="Other", source="lms", outside_id="learner-1")
            self.refused(personalize.ConflictError, importer.person_get, "learner-1")
            self.assertEqual(importer.person_get(("sis", "learner-1")).family_name, "Example")
        self.assertEqual(self.school.store.person("sis", "learner-1"), self.school.learners[0])

    def test_rights(self):
        with self.school.actor(self.school.teacher, Role.TEACHER) as teacher:
            self.refused(personalize.DeniedError, teacher.person_save, given_name="X", family_name="Y")
        self.refused(personalize.DeniedError, self.school.actor, self.school.teacher, Role.LEADER)
        self.refused(personalize.NotFoundError, self.school.actor, "nobody", Role.LEADER)


if __name__ == "__main__":
    support.main()
