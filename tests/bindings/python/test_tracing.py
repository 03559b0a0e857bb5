"""Fits of knowledge tracing and measures of predictions, without a store."""
import json
import random

import personalize
import support
from personalize import BktModel

try:
    import numpy
except ImportError:
    numpy = None


def answers(learners=120, length=8, seed=5):
    """Made-up answers of learners who come to know a skill: prior 0.3, learn 0.2, guess 0.2, slip 0.1."""
    draw = random.Random(seed)
    columns = {"learner": [], "skill": [], "score": []}
    for learner in range(learners):
        known = draw.random() < 0.3
        for _ in range(length):
            columns["learner"].append(learner)
            columns["skill"].append(7)
            columns["score"].append(float(draw.random() < (0.9 if known else 0.2)))
            known = known or draw.random() < 0.2
    return columns


class Tracing(support.Case):
    def setUp(self):
        super().setUp()
        self.answers = answers()
        self.model = BktModel.fit(**self.answers, with_forget=False)
        self.addCleanup(self.model.close)

    def test_fit(self):
        (skill,) = self.model.skill_list()
        self.assertEqual((skill.skill, skill.rows, skill.learners), (7, len(self.answers["score"]), 120))
        self.assertTrue(skill.is_converged and skill.is_determined)
        self.assertAlmostEqual(skill.learn, 0.2, delta=0.1)
        self.assertAlmostEqual(skill.guess, 0.2, delta=0.1)
        self.assertEqual(len(self.model.class_list()), 1)
        settings = self.model.settings(7)
        self.assertEqual((settings.model, settings.prior), (personalize.MasteryModel.BKT, skill.prior))
        self.refused(personalize.NotFoundError, self.model.settings, 8)
        trace = self.model.trace(7)
        self.assertEqual((len(trace), trace[-1]), (skill.iterations, skill.log_likelihood))
        self.refused(personalize.NotFoundError, self.model.trace, 8)
        with self.assertRaises(personalize.CancelledError):
            self.model.predict(**self.answers, progress=lambda done: False)

    def test_numbers_in_and_out(self):
        predicted = self.model.predict(**self.answers)
        self.assertEqual(len(predicted), len(self.answers["score"]))
        if numpy:
            self.assertIsInstance(predicted, numpy.ndarray)
            arrays = {name: numpy.array(column) for name, column in self.answers.items()}
            self.assertTrue((self.model.predict(**arrays) == predicted).all())
            again = BktModel.fit(**arrays, options=personalize.BktOptions(with_forget=False))
            self.assertEqual(again.skill_list(), self.model.skill_list())
        refitted = self.model.refit(**self.answers, options={"with_forget": False})
        self.assertEqual(refitted.skill_list()[0].rows, len(self.answers["score"]))

    def test_kept_as_a_document(self):
        document = self.model.write()
        for kept in (document, json.dumps(document)):
            self.assertEqual(BktModel.read(kept).skill_list(), self.model.skill_list())
        self.refused(personalize.FormatError, BktModel.read, "{")
        self.refused(personalize.InvalidError, BktModel.read, {"x": float("nan")})

    def test_progress_stops_a_fit(self):
        class Mine(Exception):
            pass

        def raises(done):
            raise Mine

        many = answers(learners=2000)
        self.refused(Mine, BktModel.fit, **many, progress=raises)
        self.refused(personalize.CancelledError, BktModel.fit, **many, progress=lambda done: False)
        seen = []
        BktModel.fit(**many, progress=seen.append).close()
        self.assertTrue(seen and seen == sorted(seen))

    def test_bad_use(self):
        self.refused(personalize.WrongTypeError, BktModel.fit, "1", [1], [1])
        self.refused(personalize.InvalidError, BktModel.fit, [1, 2], [1], [1])
        self.refused(personalize.InvalidError, BktModel.fit, [], [], [])
        self.refused(personalize.InvalidError, BktModel.fit, **self.answers, steps=5)
        self.refused(personalize.WrongTypeError, self.model.predict, [1.5], [1], [1])
        self.model.close()
        self.refused(personalize.ClosedError, self.model.skill_list)
        self.refused(personalize.ClosedError, self.model.predict, [1], [1], [1])

    def test_online_model(self):
        items = [row % 5 for row in range(len(self.answers["score"]))]
        model = personalize.EloModel.new(recent=0.3)
        predicted = model.learn(self.answers["learner"], self.answers["skill"], items, self.answers["score"])
        self.assertTrue(all(0 < one < 1 for one in predicted))
        self.assertGreater(personalize.accuracy_of(predicted, self.answers["score"]).auc, 0.6)
        estimate = model.estimate_of(0, 7, 0)
        self.assertEqual(estimate.answers, 8)
        self.assertTrue(estimate.lower < estimate.probability < estimate.upper)
        again = personalize.EloModel.read(model.write(with_learners=True))
        self.assertEqual(again.estimate_of(0, 7, 0), estimate)
        with self.assertRaises(personalize.CancelledError):
            model.learn([0], [7], None, [1], progress=lambda done: False)
        self.assertEqual(model.estimate_of(0, 7, 0), estimate)
        model.learn([0], [7], None, [1], frozen=True)
        self.assertEqual(model.estimate_of(0, 7, 0).item, estimate.item)
        tuned = personalize.elo_tune(self.answers["learner"], self.answers["skill"], items, self.answers["score"], rounds=1)
        self.assertIsInstance(tuned, personalize.EloOptions)
        self.refused(personalize.InvalidError, personalize.EloModel.new, recent=0)

    def test_batch_regression(self):
        columns = dict(self.answers, item=[row % 5 for row in range(len(self.answers["score"]))])
        model = personalize.LrModel.fit(**columns, features=personalize.LrFeatures.BEST_LR)
        fit = model.fit_of()
        self.assertEqual((fit.log_likelihood, fit.is_converged, fit.features), (model.log_likelihood(), True, personalize.LrFeatures.BEST_LR))
        self.assertEqual(len(model.trace()), fit.iterations)
        short = personalize.LrModel.fit(**columns, iterations=1, tolerance=1e-12)
        self.assertFalse(short.fit_of().is_converged)
        predicted = model.predict(**columns)
        self.assertGreater(personalize.accuracy_of(predicted, columns["score"]).auc, 0.6)
        step = model.explain(**columns)[-1]
        self.assertEqual(step.probability, predicted[-1])
        self.assertAlmostEqual(step.log_odds, step.constant + step.skill + step.item + step.skill_right + step.skill_wrong + step.right + step.wrong)
        again = personalize.LrModel.read(model.write())
        self.assertEqual(list(again.predict(**columns)), list(predicted))
        pfa = personalize.LrModel.fit(columns["learner"], columns["skill"], None, columns["score"], options={"features": "pfa"})
        self.assertLess(pfa.log_likelihood(), 0)

    def test_simulation(self):
        school = personalize.Simulation.new([0], [1], learners=10, competencies=2, items=5, seed=3)
        learner, item = [row % 10 for row in range(100)], [row // 10 for row in range(100)]
        score, option = school.ask(learner, item)
        self.assertTrue({float(one) for one in score} <= {0.0, 1.0} and all(1 <= one <= 4 for one in option))
        right, misconception = school.key(0)
        self.assertNotEqual(right, misconception)
        known = [int(one) for one in school.known(20)]
        self.assertEqual(len(known), 20)
        self.assertEqual(len(school.believed(20)), 20)
        chance = school.chance([0], [0])
        self.assertTrue(0 < chance[0] < 1)
        school.teach(list(range(10)), [0] * 10, [0.99] * 10)
        self.assertGreater(sum(int(one) for one in school.known(20)), sum(known))
        school.rest(30)
        self.refused(personalize.InvalidError, school.rest, -1)
        self.refused(personalize.InvalidError, personalize.Simulation.new, [1], [0], competencies=2)
        self.refused(personalize.WrongTypeError, school.known, "20")
        with self.assertRaises(personalize.Error):
            school.known(3)

    def test_reviews(self):
        self.assertEqual(personalize.review_rating_of(0.7), personalize.ReviewRating.HARD)
        self.assertIsNone(personalize.review_weight(99))
        new = personalize.ReviewState()
        self.refused(personalize.NotEnoughError, personalize.review_recall, new, 1)
        met = personalize.review_update("good", 0, new)
        self.assertEqual(met.reviews, 1)
        self.assertAlmostEqual(personalize.review_recall(met, met.stability), 0.9, places=6)
        due = personalize.review_due(met)
        self.assertIsInstance(due, int)
        again = personalize.review_update(personalize.ReviewRating.AGAIN, due, met)
        self.assertEqual(again.lapses, 1)
        weights = [personalize.review_weight(index) for index in range(21)]
        self.assertEqual(personalize.review_update("good", 0, new, weights=weights), met)
        self.refused(personalize.InvalidError, personalize.review_update, "good", 0, new, weights=[1.0])

    def test_metrics(self):
        predicted = self.model.predict(**self.answers)
        score, learner = self.answers["score"], self.answers["learner"]
        accuracy = personalize.accuracy_of(predicted, score)
        self.assertEqual(accuracy.rows, len(score))
        self.assertGreater(accuracy.auc, 0.6)
        right = personalize.accuracy_of([1.0, 0.0], [1, 0])
        self.assertEqual((right.auc, right.brier), (1, 0))
        bins = personalize.calibration(predicted, score)
        self.assertEqual(sum(one.rows for one in bins), len(score))
        group = [one % 2 for one in learner]
        fairness = personalize.fairness_of(predicted, score, group, learner, 50)
        self.assertTrue(0 < fairness.p_value <= 1)
        dif = personalize.dif_of([1, 0, 1, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1, 1, 1], [1] * 8)
        self.assertAlmostEqual(dif.odds_ratio, 1)
        folds = personalize.folds_by_learner(learner, 4)
        by_learner = {}
        for one, fold in zip(learner, folds):
            by_learner.setdefault(one, set()).add(int(fold))
        self.assertTrue(all(len(found) == 1 for found in by_learner.values()))
        self.assertEqual({int(f) for f in folds}, {0, 1, 2, 3})
        self.refused(personalize.NotEnoughError, personalize.folds_by_learner, [1, 1], 2)
        self.refused(personalize.InvalidError, personalize.accuracy_of, [], [])
        stop = {"progress": lambda done: False}
        self.refused(personalize.CancelledError, personalize.accuracy_of, predicted, score, **stop)
        self.refused(personalize.CancelledError, personalize.calibration, predicted, score, **stop)
        self.refused(personalize.CancelledError, personalize.folds_by_learner, learner, 4, **stop)
        self.refused(personalize.CancelledError, personalize.dif_of, [1, 0, 1, 0], [0, 0, 1, 1], [1] * 4, **stop)


if __name__ == "__main__":
    support.main()
