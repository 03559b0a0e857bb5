<?php
declare(strict_types=1);

namespace Personalize;

/**
 * Runs every strategy with every seed over the same problem, and puts them side by side: compare(...)->list().
 *
 * @param array<string, ?callable> $strategies by name; each is called with a seed and gives the group of every learner, from 0 without holes, -1 for none;
 *   null stands for the engine
 * @param list<int> $seeds
 * @param int $iterations of the engine; 0: chosen by the number of learners
 */
function compare(array $strategies, GroupingProblem $problem, array $seeds = [1, 2, 3, 4, 5], int $iterations = 0): Comparison
{
    $comparison = $problem->comparisonNew($seeds);
    foreach ($strategies as $name => $strategy) {
        if ($strategy === null) {
            $comparison->addEngine((string) $name, $iterations);
        } else {
            $comparison->add((string) $name, $strategy);
        }
    }
    return $comparison;
}
