<?php
/** Items calibrated, abilities estimated, and tests that choose the next item. */
declare(strict_types=1);

use function Personalize\adaptiveReasonText;
use Personalize\{AdaptiveReason, ClosedException, ExistsException, InvalidException, IrtKind, IrtMethod, IrtModel, NotEnoughException};

require __DIR__ . '/support.php';

const DIFFICULTY = [-1.5, -0.5, 0.0, 0.7, 1.4];

function responses(): array
{
    mt_srand(4);
    $uniform = fn (): float => (mt_rand() + 0.5) / (mt_getrandmax() + 1);
    $rows = [];
    for ($person = 0; $person < 600; $person++) {
        $ability = sqrt(-2 * log($uniform())) * cos(2 * M_PI * $uniform());
        $rows[] = array_map(fn (float $difficulty): int => (int) ($uniform() < 1 / (1 + exp($difficulty - $ability))), DIFFICULTY);
    }
    return $rows;
}

run([
    'calibration' => function () {
        $rows = responses();
        $rows[0][2] = null; // not answered
        $model = IrtModel::calibrate($rows, kind: IrtKind::Rasch);
        foreach ($model->stepList() as $item => $step) {
            check(abs($step->difficulty - DIFFICULTY[$item]) < 0.4, "item $item");
        }
        same([true, 600], [$model->fitOf()->is_converged, $model->fitOf()->persons]);
        check(IrtModel::read($model->write())->stepList() == $model->stepList(), 'kept');
        foreach ([5, 'rows', [1, 2], [['x']], [[1, 0], [1]], [[1.5]], [null]] as $bad) {
            fails(fn () => IrtModel::calibrate($bad), shown($bad));
        }
    },
    'ability' => function () {
        $model = IrtModel::of([1, 1, 1, 1, 1], DIFFICULTY);
        [$ability, $error] = $model->ability(IrtMethod::Eap, [[1, 1, 1, 1, 1], [0, 0, 0, 0, 0], [1, 1, 0, 0, null]]);
        check($ability[0] > $ability[2] && $ability[2] > $ability[1] && $error[0] > 0, 'in order');
        $whole = $model->information(-1, [0.0, 3.0]);
        check($whole[0] > $whole[1], 'most in the middle');
        same([0.5, 0.5], $model->probability(2, 0.0));
        refused(InvalidException::class, fn () => $model->probability(9, 0.0));
        $effects = $model->explain([[1, 1, 0, 0, null]]);
        check(count($effects) === 4 && abs(end($effects)->ability - $ability[2]) < 1e-9, 'explained');
    },
    'errors, linking and rescaling' => function () {
        $rows = responses();
        $model = IrtModel::calibrate($rows);
        [$slopes, $intercepts] = $model->errors('observed', $rows);
        same([5, 5], [count($slopes), count($intercepts)]);
        check(min($slopes) > 0 && max($intercepts) < 1, 'errors');
        $moved = $model->rescale(2.0, 1.0);
        $link = $model->linkOf($moved, range(0, 4), range(0, 4));
        check(abs($link->scale - 2) < 1e-4 && abs($link->shift - 1) < 1e-4, 'linked');
        refused(InvalidException::class, fn () => $model->rescale(0, 0));
        refused(InvalidException::class, fn () => $model->linkOf($moved, [0, 9], [0, 1]));
    },
    'nominal and fixed items' => function () {
        $rows = responses();
        $nominal = IrtModel::calibrateNominal($rows, [1, 1, 1, 1, 1]);
        $two = IrtModel::calibrate($rows);
        check(abs($nominal->fitOf()->log_likelihood - $two->fitOf()->log_likelihood) < 1e-3, 'two categories');
        $trace = $two->trace();
        same([$two->fitOf()->iterations, $two->fitOf()->log_likelihood], [count($trace), end($trace)]);
        $bank = IrtModel::of([1, 1, 1, 1, 1], array_map(fn (float $one): float => $one + 1, DIFFICULTY));
        $model = $bank->calibrateFixed($rows, [0, 1, 2, -1, -1]);
        check(abs($model->fitOf()->mean - 1) < 0.3, 'one higher');
        refused(NotEnoughException::class, fn () => $bank->calibrateFixed($rows, [-1, -1, -1, -1, -1]));
    },
    'fit of items and persons' => function () {
        $rows = responses();
        $model = IrtModel::calibrate($rows);
        foreach ($model->itemFitList($rows) as $one) {
            check($one->outfit > 0.5 && $one->outfit < 1.5 && $one->p_value >= 0, "item $one->item");
        }
        [$regular, $odd] = $model->personFitList([[1, 1, 1, 0, 0], [0, 0, 0, 1, 1]]);
        check($regular->corrected > 0 && $odd->p_value < 0.05, 'persons');
    },
    'an adaptive test' => function () {
        $model = IrtModel::of([1.2, 1.2, 1.2, 1.2, 1.2], DIFFICULTY);
        $test = $model->adaptiveNew([0, 0, 1, 1, 1], [1, 2], length_min: 2, length_max: 4);
        $model->close(); // the test goes on: what it was made from stays until it has gone
        refused(ClosedException::class, fn () => $model->stepList());
        unset($model);
        $seen = [];
        while (($choice = $test->next())->item >= 0) {
            $test->answer($seen[] = $choice->item, 1);
        }
        same([AdaptiveReason::LongEnough, 4], [$choice->reason, count(array_unique($seen))]);
        refused(ExistsException::class, fn () => $test->answer($seen[0], 1));
        $test->close();
        refused(ClosedException::class, fn () => $test->next());
    },
    'exposure' => function () {
        $model = IrtModel::of(array_fill(0, 20, 1.2), array_map(fn (int $i): float => -2 + 0.2 * $i, range(0, 19)));
        [$exposure, $rate] = $model->adaptiveExposure(null, null, 0.5, length_min: 4, length_max: 4, error_target: 0);
        same([20, 20], [count($exposure), count($rate)]);
        check(max($rate) < 0.56, 'rate');
        $reasons = array_map(fn (int $seed): AdaptiveReason => $model->adaptiveNew(exposure: $exposure, seed: $seed)->next()->reason, range(0, 39));
        check(in_array(AdaptiveReason::HeldBack, $reasons, true) && in_array(AdaptiveReason::MostInformation, $reasons, true), 'held back');
        same('Ya se hicieron todas las preguntas', adaptiveReasonText(AdaptiveReason::NoItems, 'es'));
    },
]);
