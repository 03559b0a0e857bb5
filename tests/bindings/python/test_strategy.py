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

    def test_reasons_in_words(self):
        for reason in GroupingProblem.for_need(NEEDS).solve().mode_reason_list("need"):
            thing = ("halves", "thirds")[reason.column] if reason.column >= 0 else None
            words = personalize.grouping_reason_text(reason.code, reason.value, reason.other, thing)
            self.assertIn(thing or ".", words)
        rows, _ = GroupingProblem.new(4, 2, 2).tutor([[1, 0.1], [0.2, 1], [0.9, 0.3], [0.1, 0.9]])
        self.assertEqual(personalize.grouping_reason_text(rows[0].code, rows[0].gain, float("nan"), "fracciones", language="es"),
                         "Una de las dos personas ya domina esto y ayuda a la otra: fracciones.")
        seats, _ = GroupingProblem.new(24, 4, 4).rotate(2)
        self.assertEqual((seats[0].met, seats[0].others), (0, 3))
        self.assertIn("3 others", personalize.grouping_reason_text(seats[0].code, seats[0].met, seats[0].others))
        homes = GroupingProblem.for_mixed([[x] for x in LEVELS], size_min=4, size_max=4).solve()
        self.assertEqual({r.code for r in homes.jigsaw(4).mode_reason_list("jigsaw")}, {"reason.jigsaw.group", "reason.jigsaw.learner"})
        self.assertEqual({r.code for r in homes.mode_reason_list("custom")}, {"reason.custom.group", "reason.custom.learner"})
        self.refused(personalize.NotFoundError, personalize.grouping_reason_text, "reason.nothing", 1, 1)
        self.refused(personalize.InvalidError, personalize.grouping_reason_text, "reason.need.group", 1, 1)

    def test_sizes_and_bad_use(self):
        self.assertEqual(GroupingProblem.for_random(12, size_max=2).solve().describe().groups, 6)
        self.refused(personalize.InvalidError, GroupingProblem.for_random, 12, size_min=5, size_max=2)
        self.refused(personalize.InvalidError, GroupingProblem.for_need, [[2.0]])
        self.refused(personalize.InvalidError, GroupingProblem.for_random(8).solve().mode_reason_list, "need")


class Ways(support.Case):
    def test_pairs(self):
        problem = GroupingProblem.new(5, 2, 3)
        rows, summary = problem.tutor([[1, 0.1], [0.2, 1], [0.9, 0.3], [0.1, 0.9], [0.5, 0.5]])
        self.assertEqual((summary.groups, summary.without, summary.gap), (2, 0, 0))
        self.assertTrue(all(row.gain > 0 and row.column in (0, 1) for row in rows))
        self.assertEqual({row.tutor for row in rows} | {row.tutee for row in rows}, set(range(5)))
        rows, _ = problem.tutor([[1, 0.1], [0.2, 1], [0.9, 0.3], [0.1, 0.9], [0.5, 0.5]], kind="reciprocal", mastered_at=0.85)
        self.assertEqual(len(rows), 6)
        rows, _ = problem.tutor([[1], [0], [0], [1], [0]], roles=[1, 2, 2, 1, 2])
        self.assertEqual({row.tutor for row in rows}, {0, 3})
        self.refused(personalize.InvalidError, problem.tutor, [[2]] * 5)

    def test_rotation(self):
        seats, summary = GroupingProblem.new(24, 4, 4).rotate(6)
        self.assertEqual((summary.repeats, summary.groups, len(seats)), (0, 6, 144))
        before = [i // 4 for i in range(24)]
        seats, summary = GroupingProblem.new(24, 4, 4).rotate(2, before, seed=3, iterations=200)
        self.assertEqual(summary.repeats, 0)
        self.refused(personalize.InvalidError, GroupingProblem.new(24, 4, 4).rotate, 2, before[1:])

    def test_jigsaw(self):
        homes = GroupingProblem.for_mixed([[i / 10] for i in range(17)], size_min=4, size_max=5).solve()
        experts = homes.jigsaw(4)
        self.assertEqual(experts.describe().groups, 4)
        self.assertEqual(experts.describe().rules_broken, 0)

    def test_joining_and_leaving(self):
        problem = GroupingProblem.for_mixed([[i / 10] for i in range(13)], size_min=3, size_max=5)
        problem.add_absent(0)
        before = [0, 0, 0, 1, 1, 1, 0, 1, 2, 2, 2, 2, -1]
        groups = [int(g) for g in problem.regroup(before, 1).groups()]
        self.assertLessEqual(sum(b >= 0 and a >= 0 and a != b for a, b in zip(groups, before)), 1)
        self.assertEqual(groups[0], -1)
        self.assertGreaterEqual(groups[12], 0)

    def test_a_cost_of_ones_own(self):
        values = [float(i) for i in range(12)]
        kept = []

        def cost(groups):
            kept.append(groups)
            return max(sum(v for v, g in zip(values, groups) if g == k) for k in range(4))

        problem = GroupingProblem.new(12, 3, 3)
        problem.add_apart(0, 1)
        result = problem.search(cost, iterations=3000)
        groups = list(result.groups())
        self.assertLessEqual(cost(groups), 17)
        self.assertNotEqual(groups[0], groups[1])
        self.assertEqual(len(kept[0]), 12)

        def change(groups, learner, to, other):
            after = list(groups)
            after[learner] = to
            if other >= 0:
                after[other] = groups[learner]
            return cost(after) - cost(groups)

        self.assertLessEqual(cost(list(problem.search(cost, change=change, iterations=2000).groups())), 17)

        class Mine(Exception):
            pass

        def raises(groups):
            raise Mine

        self.refused(Mine, problem.search, raises)
        self.refused(personalize.InvalidError, problem.search, lambda groups: float("nan"))
        self.refused(personalize.InvalidError, problem.search, cost, change=lambda *given: -1.0, iterations=500)
        for bad in (lambda groups: "x", lambda: 1, None, 7):
            with self.assertRaises((personalize.Error, TypeError)):
                problem.search(bad)
        problem.search(lambda groups: 1.0).close()

        def closes(groups):
            problem.close()
            return 1.0

        with self.assertRaises(personalize.Error):
            problem.search(closes)

    def test_strategies_side_by_side(self):
        problem = GroupingProblem.for_readiness([0.1, 0.2, 0.15, 0.8, 0.9, 0.85], size_min=3, size_max=3)
        comparison = personalize.compare({"engine": None, "own": lambda seed: [0, 0, 0, 1, 1, 1],
                                          "turns": lambda seed: [(i + seed) % 2 for i in range(6)]}, problem, seeds=[1, 2, 3])
        rows = comparison.list()
        self.assertEqual([row.name for row in rows], ["engine", "own", "turns"])
        self.assertAlmostEqual(rows[0].objective, rows[1].objective)
        self.assertGreater(rows[2].objective, rows[1].objective)
        self.assertEqual([row.stability for row in rows], [1, 1, 1])
        self.assertEqual([term.name for term in comparison.term_list()], ["readiness"] * 3)
        self.assertEqual(list(comparison.result(1).groups()), [0, 0, 0, 1, 1, 1])
        self.assertTrue(comparison.result(1).reason_list())
        for bad in (lambda seed: [0, 0], lambda seed: [0, 0, 0, 2, 2, 2], lambda seed: None, lambda seed: "x"):
            with self.assertRaises(personalize.Error):
                personalize.compare({"bad": bad}, problem)
        self.refused(ZeroDivisionError, personalize.compare, {"bad": lambda seed: 1 / 0}, problem)
        comparison.add("late", lambda seed: list(problem.solve(seed=seed).groups()))
        comparison.add_engine("again")
        self.assertEqual(len(comparison.list()), 5)
        self.refused(personalize.InvalidError, problem.comparison_new, [])


class Settings(support.Case):
    def test_settings_are_kept_and_used_for_another_class(self):
        problem = GroupingProblem.new(6, 3, 3)
        problem.add_numeric("level", LEVELS[:6], "mixed", 2.0)
        written = problem.settings_write("Pods", "Ms. R.", seed=7)
        settings = personalize.GroupingSettings.read(written)
        self.assertEqual((settings.describe().name, settings.describe().author, settings.describe().seed), ("Pods", "Ms. R.", 7))
        part = settings.list()[0]
        self.assertEqual((part.name, part.kind, part.weight, part.is_rule), ("level", "numeric", 2.0, False))
        other = settings.problem(9)
        settings.add(other, "level", [[i / 9] for i in range(9)])
        self.assertEqual(other.solve(seed=settings.describe().seed).describe().groups, 3)
        self.refused(personalize.NotFoundError, settings.add, other, "none", [[0.0]] * 9)
        self.refused(personalize.InvalidError, personalize.GroupingSettings.read, "{}")


if __name__ == "__main__":
    support.main()
