<?php
/** Profiles of skills, and misconceptions behind wrong answers. */
declare(strict_types=1);

use Personalize\{DinaModel, InvalidException, OptionNote, Strength};
use function Personalize\{growthToward, misconceptionOf, misconceptionRank, optionList};

require __DIR__ . '/support.php';

const NEEDS = [[1, 0], [0, 1], [1, 1], [1, 0], [0, 1], [1, 1]];

/** Learners with both skills, one or none; who has what an item needs is right in 9 of 10 tries, others in 2 of 10. */
function answers(): array
{
    mt_srand(5);
    $rows = [];
    for ($person = 0; $person < 400; $person++) {
        $has = [mt_rand(0, 9) < 6, mt_rand(0, 9) < 5];
        $rows[] = array_map(fn (array $item): int => (int) (mt_rand(0, 9) < (($has[0] || !$item[0]) && ($has[1] || !$item[1]) ? 9 : 2)), NEEDS);
    }
    return $rows;
}

run([
    'profiles' => function () {
        $rows = answers();
        $model = DinaModel::calibrate($rows, NEEDS);
        same([2, 6], [$model->fitOf()->skills, count($model->itemList())]);
        check(abs($model->share()[0] - 0.6) < 0.15, 'the share of the first skill');
        same(800, count($model->profile($rows)));
        same($model->profile($rows), DinaModel::read($model->write())->profile($rows));
        same($model->fitOf()->iterations, count($model->trace()));
        refused(InvalidException::class, fn () => DinaModel::calibrate($rows, array_slice(NEEDS, 1)));
    },
    'misconceptions' => function () {
        $strong = misconceptionOf([1, 1, 1, 1], [3, 3, 3, 3], 0.2, 0.8);
        same([4, 4], [$strong->wrong, $strong->pointing]);
        check($strong->probability > 0.8, 'strong');
        refused(InvalidException::class, fn () => misconceptionOf([1], [3], 1.0, 0.8));
    },
    'options' => function () {
        mt_srand(6);
        $rows = [];
        for ($person = 0; $person < 600; $person++) {
            $able = mt_rand(10, 90);
            $rows[] = array_map(fn (): int => mt_rand(0, 99) < $able ? 0 : mt_rand(1, 2), range(1, 8));
        }
        $notes = [];
        foreach (optionList($rows, [0, 0, 0, 0, 0, 0, 0, 1]) as $option) {
            $notes["$option->item $option->option"] = $option->note;
        }
        same([OptionNote::Plain, OptionNote::DrawsStrong, OptionNote::RightDrawsNobody], [$notes['0 0'], $notes['7 0'], $notes['7 1']]);
        refused(InvalidException::class, fn () => optionList($rows, [0]));
    },
    'ideas set against one another' => function () {
        [$first, $second] = misconceptionRank([1, 1, 2, 2, 3], [7, 9, 7, 9, 9], [1, 0, 1, 0, 0]);
        same([7, Strength::Positive, 9, Strength::Against], [$first->idea, $first->strength, $second->idea, $second->strength]);
        check($first->alone > 0.5, 'alone');
    },
    'growth toward a standard' => function () {
        $ahead = growthToward(0.2, 0.05, 0.4, 0.05, 0.0, 2, 0.7);
        check(abs($ahead->projected - 0.8) < 1e-12 && abs($ahead->pace_needed - 0.15) < 1e-12, 'projected');
        refused(InvalidException::class, fn () => growthToward(0.2, 0.05, 0.4, 0.05, 0.0, 0, 0.7));
    },
]);
