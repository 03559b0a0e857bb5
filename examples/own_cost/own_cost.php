<?php
/** Groups by a measure of one's own: everybody sits with somebody of their choice, and no group has two drummers. */
declare(strict_types=1);

use Personalize\GroupingProblem;

require getenv('PERSONALIZE_PHP') ?: 'personalize.php';

const CHOICES = [[1, 2], [0, 7], [3, 0], [2, 8], [5, 6], [4, 9], [4, 10], [1, 11], [3, 5], [5, 10], [6, 9], [7, 0]];
const DRUMMERS = [0, 3, 5, 10];

/** A point for each learner without a choice beside it, two for each drummer too many. */
function cost(array $groups): int
{
    $cost = 0;
    foreach (CHOICES as $learner => [$a, $b]) {
        $cost += $groups[$a] !== $groups[$learner] && $groups[$b] !== $groups[$learner] ? 1 : 0;
    }
    $drummers = array_map(fn ($learner) => $groups[$learner], DRUMMERS);
    return $cost + 2 * (count($drummers) - count(array_unique($drummers)));
}

$problem = GroupingProblem::new(count(CHOICES), 3, 3, 4);
$problem->addApart(0, 11);
$groups = $problem->search('cost')->groups();
for ($number = 0; $number < 4; $number++) {
    print "group $number: " . implode(' ', array_keys($groups, $number, true)) . "\n";
}
print 'cost ' . cost($groups) . "\n";
