<?php
declare(strict_types=1);

namespace Personalize;

/**
 * Runs every strategy with every seed over the same problem, and puts them side by side: compare(...)->list().
 *
 * @param array<string, ?callable> $strategies by name; each is called with a seed and gives the group of every learner, from 0 without holes, -1 for none;
 *   null stands for the engine
 * @param GroupingProblem $problem
 * @param list<int> $seeds
 * @param int $iterations of the engine; 0: chosen by the number of learners
 * @throws Exception
 */
function compare(mixed $strategies, mixed $problem, mixed $seeds = [1, 2, 3, 4, 5], mixed $iterations = 0): Comparison
{
    if (!is_array($strategies)) {
        Native\throw_wrong_type('strategies', 'an array of strategies by name', $strategies);
    }
    if (!$problem instanceof GroupingProblem) {
        Native\throw_wrong_type('problem', 'a ' . GroupingProblem::class, $problem);
    }
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
