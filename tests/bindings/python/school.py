"""A small school, written through the interface: two classes, eight learners, and the people around them."""
import random
from datetime import date, timedelta

import personalize
from personalize import EvidenceKind, Kind, Role, Scope
from support import START, Clock

FIRST_DAY = date(2026, 9, 1)
LAST_DAY = date(2027, 6, 30)
NAMES = ["Ana", "Ben", "Chi", "Dee", "Eli", "Fay", "Gus", "Hal"]


class School:
    """Ids of all that is in it; the store stays open until the test closes it."""

    def __init__(self, folder, **options):
        self.path = folder / "school.db"
        self.clock = Clock()
        self.store = personalize.Store.create(self.path, name="Riverside", time_zone="UTC", clock=self.clock, random_seed=7, **options)
        with self.service() as importer:
            with importer.change("roster", key="roster"):
                self._people(importer)
            with importer.change("framework", key="framework"):
                self._competencies(importer)
        self.clock.move(hours=1)

    def service(self, scopes=Scope.IMPORT | Scope.READ | Scope.RECOMMEND, purpose="test"):
        return self.store.service("nightly import", scopes, purpose=purpose)

    def actor(self, person, role, purpose="test"):
        return self.store.actor(person, role, purpose=purpose)

    def close(self):
        self.store.close()

    def _people(self, importer):
        self.district = importer.org_save(kind="district", name="Valley", source="sis", outside_id="org-1")
        self.school = importer.org_save(kind="school", name="Riverside", parent=self.district, source="sis", outside_id="org-2")
        self.term = importer.academic_session_save(title="Autumn", kind="term", starts_on=FIRST_DAY, ends_on=LAST_DAY, source="sis", outside_id="term-1")
        self.course = importer.course_save(org=self.school, session=self.term, title="Mathematics 5", subjects="mathematics", source="sis",
                                           outside_id="course-1")
        self.classes = [importer.class_save(org=self.school, course=self.course, title=title, code=title, sessions=str(self.term), source="sis",
                                            outside_id=f"class-{title}") for title in ("5A", "5B")]
        self.class_a, self.class_b = self.classes
        self.learners = [self._person(importer, name, f"learner-{i}", Role.LEARNER) for i, name in enumerate(NAMES, 1)]
        self.teacher = self._person(importer, "Tom", "teacher-1", Role.TEACHER)
        self.other_teacher = self._person(importer, "Una", "teacher-2", Role.TEACHER)
        self.guardian = self._person(importer, "Gia", "guardian-1", Role.GUARDIAN)
        self.counselor = self._person(importer, "Col", "counselor-1", Role.COUNSELOR)
        self.leader = self._person(importer, "Lea", "leader-1", Role.LEADER)
        for i, learner in enumerate(self.learners):
            importer.enrollment_save(class_id=self.class_a if i < 6 else self.class_b, person=learner, begins_on=FIRST_DAY, source="sis",
                                     outside_id=f"enrollment-{i}")
        for teacher, class_id in ((self.teacher, self.class_a), (self.other_teacher, self.class_b)):
            importer.enrollment_save(class_id=class_id, person=teacher, role=Role.TEACHER, is_primary=True, begins_on=FIRST_DAY)
        importer.guardianship_add(self.learners[0], self.guardian)

    def _person(self, importer, name, outside_id, role):
        person = importer.person_save(given_name=name, family_name="Example", username=name.lower(), source="sis", outside_id=outside_id)
        importer.person_role_save(person=person, org=self.school, role=role, begins_on=FIRST_DAY)
        return person

    def _competencies(self, importer):
        self.framework = importer.framework_save(title="Fractions", language="en", source="case", outside_id="framework-1")
        self.competencies = [importer.competency_save(framework=self.framework, code=code, statement=statement, position=i, source="case", outside_id=code)
                             for i, (code, statement) in enumerate([("F.1", "Name unit fractions"), ("F.2", "Compare fractions"),
                                                                    ("F.3", "Add fractions")])]
        first, second, third = self.competencies
        for origin, destination in ((first, second), (second, third)):
            importer.association_save(framework=self.framework, kind="precedes", origin=origin, destination=destination)

    def answers(self, seed=1, per_learner=4, begin=START, skill=None):
        """Columns of made-up answers: the later a learner in the list, the better."""
        draw = random.Random(seed)
        columns = {"learner": [], "competency": [], "score": [], "at": [], "kind": []}
        for place, learner in enumerate(self.learners):
            for step, competency in enumerate(self.competencies):
                for answer in range(per_learner):
                    chance = (skill if skill is not None else 0.25 + 0.09 * place) - 0.1 * step
                    columns["learner"].append(learner)
                    columns["competency"].append(competency)
                    columns["score"].append(float(draw.random() < chance))
                    columns["at"].append(begin + timedelta(minutes=len(columns["at"])))
                    columns["kind"].append(EvidenceKind.RESPONSE)
        return columns

    def add_answers(self, key="answers", **options):
        with self.service() as importer:
            return importer.evidence_add(self.answers(**options), key=key)
