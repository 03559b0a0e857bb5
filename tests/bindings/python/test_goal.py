"""Goals: proposed by learners, supported by adults in their roles, revised, achieved, dropped."""
from datetime import date

import personalize
import support
from personalize import GoalArea, GoalState, Role, SupportState
from school import School


class Goals(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.learner = self.school.actor("learner-1", Role.LEARNER)
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        self.addCleanup(self.learner.close)
        self.addCleanup(self.teacher.close)

    def propose(self, **members):
        return self.learner.goal_propose(learner="learner-1", statement="I want to explain fractions to my brother", **members)

    def test_from_proposal_to_achievement(self):
        goal = self.propose(area="academic", due_on=date(2026, 12, 1), reason="He asked me", key="goal-1")
        self.assertEqual(self.propose(area="academic", due_on="2026-12-01", reason="He asked me", key="goal-1"), goal)
        found = self.learner.goal_get(goal)
        self.assertEqual((found.state, found.area, found.due_on, found.target), (GoalState.PROPOSED, GoalArea.ACADEMIC, date(2026, 12, 1), None))
        self.assertTrue(found.learner_agreed)
        self.learner.goal_ask(goal, "teacher-1", Role.TEACHER)
        self.assertEqual(self.learner.goal_supporter_list(goal)[0].state, SupportState.ASKED)
        self.teacher.goal_support(goal, "Gladly", key="yes")
        self.assertEqual(self.teacher.goal_supporter_list(goal)[0].note, "Gladly")
        self.assertEqual(self.learner.goal_get(goal).state, GoalState.ACTIVE)
        version = self.learner.goal_revise(self.learner.goal_get(goal), due_on=None)
        self.assertIsNone(self.learner.goal_get(goal).due_on)
        self.assertEqual(self.learner.goal_get(goal).version, version)
        self.refused(personalize.ConflictError, self.learner.goal_revise, found, statement="Too late")
        self.teacher.goal_achieve(goal, [{"description": "Explained it to the class", "link": "https://example.org/film"}], "I did it")
        self.assertEqual(self.learner.goal_get(goal).state, GoalState.ACHIEVED)
        self.assertEqual(self.learner.goal_evidence_list(goal)[0].description, "Explained it to the class")
        self.assertEqual(len(self.learner.goal_history(goal)), len({g.version for g in self.learner.goal_history(goal)}))

    def test_lists(self):
        first, second = self.propose(), self.propose(area=GoalArea.CAREER)
        self.assertEqual([g.id for g in self.learner.goals(learner="learner-1")], [first, second])
        self.assertEqual([g.id for g in self.teacher.goals(class_id="class-5A", state="proposed")], [first, second])
        self.assertEqual([g.id for g in self.learner.goals(order="acted", after=first, limit=1)], [second])
        self.assertEqual([g.id for g in self.learner.goals(after=first, text="FRACTIONS brother")], [second])
        self.assertEqual(self.learner.goals(text="no such word"), [])
        self.refused(personalize.NotFoundError, self.learner.goals, after=999999)
        self.learner.goal_drop(second, "Another time")
        self.assertEqual([g.id for g in self.learner.goals(state=GoalState.DROPPED)], [second])
        self.assertEqual(self.learner.goal_get(second).reflection, "Another time")

    def test_a_goal_by_an_adult(self):
        goal = self.teacher.goal_propose(learner="learner-1", statement="Read a book a week")
        self.assertFalse(self.learner.goal_get(goal).learner_agreed)
        self.learner.goal_agree(goal)
        self.assertTrue(self.learner.goal_get(goal).learner_agreed)
        with self.school.actor("guardian-1", Role.GUARDIAN) as guardian:
            guardian.goal_support(goal)
            self.assertEqual(guardian.goal_get(goal).state, GoalState.ACTIVE)
            guardian.goal_decline(goal, "No time any more")
        self.refused(personalize.StateError, self.learner.goal_agree, goal)

    def test_rights(self):
        goal = self.propose()
        with self.school.actor("learner-2", Role.LEARNER) as other:
            self.refused(personalize.NotFoundError, other.goal_get, goal)
        self.refused(personalize.DeniedError, self.teacher.goal_drop, goal)


if __name__ == "__main__":
    support.main()
