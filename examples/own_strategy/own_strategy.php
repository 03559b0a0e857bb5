<?php
/** A strategy of one's own beside the engine and beside chance, by the same measure. */
declare(strict_types=1);

use Personalize\GroupingProblem;
use function Personalize\compare;

require getenv('PERSONALIZE_PHP') ?: 'personalize.php';

const LEVELS = [0.12, 0.91, 0.45, 0.33, 0.78, 0.64, 0.25, 0.58, 0.83, 0.39, 0.71, 0.17];
$problem = GroupingProblem::forMixed(array_map(fn ($level) => [$level], LEVELS), size_min: 4, size_max: 4);

/** The strongest to the first group, and so on, back and forth. */
function snake(int $seed): array
{
    $levels = LEVELS;
    arsort($levels);
    $groups = [];
    foreach (array_keys($levels) as $place => $learner) {
        $row = intdiv($place, 3);
        $groups[$learner] = $row % 2 === 0 ? $place % 3 : 2 - $place % 3;
    }
    ksort($groups);
    return $groups;
}

function chance(int $seed): array
{
    return GroupingProblem::forRandom(count(LEVELS), size_min: 4, size_max: 4)->solve(seed: $seed)->groups();
}

print "strategy  objective  stability  rules broken\n";
foreach (compare(['engine' => null, 'snake' => 'snake', 'chance' => 'chance'], $problem)->list() as $row) {
    printf("%-8s  %9.3f  %9.3f  %12d\n", $row->name, $row->objective, $row->stability, $row->rules_broken);
}
