"""The grouping engine without a store: numbers in, groups out, and strategies of the caller's own."""
import personalize
import support
from personalize import GroupingConstraint, GroupingProblem

try:
    import numpy
except ImportError:
    numpy = None

VALUES = [0.1, 0.2, 0.15, 0.8, 0.9, 0.85]
NEEDS = [[1, 0], [1, 0], [0.9, 0.1], [0, 1], [0, 0.8], [0.2, 1]]


class Grouping(support.Case):
    def problem(self):
        problem = GroupingProblem.new(6, 3, 3)
        self.addCleanup(problem.close)
        return problem

    def test_alike_and_mixed(self):
        problem = self.problem()
        problem.add_numeric("readiness", VALUES, "alike")
        result = problem.solve(seed=3)
        groups = [int(g) for g in result.groups()]
        self.assertEqual(groups[0], groups[1])
        self.assertNotEqual(groups[0], groups[3])
        summary = result.describe()
        self.assertEqual((summary.groups, summary.learners, summary.absent, summary.rules_broken), (2, 6, 0, 0))
        self.assertGreaterEqual(summary.objective, summary.bound)
        self.assertEqual(result.term_list()[0].name, "readiness")
        costs = result.move_cost(0)
        self.assertEqual(len(costs), 2)
        self.assertEqual(float(costs[groups[0]]), 0)
        if numpy:
            self.assertIsInstance(costs, numpy.ndarray)

    def test_distances(self):
        far = [[0.0 if (i < 3) == (j < 3) else 1.0 for j in range(6)] for i in range(6)]
        problem = GroupingProblem.new(6, 3, 3)
        problem.add_pairs("friends", far, "alike")
        together = list(problem.solve(seed=2).groups())
        self.assertEqual(len({together[0], together[1], together[2]}), 1)
        self.assertNotEqual(together[0], together[3])
        problem = GroupingProblem.new(6, 3, 3)
        problem.add_features("interests", [[0, 1], [0, 1], [0, None], [1, 0], [1, 0], [1, 0]], "euclidean", "alike")
        self.assertEqual([one == together[0] for one in together], [one == problem.solve().groups()[0] for one in problem.solve().groups()])
        self.refused(personalize.InvalidError, problem.add_pairs, "few", [[0.0]], "alike")

    def test_proof_and_time(self):
        problem = self.problem()
        problem.add_numeric("readiness", VALUES, "mixed")
        summary = problem.solve(proof_steps=1000).describe()
        self.assertTrue(summary.proven)
        self.assertEqual((summary.gap, summary.bound), (0, summary.objective))
        calls = []

        def until(done):
            calls.append(done)
            return len(calls) < 3

        kept = problem.solve(iterations=1000000000, keep_best=True, progress=until)
        self.assertTrue(kept.describe().stopped)
        self.assertEqual(sorted(kept.groups()), [0, 0, 0, 1, 1, 1])

    def test_needs_and_reasons(self):
        shapes = [NEEDS, [tuple(row) for row in NEEDS]]
        if numpy:
            shapes += [numpy.array(NEEDS), numpy.array(NEEDS, dtype="float32"), numpy.asfortranarray(NEEDS)]
        for needs in shapes:
            problem = self.problem()
            problem.add_needs("fractions", needs)
            result = problem.solve()
            self.assertEqual({g.focus for g in result.group_list()}, {0, 1})
            self.assertTrue(all(r.code.startswith("reason.") for r in result.reason_list()))
        again = GroupingProblem.read(problem.write())
        self.assertEqual(list(again.solve().groups()), list(result.groups()))

    def test_rules(self):
        problem = self.problem()
        problem.add_together(0, 3)
        problem.add_apart(0, 1)
        problem.add_locked(5, 1)
        result = problem.solve(seed=9)
        groups = list(result.groups())
        self.assertTrue(groups[0] == groups[3] != groups[1] and groups[5] == 1)
        self.assertTrue(all(check.holds for check in result.check_list()))
        problem.add_apart(0, 3)
        self.refused(personalize.InfeasibleError, problem.solve)
        conflict = problem.conflict_list()
        self.assertEqual({c.kind for c in conflict}, {GroupingConstraint.TOGETHER, GroupingConstraint.APART})

    def test_absent_learners(self):
        problem = GroupingProblem.new(6, 2, 3)
        problem.add_absent(2)
        result = problem.solve()
        self.assertEqual(int(result.groups()[2]), -1)
        self.assertEqual(result.describe().absent, 1)

    def test_rules_about_whole_groups(self):
        problem = GroupingProblem.new(6, 2, 4, 2)
        problem.add_not_alone("few", [1, 1, 0, 0, 1, 0], 2)
        problem.add_role("lead", [1, 0, 0, 1, 0, 0], 1, 1)
        problem.add_common_time("times", [[1, 0], [1, 1], [0, 1], [0, 1], [1, 0], [1, 1]], 1)
        problem.add_earlier_cap("met", [[0], [1], [0], [None], [2], [2]], 1)
        problem.add_earlier("met", [[0], [1], [0], [None], [2], [2]], 0.5)
        problem.add_allowed(2, [1])
        problem.add_group_size(0, 3, 4)
        problem.add_opted_out(5)
        result = problem.solve()
        groups = [int(g) for g in result.groups()]
        self.assertEqual(groups, [0, 0, 1, 1, 0, -1])
        checks = result.check_list()
        self.assertTrue(all(check.holds for check in checks))
        role = next(check for check in checks if check.kind == GroupingConstraint.ROLE)
        self.assertEqual((role.name, role.group, role.count, role.least, role.most), ("lead", 0, 1, 1, 1))
        self.assertEqual(list(GroupingProblem.read(problem.write()).solve().groups()), list(result.groups()))
        problem.add_role("nobody", [0] * 6, 1, 2)
        error = self.refused(personalize.InfeasibleError, problem.solve)
        self.assertIn("of 0 learners (nobody) 1 to 2 in each group", str(error))

    def test_directions_and_fairness(self):
        problem = self.problem()
        problem.add_features("skills", [[1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [None, 1]], "sets", "complementary")
        problem.add_features("home", [[1], [1], [2], [2], [3], [3]], "categories", "balanced")
        problem.add_numeric("level", VALUES, "balanced")
        result = problem.solve()
        self.assertAlmostEqual(result.term_list()[0].value, 0)
        self.assertIn("reason.group.complementary", {r.code for r in result.reason_list()})
        self.refused(personalize.InvalidError, problem.add_numeric, "level", VALUES, "complementary")
        others = result.alternative_list(0)
        self.assertEqual(len(others), 1)
        self.assertAlmostEqual(others[0].cost, float(result.move_cost(0)[others[0].group]))
        self.assertEqual(int(result.groups()[others[0].other]), others[0].group)
        tiers = GroupingProblem.new(6, 3, 3)
        tiers.add_numeric("level", VALUES, "alike")
        tiers = tiers.solve()
        fairness = tiers.fairness_list([[1], [1], [2], [2], [2], [None]])
        self.assertEqual([(row.code, row.learners, row.alone) for row in fairness], [(1, 2, 0), (2, 3, 1)])
        stays = tiers.stay_list([[0, 0], [1, 0], [None, 0], [1, 1], [1, 1], [2, 0]])
        self.assertEqual([stay.in_a_row for stay in stays], [2, 1, 1, 0, 0, 1])
        self.assertEqual([stay.now for stay in stays], [1, 1, 1, 0, 0, 0])

    def test_a_strategy_of_ones_own(self):
        problem = self.problem()
        problem.add_numeric("readiness", VALUES)
        by_rank = sorted(range(6), key=VALUES.__getitem__)
        own = [0] * 6
        for place, learner in enumerate(by_rank):
            own[learner] = place // 3
        scored = problem.score(own)
        self.assertAlmostEqual(scored.describe().objective, problem.solve().describe().objective)
        self.assertEqual(problem.score([0, 1, 0, 1, 0, 1]).describe().rules_broken, 0)

    def test_progress_and_bad_use(self):
        class Mine(Exception):
            pass

        def raises(done):
            raise Mine

        problem = GroupingProblem.new(300, 3, 5)
        problem.add_numeric("x", [float(i % 17) for i in range(300)], "mixed")
        self.refused(Mine, problem.solve, iterations=1000000, progress=raises)
        self.refused(Mine, problem.solve, iterations=1000000, keep_best=True, progress=raises)
        self.refused(personalize.CancelledError, problem.solve, iterations=1000000, progress=lambda done: False)
        for bad in ([1.0], "values", [None] * 299 + ["x"], None):
            with self.assertRaises(personalize.Error):
                problem.add_numeric("y", bad)
        for bad in ([[1, 2], [1]], [1, 2], "x", None, [[]], [["a"]]):
            with self.assertRaises(personalize.Error):
                problem.add_needs("z", bad)
        with self.assertRaises(personalize.Error):
            GroupingProblem.new(-1, 3, 5)
        with self.assertRaises(personalize.Error):
            GroupingProblem.new(2**70, 3, 5)
        self.refused(personalize.InvalidError, problem.add_apart, 0, 0)
        self.refused(personalize.InvalidError, problem.score, [0])
        problem.close()
        self.refused(personalize.ClosedError, problem.solve)

    def test_a_result_outlives_its_problem(self):
        problem = self.problem()
        result = problem.solve()
        problem.close()
        self.assertEqual(len(result.groups()), 6)


if __name__ == "__main__":
    support.main()
