<?php
/** Ways of forming groups: problems by mode, with the reasons of each. */
declare(strict_types=1);

use Personalize\{GroupingMode, GroupingProblem, InvalidException};

require __DIR__ . '/support.php';

const NEEDS = [[1, 0], [1, 0], [0.9, 0.1], [0, 1], [0, 0.8], [0.2, 1], [1, 0.1], [0, 1]];
const LEVELS = [0.1, 0.2, 0.15, 0.8, 0.9, 0.85, 0.12, null];
const INTERESTS = [[1, 0], [1, 0], [1, 1], [0, 1], [0, 1], [1, 0], [0, 1], [null, null]];

function codes(GroupingProblem $problem, GroupingMode|string $mode): array
{
    return array_unique(array_map(fn ($reason) => $reason->code, $problem->solve()->modeReasonList($mode)));
}

run([
    'modes' => function () {
        check(in_array('reason.need.group', codes(GroupingProblem::forNeed(NEEDS), 'need'), true), 'need');
        check(in_array('reason.readiness.unknown', codes(GroupingProblem::forReadiness(LEVELS), GroupingMode::Readiness), true), 'readiness');
        $mixed = GroupingProblem::forMixed(array_map(fn ($level) => [$level], LEVELS), size_min: 4, size_max: 4);
        check(in_array('reason.mixed.learner', codes($mixed, 'mixed'), true), 'mixed');
        check(in_array('reason.interest.unknown', codes(GroupingProblem::forInterest(INTERESTS), 'interest'), true), 'interest');
        same(['reason.random.group', 'reason.random.learner'], array_values(codes(GroupingProblem::forRandom(8), 'random')));
        same(6, GroupingProblem::forRandom(12, size_max: 2)->solve()->describe()->groups);
        refused(InvalidException::class, fn () => GroupingProblem::forRandom(12, size_min: 5, size_max: 2));
    },
]);
