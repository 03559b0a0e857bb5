"""Activities: boards, choices, assignments with a result, workload."""
from datetime import date, timedelta

import personalize
import support
from personalize import ActivityKind, AssignmentState, Role, TieKind
from school import School

TODAY = date(2026, 9, 1)


class Activities(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.learner = self.school.actor("learner-1", Role.LEARNER)
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        self.addCleanup(self.learner.close)
        self.addCleanup(self.teacher.close)

    def test_from_a_board_to_evidence(self):
        board = self.teacher.activity_save(class_id="class-5A", title="Fractions your way", kind="board", choose=1)
        film, poster = [self.teacher.activity_save(class_id="class-5A", title=title, parent=board, is_how_open=True, how="alone\nin a pair", minutes=30)
                        for title in ("A film", "A poster")]
        self.teacher.activity_ties_set(film, [{"kind": TieKind.TEACHES, "target": self.school.competencies[0]}])
        self.assertEqual([t.kind for t in self.teacher.activity_tie_list(film)], [TieKind.TEACHES])
        self.refused(personalize.InvalidError, self.teacher.activity_ties_set, film, [{"kind": "needs_activity", "target": film}])
        self.assertEqual(self.teacher.activity_assign(board, class_id="class-5A", due_on=TODAY + timedelta(days=9), key="all"), 6)
        self.assertEqual(self.teacher.activity_assign(board, learner="learner-1"), 0)
        (waits,) = self.learner.assignment_list()
        self.assertEqual(waits.state, AssignmentState.ASSIGNED)
        self.learner.board_choose(waits.id, [poster])
        self.learner.board_choose(waits.id, [film])
        states = {a.activity: a.state for a in self.learner.assignment_list()}
        self.assertEqual((states[poster], states[film]), (AssignmentState.DROPPED, AssignmentState.ASSIGNED))
        mine = [a for a in self.learner.assignment_list() if a.activity == film][0]
        self.refused(personalize.InvalidError, self.learner.assignment_choose, id=mine.id, version=mine.version, how="by mail")
        self.learner.assignment_choose(id=mine.id, version=mine.version, how="in a pair")
        self.refused(personalize.ConflictError, self.learner.assignment_choose, id=mine.id, version=mine.version, how="alone")
        self.learner.assignment_start(mine.id)
        self.learner.assignment_submit(mine.id, "See the film", "https://example.org/film")
        self.teacher.assignment_return(mine.id, 0.9, "Clear!")
        self.assertEqual(self.learner.assignment_get(mine.id).score, 0.9)
        self.assertEqual(len(self.learner.assignment_history(mine.id)), 5)
        self.assertEqual(self.learner.learner_mastery_list(learner="learner-1")[0].evidence_count, 1)
        week = self.learner.week_list(from_=TODAY, until=TODAY + timedelta(days=13))[1]
        self.assertEqual((week.due, week.minutes, week.finished, week.behind), (1, 30, 1, 0))

    def test_own_picks_excuses_and_lists(self):
        taken = self.learner.assignment_take(self.school.competencies[2], due_on=TODAY)
        self.assertEqual(self.learner.next_step_list()[0].record, taken)
        self.teacher.assignment_excuse(taken, "Ill")
        self.assertEqual(self.learner.assignment_list(open_only=True), [])
        again = self.learner.assignment_take("F.3")
        self.learner.assignment_drop(again, "Later")
        activity = self.teacher.activity_save(org=self.school.school, title="Science fair")
        self.assertEqual(self.learner.activity_get(activity).kind, ActivityKind.TASK)
        self.assertEqual([a.id for a in self.learner.activity_list(text="FAIR")], [activity])
        self.refused(personalize.DeniedError, self.learner.activity_save, class_id="class-5A", title="x")


if __name__ == "__main__":
    support.main()
