"""Learner models without a store: numbers in, numbers out."""
import array
import math

import personalize
import support

try:
    import numpy
except ImportError:
    numpy = None


class Mastery(support.Case):
    def setUp(self):
        super().setUp()
        self.settings = personalize.mastery_settings_default("bkt")
        self.start = personalize.mastery_state_start(self.settings)

    def estimate(self, scores, weights=None):
        state = personalize.mastery_state_update(self.settings, scores, weights, self.start)
        return personalize.mastery_state_estimate(self.settings, state)

    def test_names_and_settings(self):
        self.assertEqual(personalize.mastery_model_name(personalize.MasteryModel.BKT), "bkt")
        self.assertEqual(personalize.mastery_decision_name("not_yet"), "not_yet")
        read = personalize.mastery_settings_read('{"model": "decaying_average", "decay": 0.7}')
        self.assertEqual((read.model, read.decay), (personalize.MasteryModel.DECAYING_AVERAGE, 0.7))
        written = personalize.mastery_settings_write(read)
        self.assertEqual((written["model"], written["decay"]), ("decaying_average", 0.7))
        self.assertEqual(personalize.mastery_settings_write(model="mean", confidence=0.9)["confidence"], 0.9)
        error = self.refused(personalize.InvalidError, personalize.mastery_settings_read, '{"decoy": 1}')
        self.assertIn("decoy", str(error))
        self.refused(personalize.FormatError, personalize.mastery_settings_read, "{")

    def test_one_answer_by_hand(self):
        """Bayes' rule for a right answer, then the chance to learn."""
        prior, learn, guess, slip = 0.1, 0.1, 0.1, 0.1
        known = prior * (1 - slip) / (prior * (1 - slip) + (1 - prior) * guess)
        self.assertAlmostEqual(self.estimate([1]).estimate, known + (1 - known) * learn, places=12)

    def test_all_shapes_of_numbers(self):
        expected = self.estimate([1.0, 0.0, 1.0]).estimate
        shapes = [(1, 0, 1), array.array("d", [1, 0, 1]), memoryview(array.array("d", [1, 0, 1])), array.array("i", [1, 0, 1])]
        if numpy:
            shapes += [numpy.array([1.0, 0, 1]), numpy.array([1, 0, 1]), numpy.array([1, 0, 1], dtype="float32"),
                       numpy.array([1, 9, 0, 9, 1, 9], dtype=float)[::2]]
        for shape in shapes:
            self.assertEqual(self.estimate(shape).estimate, expected, repr(shape))
        self.assertNotEqual(self.estimate([1, 0, 1], [1, 0.5, 1]).estimate, expected)
        self.assertEqual(self.estimate([]).estimate, self.start.value)

    def test_bad_numbers(self):
        for bad in ("101", b"101", 1.0, {1: 1}, ["1"], [None, object()], [True], [[1]]):
            self.refused(personalize.WrongTypeError, self.estimate, bad)
        for bad in ([2], [-0.1], [float("nan")], [float("inf")], [10**400], [None]):
            error = self.refused(personalize.InvalidError, self.estimate, bad)
            self.assertTrue(str(error))
        self.refused(personalize.InvalidError, self.estimate, [1, 1], [1])
        if numpy:
            self.refused(personalize.WrongTypeError, self.estimate, numpy.ones((2, 2)))
            self.refused(personalize.WrongTypeError, self.estimate, numpy.array(["2026-01-01"], dtype="datetime64[D]"))

    def test_explained(self):
        steps = personalize.mastery_explain(self.settings, [0, 1, 1])
        self.assertEqual(len(steps), 4)
        self.assertIsNone(steps[0].score)
        self.assertEqual(steps[-1].estimate, self.estimate([0, 1, 1]).estimate)
        self.assertIsInstance(steps[-1].decision, personalize.MasteryDecision)
        columns = personalize.columns(steps)
        self.assertEqual(len(columns["estimate"]), 4)
        if numpy:
            self.assertEqual(columns["estimate"].dtype, numpy.float64)
            self.assertTrue(math.isnan(columns["score"][0]))

    def test_growth(self):
        later = personalize.mastery_state_update(self.settings, [1, 1, 1, 1], None, self.start)
        growth = personalize.mastery_growth(self.settings, self.start, later)
        self.assertAlmostEqual(growth.gain, later.value - self.start.value)
        self.assertGreater(growth.standard_error, 0)
        mean = personalize.mastery_settings_default("mean")
        first, second = (personalize.mastery_state_update(mean, scores, None, personalize.mastery_state_start(mean)) for scores in ([0, 1, 0, 1], [1, 1, 1, 1]))
        apart = personalize.mastery_growth_apart(mean, first, second)
        self.assertAlmostEqual(apart.gain, 0.5)
        self.assertTrue(apart.lower < 0.5 < apart.upper <= 1)
        self.refused(personalize.NotEnoughError, personalize.mastery_growth_apart, mean, personalize.mastery_state_start(mean), second)
        with self.assertRaises(personalize.CancelledError):
            personalize.mastery_explain(self.settings, [0, 1, 1], progress=lambda done: False)
        scores = personalize.growth_of(480, 12, 520, 5)
        self.assertEqual((scores.gain, scores.standard_error), (40, 13))
        self.assertTrue(scores.is_reliable)
        self.refused(personalize.InvalidError, personalize.growth_of, 480, -1, 520, 5)
        self.refused(personalize.WrongTypeError, personalize.growth_of, "480", 1, 520, 5)

    def test_state_goes_on(self):
        """A state that was kept member by member goes on as if it had never been put away."""
        half = personalize.mastery_state_update(self.settings, [1, 0], None, self.start)
        kept = personalize.MasteryState(**half.to_dict())
        self.assertEqual(personalize.mastery_state_update(self.settings, [1], None, kept),
                         personalize.mastery_state_update(self.settings, [1, 0, 1], None, self.start))
        self.refused(personalize.InvalidError, personalize.mastery_state_update, {"model": "mean"}, [1], None, half)
        self.refused(personalize.WrongTypeError, personalize.mastery_state_update, self.settings, [1], None, self.settings)
        self.refused(personalize.InvalidError, personalize.mastery_state_update, self.settings, [1], None, None)


if __name__ == "__main__":
    support.main()
