<?php
/** Ways of forming groups: problems by mode, with the reasons of each. */
declare(strict_types=1);

use Personalize\{GroupingMode, GroupingProblem, GroupingSettings, InvalidException, NotFoundException};
use function Personalize\{compare, groupingReasonText};

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
    'reasons in words' => function () {
        foreach (GroupingProblem::forNeed(NEEDS)->solve()->modeReasonList('need') as $reason) {
            $thing = $reason->column >= 0 ? ['halves', 'thirds'][$reason->column] : null;
            check(str_contains(groupingReasonText($reason->code, $reason->value, $reason->other, $thing), $thing ?? '.'), 'names the thing');
        }
        [$rows] = GroupingProblem::new(4, 2, 2)->tutor([[1, 0.1], [0.2, 1], [0.9, 0.3], [0.1, 0.9]]);
        same('Una de las dos personas ya domina esto y ayuda a la otra: fracciones.',
            groupingReasonText($rows[0]->code, $rows[0]->gain, NAN, 'fracciones', language: 'es'));
        [$seats] = GroupingProblem::new(24, 4, 4)->rotate(2);
        same([0, 3], [$seats[0]->met, $seats[0]->others]);
        check(str_contains(groupingReasonText($seats[0]->code, $seats[0]->met, $seats[0]->others), '3 others'), 'new ones');
        refused(NotFoundException::class, fn () => groupingReasonText('reason.nothing', 1, 1));
    },
    'pairs' => function () {
        $problem = GroupingProblem::new(5, 2, 3);
        [$rows, $summary] = $problem->tutor([[1, 0.1], [0.2, 1], [0.9, 0.3], [0.1, 0.9], [0.5, 0.5]]);
        same([2, 0, 0.0], [$summary->groups, $summary->without, $summary->gap]);
        foreach ($rows as $row) {
            check($row->gain > 0 && $row->column >= 0, 'has something to give');
        }
        same(6, count($problem->tutor([[1, 0.1], [0.2, 1], [0.9, 0.3], [0.1, 0.9], [0.5, 0.5]], kind: 'reciprocal')[0]));
        refused(InvalidException::class, fn () => $problem->tutor([[2], [0], [0], [0], [0]]));
    },
    'rotation' => function () {
        [$seats, $summary] = GroupingProblem::new(24, 4, 4)->rotate(6);
        same([0, 6, 144], [$summary->repeats, $summary->groups, count($seats)]);
    },
    'jigsaw, joining and leaving' => function () {
        $problem = GroupingProblem::forMixed(array_map(fn ($i) => [$i / 10], range(0, 16)), size_min: 4, size_max: 5);
        $experts = $problem->solve()->jigsaw(4);
        same([4, 0], [$experts->describe()->groups, $experts->describe()->rules_broken]);
        $before = $problem->solve()->groups();
        $before[16] = -1;
        $after = $problem->regroup($before, 1)->groups();
        check($after[16] >= 0, 'has a place');
        check(count(array_filter(range(0, 15), fn ($i) => $after[$i] !== $before[$i])) <= 1, 'few move');
    },
    'a cost of one\'s own' => function () {
        $cost = function (array $groups): float {
            $sums = array_fill(0, 4, 0);
            foreach ($groups as $learner => $group) {
                $sums[$group] += $learner;
            }
            return (float) max($sums);
        };
        $change = function (array $groups, int $learner, int $to, int $other) use ($cost): float {
            $after = $groups;
            $after[$learner] = $to;
            if ($other >= 0) {
                $after[$other] = $groups[$learner];
            }
            return $cost($after) - $cost($groups);
        };
        $problem = GroupingProblem::new(12, 3, 3);
        check($cost($problem->search($cost, iterations: 3000)->groups()) <= 17, 'balanced');
        check($cost($problem->search($cost, change: $change, iterations: 3000)->groups()) <= 17, 'balanced by changes');
        refused(LogicException::class, fn () => $problem->search(fn () => throw new LogicException('mine')));
        refused(InvalidException::class, fn () => $problem->search(fn () => NAN));
        refused(InvalidException::class, fn () => $problem->search($cost, change: fn () => -1.0, iterations: 500));
        refused(Personalize\WrongTypeException::class, fn () => $problem->search(fn () => 'x'));
        refused(Personalize\WrongTypeException::class, fn () => $problem->search(7));
    },
    'strategies side by side' => function () {
        $problem = GroupingProblem::forReadiness([0.1, 0.2, 0.15, 0.8, 0.9, 0.85], size_min: 3, size_max: 3);
        $own = fn (int $seed): array => [0, 0, 0, 1, 1, 1];
        $comparison = compare(['engine' => null, 'own' => $own, 'turns' => fn ($seed) => [0, 1, 0, 1, 0, 1]], $problem, [1, 2, 3]);
        $rows = $comparison->list();
        same(['engine', 'own', 'turns'], array_map(fn ($row) => $row->name, $rows));
        check(abs($rows[0]->objective - $rows[1]->objective) < 1e-12 && $rows[2]->objective > $rows[1]->objective, 'by the same measure');
        same(3, count($comparison->termList()));
        same([0, 0, 0, 1, 1, 1], $comparison->result(1)->groups());
        foreach ([fn () => [0, 0], fn () => [0, 0, 0, 2, 2, 2], fn () => null] as $bad) {
            refused(InvalidException::class, fn () => compare(['bad' => $bad], $problem));
        }
        $one = $problem->comparisonNew([7]);
        $one->add('own', $own);
        $one->addEngine('engine');
        same(2, count($one->list()));
        refused(Personalize\WrongTypeException::class, fn () => compare(['bad' => fn () => 7], $problem));
        refused(LogicException::class, fn () => compare(['bad' => fn () => throw new LogicException('mine')], $problem));
    },
    'settings' => function () {
        $problem = GroupingProblem::new(6, 3, 3);
        $problem->addNumeric('level', array_slice(LEVELS, 0, 6), 'mixed', 2.0);
        $settings = GroupingSettings::read($problem->settingsWrite('Pods', 'Ms. R.', seed: 7));
        same(['Pods', 'Ms. R.', 7], [$settings->describe()->name, $settings->describe()->author, $settings->describe()->seed]);
        same(['level', 'numeric'], [$settings->list()[0]->name, $settings->list()[0]->kind]);
        $other = $settings->problem(9);
        $settings->add($other, 'level', array_map(fn ($i) => [$i / 9], range(0, 8)));
        same(3, $other->solve()->describe()->groups);
        refused(InvalidException::class, fn () => GroupingSettings::read('{}'));
    },
]);
