"""Assessment cycles: opened, collecting, closed with results, handed over."""
from datetime import date, timedelta

import personalize
import support
from personalize import AssessmentKind, CycleState, Role
from school import START, School


class Cycle(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        self.addCleanup(self.teacher.close)
        self.fall = self.teacher.cycle_open(class_id="class-5A", title="Fall", kind=AssessmentKind.DIAGNOSTIC, opens_on=date(2026, 9, 1),
                                            closes_on=date(2026, 9, 10), key="fall")

    def close_fall(self):
        self.teacher.cycle_collect(self.fall)
        self.school.add_answers()
        self.school.clock.move(days=10)
        self.teacher.cycle_close(self.fall)

    def test_the_way_of_a_cycle(self):
        cycle = self.teacher.cycle_get(self.fall)
        self.assertEqual((cycle.state, cycle.kind, cycle.opens_on, cycle.previous), (CycleState.OPEN, AssessmentKind.DIAGNOSTIC, date(2026, 9, 1), None))
        quiz = self.teacher.assessment_save(class_id="class-5A", title="Quiz", kind="diagnostic")
        self.teacher.cycle_add_assessment(self.fall, quiz)
        self.assertEqual(self.teacher.assessment_list(cycle=self.fall)[0].id, quiz)
        self.refused(personalize.StateError, self.teacher.cycle_result_list, cycle=self.fall)
        self.close_fall()
        self.assertEqual(self.teacher.cycle_get(cycle).state, CycleState.CLOSED)
        self.refused(personalize.StateError, self.teacher.cycle_collect, self.fall)
        winter = self.teacher.cycle_hand_over(self.fall, title="Winter", kind="interim", opens_on="2026-11-01", closes_on="2026-11-30")
        self.assertEqual(self.teacher.cycle_get(winter).previous, self.fall)
        self.assertEqual([c.title for c in self.teacher.cycle_list("class-5A")], ["Winter", "Fall"])
        self.assertEqual([c.title for c in self.teacher.cycle_list(state="handed_over")], ["Fall"])

    def test_results_and_growth(self):
        self.close_fall()
        results = self.teacher.cycle_result_list(cycle=self.fall)
        self.assertEqual(len(results), 18)
        self.assertTrue(all(r.growth is None and r.rule is None for r in results))  # no rule was set
        needs = self.teacher.cycle_result_list(cycle=self.fall, needs_only=True)
        self.assertTrue(needs and all(n.is_need for n in needs))
        winter = self.teacher.cycle_hand_over(self.fall, {"title": "Winter", "kind": AssessmentKind.INTERIM}, opens_on=date(2026, 11, 1),
                                              closes_on=date(2026, 11, 30))
        self.teacher.cycle_collect(winter)
        self.school.clock.now = START + timedelta(days=70)
        self.school.add_answers(key="winter", seed=2, skill=1.3, begin=START + timedelta(days=65))
        self.school.clock.move(days=30)
        seen = []
        self.teacher.cycle_close(winter, progress=seen.append)
        grown = self.teacher.cycle_result_list(cycle=winter, learner="learner-1", competency="F.1")
        self.assertGreater(grown[0].growth, 0)
        self.assertGreater(grown[0].growth_standard_error, 0)
        for step in self.teacher.cycle_result_list(cycle=winter, steps_only=True):
            self.assertEqual(step.step, 1)


if __name__ == "__main__":
    support.main()
