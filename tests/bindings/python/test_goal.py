"""Goals: proposed by learners, supported by adults in their roles, revised, achieved, abandoned."""
from datetime import date

import personalize
import support
from personalize import GoalArea, GoalDecision, GoalState, GoalStep, RequestState, Role, SupportState
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
        self.assertEqual(self.learner.goal_get(goal).state, GoalState.AGREED)
        self.assertIsNone(self.learner.goal_start(goal, "Today", key="start"))
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
        self.learner.goal_abandon(second, "Another time")
        self.assertEqual([g.id for g in self.learner.goals(state=GoalState.ABANDONED)], [second])
        self.assertEqual(self.learner.goal_get(second).reflection, "Another time")

    def test_a_goal_by_an_adult(self):
        goal = self.teacher.goal_propose(learner="learner-1", statement="Read a book a week")
        self.assertFalse(self.learner.goal_get(goal).learner_agreed)
        self.learner.goal_agree(goal)
        self.assertTrue(self.learner.goal_get(goal).learner_agreed)
        with self.school.actor("guardian-1", Role.GUARDIAN) as guardian:
            guardian.goal_support(goal)
            self.assertEqual(guardian.goal_get(goal).state, GoalState.AGREED)
            guardian.goal_decline(goal, "No time any more")
        self.refused(personalize.StateError, self.learner.goal_agree, goal)

    def test_an_adult_asks_and_the_learner_answers(self):
        goal = self.propose()
        revised = self.teacher.goal_get(goal)
        self.teacher.goal_revise(revised, measure="count", target=3, measured="explanations", why="So that we can count")
        self.assertEqual(self.learner.goal_get(goal).state, GoalState.REVISED)
        request = self.learner.goal_request_list(goal)[0]
        self.assertEqual((request.step, request.state, request.why), (GoalStep.REVISE, RequestState.WAITING, "So that we can count"))
        self.assertEqual(self.learner.goal_revision_get(request.id).target, 3)
        self.assertIsNone(self.learner.goal_get(goal).measured)
        self.refused(personalize.DeniedError, self.teacher.goal_answer, request.id, 1)
        self.learner.goal_answer(request.id, 1, "Good")
        self.assertEqual(self.learner.goal_get(goal).measured, "explanations")
        self.teacher.goal_support(goal)
        self.learner.goal_start(goal)
        asked = self.teacher.goal_pause(goal, "Exams first")
        self.assertEqual(self.learner.goal_get(goal).state, GoalState.ACTIVE)
        self.teacher.goal_request_withdraw(asked)
        self.assertEqual([r.state for r in self.learner.goal_request_list(goal)], [RequestState.APPROVED, RequestState.WITHDRAWN])
        self.learner.goal_pause(goal)
        self.learner.goal_resume(goal)
        may = {m.step: m.decision for m in self.teacher.goal_may_list(goal)}
        self.assertEqual(may[GoalStep.PAUSE], GoalDecision.REQUEST)
        self.assertEqual(may[GoalStep.ACHIEVE], GoalDecision.APPROVE)

    def test_drafts_and_policies(self):
        draft = self.learner.goal_draft(learner="learner-1", statement="Something with music", measure=0)
        self.refused(personalize.NotFoundError, self.teacher.goal_get, draft)
        found = self.learner.goal_get(draft)
        self.assertEqual(found.state, GoalState.DRAFT)
        self.refused(personalize.InvalidError, self.learner.goal_propose, found)
        self.assertEqual(self.learner.goal_propose(found, measure="demonstration"), draft)
        with self.school.store.service("policy", personalize.Scope.RECOMMEND, purpose="policy") as service:
            service.goal_policy_set(None, [{"step": "agree", "role": "learner", "decision": "allow", "first_grade": "04"}])
            self.assertEqual(service.goal_policy_list()[0].decision, GoalDecision.ALLOW)
            self.refused(personalize.InvalidError, service.goal_policy_set, None, [{"step": "propose", "role": "learner", "decision": "deny"}])

    def test_a_group(self):
        group = self.learner.goal_group_save(class_id="class-5A", statement="A garden for the school")
        self.propose(group=group)
        found = self.teacher.goal_group_list("class-5A")[0]
        self.assertEqual((found.id, found.statement, found.members, found.achieved), (group, "A garden for the school", 1, 0))
        self.teacher.goal_group_save(found, ended=True)
        self.refused(personalize.NotFoundError, self.propose, group=group)

    def test_work_on_a_goal(self):
        goal = self.propose(measure="count", measured="explanations", baseline=0, target=4)
        self.teacher.goal_support(goal, "I listen")
        self.learner.goal_start(goal)
        step = self.learner.goal_milestone_add(goal=goal, statement="Draw it", due_on=date(2026, 10, 1))
        other = self.teacher.goal_milestone_add(goal=goal, statement="Tell me first")
        self.learner.goal_milestone_agree(other)
        self.learner.goal_milestone_reach(step, description="On the board")
        found = self.learner.goal_milestone_list(goal)
        self.assertEqual([(m.state.name, m.description) for m in found], [("REACHED", "On the board"), ("OPEN", None)])
        self.learner.goal_milestone_revise(found[1], statement="Tell you first")
        self.learner.goal_milestone_drop(other)
        self.learner.goal_measurement_add(goal=goal, value=2, note="Twice")
        self.assertEqual(self.teacher.goal_measurement_list(goal)[0].value, 2)
        progress = self.learner.goal_progress_get(goal, language="es")
        self.assertEqual((progress.share, progress.milestones_reached), (0.5, 1))
        self.assertIn("A este ritmo", progress.words)
        shown = self.learner.demonstration_add(goal=goal, title="At the table", media=[{"reference": "https://example.org/film", "alternative": "I explain"}])
        self.teacher.demonstration_rate(shown, [{"criterion": "Clear", "level": 3}])
        self.learner.demonstration_rate(shown, [{"criterion": "Clear", "level": 2, "note": "I mumbled"}])
        self.assertEqual([(r.level, r.is_self) for r in self.learner.demonstration_rating_list(shown)], [(3, False), (2, True)])
        self.assertEqual(self.learner.demonstration_list(goal)[0].title, "At the table")
        self.assertEqual(self.learner.demonstration_media_list(shown)[0].alternative, "I explain")
        self.learner.goal_reflect(goal, "I know it better now")
        self.assertEqual(self.teacher.goal_reflection_list(goal)[0].content, "I know it better now")

    def test_forecasts(self):
        line = personalize.forecast_line([0, 7, 14], [10, 17, 24], target=50, by=60.0, confidence=0.8)
        self.assertAlmostEqual(line.expected, 40)
        count = personalize.forecast_count(10, 4, target=8, by=None, confidence=0.8)
        self.assertAlmostEqual(count.expected, 20)
        self.assertTrue(count.earliest < 20 < count.latest)
        self.refused(personalize.NotEnoughError, personalize.forecast_count, 10, 0, target=8, by=None, confidence=0.8)

    def test_advice_and_figures(self):
        goal = self.propose()
        self.assertIn("advice.goal.due_on", [a.code for a in self.learner.goal_advice_list(goal)])
        with self.school.service() as service:
            competency = service.competency_list()[0].id
            self.assertEqual(service.standard_list("learner-1", [competency]), [])
        self.assertTrue(all(c.learners == 0 or c.learners % 5 == 0 for c in self.teacher.goal_count_list(class_id="class-5A")))
        covered = {c.learner: c.open for c in self.teacher.goal_coverage_list("class-5A")}
        self.assertEqual(covered[self.learner.goal_get(goal).learner], 1)
        with self.school.service() as service:
            cycle = service.cycle_open(class_id="class-5A", title="Autumn")
        self.assertEqual([d.proposed for d in self.learner.goal_decisions_list(cycle)], [1])

    def test_rights(self):
        goal = self.propose()
        with self.school.actor("learner-2", Role.LEARNER) as other:
            self.refused(personalize.NotFoundError, other.goal_get, goal)
        self.refused(personalize.DeniedError, self.teacher.goal_abandon, goal)


if __name__ == "__main__":
    support.main()
