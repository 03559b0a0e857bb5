"""Next steps: what learners are ready for, what fades, their goals, with reasons."""
import personalize
import support
from datetime import timedelta
from personalize import NextKind, Role
from school import School
from support import START


class NextSteps(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)

    def knows(self, learner, competency, begin):
        with self.school.service() as importer:
            importer.evidence_add({"learner": [learner] * 8, "competency": [competency] * 8, "score": [1.0] * 8,
                                   "at": [begin + timedelta(minutes=i) for i in range(8)]})

    def test_one_learner(self):
        self.knows("learner-1", "F.1", START - timedelta(days=60))
        with self.school.actor("learner-1", Role.LEARNER) as learner:
            steps = learner.next_step_list(learner="learner-1")
            self.assertEqual([(s.rank, s.kind, s.title) for s in steps],
                             [(1, NextKind.REVIEW, "Name unit fractions"), (2, NextKind.LEARN, "Compare fractions")])
            self.assertIn("review.fades", steps[0].codes)
            self.assertLess(steps[0].recall, 0.9)
            self.assertIsNone(steps[1].recall)
            self.assertIn("Look at it again", steps[0].reason)
            self.assertIn("Repásalo", learner.next_step_list(kind="review", language="es")[0].reason)
            self.assertEqual(learner.next_step_list(kind=NextKind.GOAL), [])
            self.refused(personalize.InvalidError, learner.next_step_list, retention=1.5)
            self.refused(personalize.NotFoundError, learner.next_step_list, learner="learner-2")

    def test_a_class_and_pages_of_a_school(self):
        with self.school.actor("teacher-1", Role.TEACHER) as teacher:
            steps = teacher.next_step_list(class_id="class-5A", framework="framework-1")
            self.assertEqual([(s.learner, s.title) for s in steps], [(one, "Name unit fractions") for one in self.school.learners[:6]])
        with self.school.service() as service:
            seen, after = [], 0
            while page := service.next_step_list(framework="framework-1", learners=3, after=after, codes_only=True):
                self.assertIsNone(page[0].reason)
                seen += [s.learner for s in page]
                after = page[-1].learner
            self.assertEqual(seen, self.school.learners)
            self.assertEqual(len(service.next_step_list(org="org-2", framework="framework-1")), 8)


if __name__ == "__main__":
    support.main()
