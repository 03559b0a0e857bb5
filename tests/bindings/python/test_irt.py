"""Items calibrated, abilities estimated, and tests that choose the next item."""
import math
import random

import personalize
import support
from personalize import AdaptiveReason, IrtKind, IrtModel

try:
    import numpy
except ImportError:
    numpy = None

DIFFICULTY = [-1.5, -0.5, 0.0, 0.7, 1.4]


def responses(persons=600, seed=4):
    draw = random.Random(seed)
    rows = []
    for _ in range(persons):
        ability = draw.gauss(0, 1)
        rows.append([int(draw.random() < 1 / (1 + math.exp(difficulty - ability))) for difficulty in DIFFICULTY])
    return rows


class Irt(support.Case):
    def test_calibration(self):
        rows = responses()
        rows[0][2] = None  # not answered
        model = IrtModel.calibrate(rows, kind=IrtKind.RASCH)
        steps = model.step_list()
        self.assertEqual(len(steps), 5)
        for step, difficulty in zip(steps, DIFFICULTY):
            self.assertAlmostEqual(step.difficulty, difficulty, delta=0.4)
        fit = model.fit_of()
        self.assertTrue(fit.is_converged)
        self.assertEqual(fit.persons, 600)
        self.assertEqual(IrtModel.read(model.write()).step_list(), steps)
        if numpy:
            array = numpy.array([[-1 if one is None else one for one in row] for row in rows])
            for shape in (array, array.astype("int32"), numpy.asfortranarray(array)):
                self.assertEqual(IrtModel.calibrate(shape, options={"kind": "rasch"}).step_list(), steps)
            self.refused(personalize.WrongTypeError, IrtModel.calibrate, array.astype(float))
            self.refused(personalize.InvalidError, IrtModel.calibrate, array + 2**40)
        for bad in (5, "rows", [1, 2], [["x"]], [[1, 0], [1]], [[1.5]], [None]):
            with self.assertRaises(personalize.Error, msg=repr(bad)):
                IrtModel.calibrate(bad)

    def test_ability(self):
        model = IrtModel.of([1.0] * 5, DIFFICULTY)
        ability, error = model.ability("eap", [[1, 1, 1, 1, 1], [0, 0, 0, 0, 0], [1, 1, 0, 0, None]])
        self.assertTrue(ability[0] > ability[2] > ability[1])
        self.assertTrue(all(0 < one < 1 for one in error))
        whole = model.information(-1, [0.0, 3.0])
        self.assertGreater(whole[0], whole[1])
        chances = model.probability(2, 0.0)
        self.assertEqual([float(c) for c in chances], [0.5, 0.5])
        self.refused(personalize.InvalidError, model.probability, 9, 0.0)
        effects = model.explain([[1, 1, 0, 0, None]])
        self.assertEqual([one.item for one in effects], [0, 1, 2, 3])
        self.assertAlmostEqual(sum(one.change for one in effects), ability[2], places=9)
        (mode,), _ = model.ability("map", [[1, 1, 0, 0, None]])
        self.assertAlmostEqual(sum(one.pull for one in effects), mode, places=9)

    def test_errors_linking_and_rescaling(self):
        rows = responses()
        model = IrtModel.calibrate(rows)
        slope_error, intercept_error = model.errors("observed", rows)
        self.assertEqual((len(slope_error), len(intercept_error)), (5, 5))
        self.assertTrue(all(0 < one < 1 for one in [*slope_error, *intercept_error]))
        moved = model.rescale(2.0, 1.0)
        link = model.link_of(moved, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4])
        self.assertAlmostEqual(link.scale, 2.0, places=4)
        self.assertAlmostEqual(link.shift, 1.0, places=4)
        self.assertAlmostEqual(moved.step_list()[0].difficulty, 2 * model.step_list()[0].difficulty + 1, places=9)
        self.refused(personalize.InvalidError, model.rescale, 0, 0)
        self.refused(personalize.InvalidError, model.link_of, moved, [0, 9], [0, 1])

    def test_nominal_and_fixed_items(self):
        rows = responses()
        nominal = IrtModel.calibrate_nominal(rows, [1] * 5)
        two = IrtModel.calibrate(rows)
        self.assertAlmostEqual(nominal.fit_of().log_likelihood, two.fit_of().log_likelihood, places=3)
        trace = two.trace()
        self.assertEqual(len(trace), two.fit_of().iterations)
        self.assertEqual(trace[-1], two.fit_of().log_likelihood)
        self.refused(personalize.NotFoundError, IrtModel.read(two.write()).trace)
        bank = IrtModel.of([1.0] * 5, [one + 1 for one in DIFFICULTY])  # the same items on a scale that stands one higher
        model = bank.calibrate_fixed(rows, [0, 1, 2, -1, -1])
        self.assertAlmostEqual(model.fit_of().mean, 1, delta=0.3)
        self.assertAlmostEqual(model.step_list()[4].difficulty, DIFFICULTY[4] + 1, delta=0.6)
        self.refused(personalize.NotEnoughError, bank.calibrate_fixed, rows, [-1] * 5)
        self.refused(personalize.InvalidError, IrtModel.calibrate_nominal, rows, [1] * 4)

    def test_fit_of_items_and_persons(self):
        rows = responses()
        model = IrtModel.calibrate(rows)
        items = model.item_fit_list(rows)
        self.assertEqual([one.item for one in items], [0, 1, 2, 3, 4])
        self.assertTrue(all(0.5 < one.outfit < 1.5 and 0.7 < one.infit < 1.3 and 0 <= one.p_value <= 1 for one in items))
        persons = model.person_fit_list([[1, 1, 1, 0, 0], [0, 0, 0, 1, 1], [None] * 5])
        self.assertGreater(persons[0].corrected, 0)
        self.assertLess(persons[1].p_value, 0.05)  # the hard ones right, the easy ones wrong
        self.assertIsNone(persons[2].outfit)
        seen = []
        with self.assertRaises(personalize.CancelledError):
            model.person_fit_list(rows, progress=lambda done: seen.append(done) or False)
        self.assertEqual(seen, [0])

    def test_an_adaptive_test(self):
        model = IrtModel.of([1.2] * 5, DIFFICULTY)
        test = model.adaptive_new([0, 0, 1, 1, 1], [1, 2], length_min=2, length_max=4)
        model.close()  # the test goes on: what it was made from stays until it has gone
        self.refused(personalize.ClosedError, model.step_list)
        seen = []
        while (choice := test.next()).item >= 0:
            seen.append(choice.item)
            test.answer(choice.item, 1)
        self.assertEqual(choice.reason, AdaptiveReason.LONG_ENOUGH)
        self.assertEqual(len(set(seen)), 4)
        self.refused(personalize.ExistsError, test.answer, seen[0], 1)
        test.close()
        self.refused(personalize.ClosedError, test.next)
        again = IrtModel.of([1.2] * 5, DIFFICULTY)
        self.assertEqual(again.adaptive_new(None, None).next().item, 2)
        self.assertEqual(again.adaptive_new().next().item, 2)

    def test_exposure(self):
        model = IrtModel.of([1.2] * 20, [-2 + 0.2 * i for i in range(20)])
        exposure, rate = model.adaptive_exposure(None, None, 0.5, length_min=4, length_max=4, error_target=0)
        self.assertEqual((len(exposure), len(rate)), (20, 20))
        self.assertLess(max(rate), 0.56)
        self.assertTrue(all(0 < one <= 1 for one in exposure))
        reasons = {model.adaptive_new(exposure=exposure, seed=seed).next().reason for seed in range(40)}
        self.assertEqual(reasons, {AdaptiveReason.MOST_INFORMATION, AdaptiveReason.HELD_BACK})
        self.assertEqual(personalize.adaptive_reason_text("held_back"), "Tells most of the items that not too many have seen")
        self.assertEqual(personalize.adaptive_reason_text(AdaptiveReason.NO_ITEMS, "es"), "Ya se hicieron todas las preguntas")
        self.refused(personalize.InvalidError, model.adaptive_new, exposure=[2] * 20)


if __name__ == "__main__":
    support.main()
