"""Assessment cycles: opened, collecting, closed with results, handed over."""
from datetime import date, timedelta

import personalize
import support
from personalize import AssessmentKind, CycleState, EffectMeasure, Role, SeatState
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
        self.assertEqual([c.title for c in self.teacher.cycle_list(class_id="class-5A", order="newest")], ["Winter", "Fall"])
        self.assertEqual([c.title for c in self.teacher.cycle_list(state="handed_over")], ["Fall"])

    def test_forms_windows_and_what_is_missing(self):
        forms = [self.teacher.assessment_save(class_id="class-5A", title=f"Form {name}", kind="diagnostic") for name in "AB"]
        later = [self.teacher.assessment_save(class_id="class-5A", title=f"Later form {name}", kind="interim") for name in "AB"]
        self.teacher.cycle_schedule(self.fall, forms[0], date(2026, 9, 2), "2026-09-04")
        self.refused(personalize.InvalidError, self.teacher.cycle_schedule, self.fall, forms[1], "2026-09-04", "2026-09-05")
        self.teacher.cycle_schedule(self.fall, forms[1], "2026-09-02", "2026-09-04", may_overlap=True)
        self.teacher.forms_cross(*forms, seed=3)
        self.teacher.forms_cross(*later, *forms, seed=3)
        halves = [{seat.learner for seat in self.teacher.assessment_seat_list(form)} for form in forms + later]
        self.assertEqual((halves[0], halves[1]), (halves[3], halves[2]))
        self.assertFalse(halves[0] & halves[1])
        missing = self.teacher.cycle_missing_list(self.fall)
        self.assertEqual({seat.state for seat in missing}, {SeatState.EXPECTED})
        self.assertEqual(len(missing), len(halves[0] | halves[1]))
        ill = missing[0]
        self.teacher.assessment_seats_set([{"assessment": ill.assessment, "learner": ill.learner, "state": "exempt", "reason": "Ill"}])
        self.assertEqual(self.teacher.cycle_missing_list(self.fall, ill.learner), [])

    def test_effects(self):
        growth = personalize.effect_of_means([0.5, 0.7, 0.6], [0.1, 0.3, 0.2, 0.2])
        self.assertAlmostEqual(growth.difference, 0.4)
        self.assertTrue(0 < growth.lower < 0.4 < growth.upper)
        met = personalize.effect_of_shares(9, 10, 3, 10)
        self.assertEqual((round(met.lower, 4), round(met.upper, 4)), (0.1705, 0.8090))
        self.close_fall()
        chosen = self.teacher.grouping_recommend(class_id="class-5A", cycle=self.fall, size_min=2, size_max=4)
        self.teacher.recommendation_accept(chosen, self.teacher.recommendation_get(chosen).version)
        winter = self.teacher.cycle_hand_over(self.fall, title="Winter", opens_on="2026-09-11", closes_on="2026-09-30")
        self.teacher.cycle_collect(winter)
        self.teacher.cycle_close(winter)
        for effect in self.teacher.cycle_effect_list(winter):
            self.assertEqual(effect.recommendation, chosen)
            self.assertIn(effect.measure, EffectMeasure)

    def test_what_would_settle(self):
        item = self.teacher.item_save(code="S1")
        self.teacher.bearings_set("item", item, [{"of": item, "competency": self.school.competencies[0], "weight": 1.0}])
        self.teacher.cycle_collect(self.fall)
        self.teacher.evidence_add(learner="learner-1", competency="F.1", score=[1.0], at=START)
        self.teacher.cycle_close(self.fall)
        rows = self.teacher.cycle_unsettled_list(self.fall, "learner-1", "F.1")
        self.assertEqual([(row.position, row.item, row.needed) for row in rows], [(1, item, 2), (2, None, 2)])

    def test_opened_again(self):
        self.close_fall()
        before = len(self.teacher.cycle_result_list(cycle=self.fall))
        self.teacher.cycle_reopen(self.fall, "Answers were lost")
        self.refused(personalize.StateError, self.teacher.cycle_reopen, self.fall, "Once more")
        self.assertEqual(self.teacher.cycle_get(self.fall).state, CycleState.REOPENED)
        self.teacher.cycle_close(self.fall)
        self.assertEqual(len(self.teacher.cycle_result_list(cycle=self.fall)), before)
        self.assertEqual([r.reason for r in self.teacher.cycle_reopening_list(self.fall)], ["Answers were lost"])

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
