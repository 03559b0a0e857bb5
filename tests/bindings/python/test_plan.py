"""Learning plans: templates, filled and changed, signed, reviewed, carried over."""
from datetime import date

import personalize
import support
from personalize import Kind, PlanState, Role
from school import School


class Plans(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.learner = self.school.actor("learner-1", Role.LEARNER)
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        self.addCleanup(self.learner.close)
        self.addCleanup(self.teacher.close)

    def test_from_a_template_to_the_next_year(self):
        goal = self.learner.goal_propose(learner="learner-1", statement="Explain fractions")
        plan = self.teacher.plan_begin("learner-1", date(2026, 9, 1), framework="framework-1", key="begin")
        found = self.learner.plan_get(plan)
        self.assertEqual((found.state, found.title, found.parts, found.with_guardian), (PlanState.DRAFT, "My learning plan", 2, True))
        self.assertEqual([(p.record_kind, p.record) for p in self.learner.plan_part_list(plan)],
                         [(Kind.GOAL, goal), (Kind.COMPETENCY, self.school.competencies[0])])
        self.learner.plan_save(found.replace(vision="Teach my brother"), [{"record_kind": "goal", "record": goal, "note": "first"}])
        self.refused(personalize.ConflictError, self.teacher.plan_save, found.replace(title="Else"), [])
        version = self.learner.plan_get(plan).version
        self.learner.plan_sign(plan, version)
        self.teacher.plan_sign(plan, version, "Gladly")
        with self.school.actor("guardian-1", Role.GUARDIAN) as guardian:
            guardian.plan_sign(plan, version)
            self.assertEqual(guardian.plan_document(plan)["missing"], [])
        with self.school.actor("leader-1", Role.LEADER) as leader:
            self.refused(personalize.DeniedError, leader.plan_sign, plan, version)
        self.assertEqual(self.learner.plan_get(plan).state, PlanState.AGREED)
        self.assertEqual(len(self.learner.plan_signature_list(plan)), 3)
        checkin = self.teacher.checkin_plan(learner="learner-1", due_on=date(2026, 10, 1))
        self.teacher.plan_review_add(plan, checkin, "On its way")
        self.assertEqual(self.learner.plan_review_list(plan)[0].outcome, "On its way")
        following = self.teacher.plan_carry_over(plan, date(2027, 9, 1), date(2028, 6, 30))
        self.assertEqual([p.state for p in self.learner.plan_list()], [PlanState.CLOSED, PlanState.DRAFT])
        self.assertEqual(len(self.learner.plan_history(plan)), 4)
        self.learner.plan_close(following)

    def test_templates(self):
        template = self.teacher.plan_template_save(org=self.school.school, title="Science", weeks=10)
        copy = self.teacher.plan_template_copy(template, self.school.school, "Arts")
        rows = {t.id: t for t in self.learner.plan_template_list(language="es")}
        self.assertEqual(rows[None].title, "Mi plan de aprendizaje")
        self.assertEqual((rows[copy].title, rows[copy].weeks, rows[copy].copied_from, rows[copy].copied_author), ("Arts", 10, template, self.school.teacher))


if __name__ == "__main__":
    support.main()
