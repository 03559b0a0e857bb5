"""Ways of forming groups: problems by mode, with the reasons of each."""
import personalize
import support
from personalize import GroupingMode, GroupingProblem

NEEDS = [[1, 0], [1, 0], [0.9, 0.1], [0, 1], [0, 0.8], [0.2, 1], [1, 0.1], [0, 1]]
LEVELS = [0.1, 0.2, 0.15, 0.8, 0.9, 0.85, 0.12, None]
INTERESTS = [[1, 0], [1, 0], [1, 1], [0, 1], [0, 1], [1, 0], [0, 1], [None, None]]


class Modes(support.Case):
    def codes(self, problem, mode):
        reasons = problem.solve().mode_reason_list(mode)
        self.assertEqual({r.learner for r in reasons}, set(range(-1, 8)))
        return {r.code for r in reasons}

    def test_each_mode_makes_a_problem_and_says_why(self):
        self.assertIn("reason.need.group", self.codes(GroupingProblem.for_need(NEEDS), "need"))
        self.assertIn("reason.readiness.unknown", self.codes(GroupingProblem.for_readiness(LEVELS), GroupingMode.READINESS))
        self.assertIn("reason.mixed.learner", self.codes(GroupingProblem.for_mixed([[x] for x in LEVELS], size_min=4, size_max=4), "mixed"))
        self.assertIn("reason.interest.unknown", self.codes(GroupingProblem.for_interest(INTERESTS), "interest"))
        self.assertEqual(self.codes(GroupingProblem.for_random(8), "random"), {"reason.random.group", "reason.random.learner"})

    def test_sizes_and_bad_use(self):
        self.assertEqual(GroupingProblem.for_random(12, size_max=2).solve().describe().groups, 6)
        self.refused(personalize.InvalidError, GroupingProblem.for_random, 12, size_min=5, size_max=2)
        self.refused(personalize.InvalidError, GroupingProblem.for_need, [[2.0]])
        self.refused(personalize.InvalidError, GroupingProblem.for_random(8).solve().mode_reason_list, "need")


if __name__ == "__main__":
    support.main()
