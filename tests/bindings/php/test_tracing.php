<?php
/** Fits of knowledge tracing and measures of predictions, without a store. */
declare(strict_types=1);

use Personalize\{BktModel, BktOptions, CancelledException, ClosedException, EloModel, EloOptions, FormatException, InvalidException, LrFeatures, LrModel, NotEnoughException, NotFoundException, ReviewRating,
    ReviewState, Simulation, WrongTypeException};
use function Personalize\{accuracyOf, calibration, difOf, eloTune, fairnessOf, foldsByLearner, reviewDue, reviewRatingOf, reviewRecall, reviewUpdate, reviewWeight};

require __DIR__ . '/support.php';

/** Made-up answers of learners who come to know a skill: prior 0.3, learn 0.2, guess 0.2, slip 0.1. */
function answers(int $learners = 120): array
{
    mt_srand(5);
    $columns = ['learner' => [], 'skill' => [], 'score' => []];
    $chance = fn (float $p): bool => mt_rand() / mt_getrandmax() < $p;
    for ($learner = 0; $learner < $learners; $learner++) {
        $known = $chance(0.3);
        for ($answer = 0; $answer < 8; $answer++) {
            $columns['learner'][] = $learner;
            $columns['skill'][] = 7;
            $columns['score'][] = (float) $chance($known ? 0.9 : 0.2);
            $known = $known || $chance(0.2);
        }
    }
    return $columns;
}

run([
    'fit' => function () {
        $model = BktModel::fit(...answers(), options: new BktOptions(with_forget: false));
        [$skill] = $model->skillList();
        same([7, 960, 120, true], [$skill->skill, $skill->rows, $skill->learners, $skill->is_converged]);
        check(abs($skill->learn - 0.2) < 0.1 && abs($skill->guess - 0.2) < 0.1, 'near what it was made from');
        same(1, count($model->classList()));
        same($skill->prior, $model->settings(7)->prior);
        refused(NotFoundException::class, fn () => $model->settings(8));
        $trace = $model->trace(7);
        same([$skill->iterations, $skill->log_likelihood], [count($trace), end($trace)]);
    },
    'numbers in and out' => function () {
        $answers = answers();
        $model = BktModel::fit(...$answers);
        $predicted = $model->predict(...$answers);
        same(960, count($predicted));
        same($predicted, $model->predict(pack('q*', ...$answers['learner']), pack('q*', ...$answers['skill']), pack('d*', ...$answers['score'])));
        same(960, $model->refit(...$answers)->skillList()[0]->rows);
    },
    'kept as a document' => function () {
        $model = BktModel::fit(...answers());
        $document = $model->write();
        check(BktModel::read($document)->skillList() == $model->skillList(), 'from an array');
        check(BktModel::read(json_encode($document))->skillList() == $model->skillList(), 'from text');
        refused(FormatException::class, fn () => BktModel::read('{'));
        refused(InvalidException::class, fn () => BktModel::read(['x' => NAN]));
    },
    'progress stops a fit' => function () {
        $many = answers(2000);
        refused(LogicException::class, fn () => BktModel::fit(...$many, progress: fn () => throw new LogicException('mine')));
        refused(CancelledException::class, fn () => BktModel::fit(...$many, progress: fn (float $done) => false));
        $seen = [];
        BktModel::fit(...$many, progress: function (float $done) use (&$seen) {
            $seen[] = $done;
        });
        check($seen !== [] && max($seen) <= 1.0, 'called');
    },
    'bad use' => function () {
        refused(WrongTypeException::class, fn () => BktModel::fit(1.5, [1], [1]));
        refused(InvalidException::class, fn () => BktModel::fit([1, 2], [1], [1]));
        refused(InvalidException::class, fn () => BktModel::fit([], [], []));
        refused(InvalidException::class, fn () => BktModel::fit([1], [1], [1], steps: 5));
        $model = BktModel::fit(...answers());
        refused(WrongTypeException::class, fn () => $model->predict([1.5], [1], [1]));
        $model->close();
        refused(ClosedException::class, fn () => $model->skillList());
        refused(ClosedException::class, fn () => (new ReflectionClass(BktModel::class))->newInstanceWithoutConstructor()->write());
    },
    'online model' => function () {
        ['learner' => $learner, 'skill' => $skill, 'score' => $score] = answers();
        $items = array_map(fn (int $row): int => $row % 5, array_keys($score));
        $model = EloModel::new(recent: 0.3);
        check(accuracyOf($model->learn($learner, $skill, $items, $score), $score)->auc > 0.6, 'predictions');
        $estimate = $model->estimateOf(0, 7, 0);
        same(8, $estimate->answers);
        check(EloModel::read($model->write(with_learners: true))->estimateOf(0, 7, 0) == $estimate, 'kept');
        $model->learn([0], [7], null, [1], frozen: true);
        same($estimate->item, $model->estimateOf(0, 7, 0)->item, 'frozen');
        check(eloTune($learner, $skill, $items, $score, rounds: 1) instanceof EloOptions, 'options');
        refused(InvalidException::class, fn () => EloModel::new(recent: 0));
    },
    'batch regression' => function () {
        $columns = answers();
        $columns['item'] = array_map(fn (int $row): int => $row % 5, array_keys($columns['score']));
        $model = LrModel::fit(...$columns, features: LrFeatures::BestLr);
        same([true, $model->logLikelihood()], [$model->fitOf()->is_converged, $model->fitOf()->log_likelihood]);
        same($model->fitOf()->iterations, count($model->trace()));
        check(accuracyOf($model->predict(...$columns), $columns['score'])->auc > 0.6, 'predictions');
        same($model->predict(...$columns), LrModel::read($model->write())->predict(...$columns));
        $steps = $model->explain(...$columns);
        $last = end($steps);
        check(abs($last->log_odds - $last->constant - $last->skill - $last->item - $last->skill_right - $last->skill_wrong - $last->right - $last->wrong) < 1e-9,
              'terms');
    },
    'simulation' => function () {
        $school = Simulation::new([0], [1], learners: 10, competencies: 2, items: 5, seed: 3);
        [$score, $option] = $school->ask([0, 1, 2], [0, 3, 9]);
        check(max($score) <= 1 && min($option) >= 1, 'answers');
        [$right, $misconception] = $school->key(0);
        check($right !== $misconception, 'two options');
        $known = array_sum($school->known(20));
        same(20, count($school->believed(20)));
        check($school->chance([0], [0])[0] > 0, 'a chance');
        $school->teach(range(0, 9), array_fill(0, 10, 0), array_fill(0, 10, 0.99));
        check(array_sum($school->known(20)) > $known, 'learned');
        $school->rest(30);
        fails(fn () => $school->known(3));
        fails(fn () => $school->known(-1));
    },
    'reviews' => function () {
        same(ReviewRating::Hard, ReviewRating::from(reviewRatingOf(0.7)));
        same(null, reviewWeight(99));
        $new = new ReviewState();
        refused(NotEnoughException::class, fn () => reviewRecall($new, 1));
        $met = reviewUpdate('good', 0, $new);
        check(abs(reviewRecall($met, $met->stability) - 0.9) < 1e-6, 'what stability means');
        same(1, reviewUpdate(ReviewRating::Again, reviewDue($met), $met)->lapses);
        check(reviewUpdate('good', 0, $new, weights: array_map(reviewWeight(...), range(0, 20))) == $met, 'the defaults by hand');
    },
    'metrics' => function () {
        $answers = answers();
        $predicted = BktModel::fit(...$answers)->predict(...$answers);
        $accuracy = accuracyOf($predicted, $answers['score']);
        check($accuracy->rows === 960 && $accuracy->auc > 0.6, 'accuracy');
        same(960, array_sum(array_map(fn ($bin) => $bin->rows, calibration($predicted, $answers['score']))));
        $group = array_map(fn (int $learner): int => $learner % 2, $answers['learner']);
        $p = fairnessOf($predicted, $answers['score'], $group, $answers['learner'], permutations: 50)->p_value;
        check(0 < $p && $p <= 1, 'fairness');
        check(abs(difOf([1, 0, 1, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1])->odds_ratio - 1) < 1e-9, 'the same for both');
        $folds = foldsByLearner($answers['learner'], 4);
        same($folds[0], $folds[7], 'answers of a learner stay together');
        same(4, count(array_unique($folds)));
        refused(NotEnoughException::class, fn () => foldsByLearner([1, 1], 2));
    },
]);
