<?php
/** The grouping engine without a store: numbers in, groups out, and strategies of the caller's own. */
declare(strict_types=1);

use Personalize\{CancelledException, ClosedException, GroupingConstraint, GroupingProblem, InfeasibleException, InvalidException};

require __DIR__ . '/support.php';

const VALUES = [0.1, 0.2, 0.15, 0.8, 0.9, 0.85];
const NEEDS = [[1, 0], [1, 0], [0.9, 0.1], [0, 1], [0, 0.8], [0.2, 1]];

run([
    'alike' => function () {
        $problem = GroupingProblem::new(6, 3, 3);
        $problem->addNumeric('readiness', VALUES, 'alike');
        $result = $problem->solve(seed: 3);
        $groups = $result->groups();
        check($groups[0] === $groups[1] && $groups[0] !== $groups[3], 'alike together');
        same([2, 6, 0], [$result->describe()->groups, $result->describe()->learners, $result->describe()->rules_broken]);
        same('readiness', $result->termList()[0]->name);
        same(0.0, $result->moveCost(0)[$groups[0]]);
        unset($problem);
        same($groups, $result->groups(), 'a result outlives its problem');
    },
    'distances' => function () {
        $far = array_map(fn ($i) => array_map(fn ($j) => ($i < 3) === ($j < 3) ? 0.0 : 1.0, range(0, 5)), range(0, 5));
        $problem = GroupingProblem::new(6, 3, 3);
        $problem->addPairs('friends', $far, 'alike');
        $groups = $problem->solve()->groups();
        check($groups[0] === $groups[2] && $groups[0] !== $groups[3], 'near ones together');
        $problem = GroupingProblem::new(6, 3, 3);
        $problem->addFeatures('interests', [[0, 1], [0, 1], [0, null], [1, 0], [1, 0], [1, 0]], 'euclidean', 'alike');
        $groups = $problem->solve()->groups();
        check($groups[0] === $groups[1] && $groups[0] !== $groups[3], 'like ones together');
        refused(InvalidException::class, fn () => $problem->addPairs('few', [[0.0]], 'alike'));
    },
    'proof and time' => function () {
        $problem = GroupingProblem::new(6, 3, 3);
        $problem->addNumeric('readiness', VALUES, 'mixed');
        $summary = $problem->solve(proof_steps: 1000)->describe();
        same(true, $summary->proven, 'proven');
        same([0.0, $summary->objective], [$summary->gap, $summary->bound]);
        $calls = 0;
        $kept = $problem->solve(iterations: 1000000000, keep_best: true, progress: function (float $done) use (&$calls) {
            return ++$calls < 3;
        });
        same(true, $kept->describe()->stopped);
        same([3, 3], array_values(array_count_values($kept->groups())));
    },
    'needs and reasons' => function () {
        $problem = GroupingProblem::new(6, 3, 3);
        $problem->addNeeds('fractions', NEEDS);
        $result = $problem->solve();
        same(2, count(array_unique(array_map(fn ($group) => $group->focus, $result->groupList()))));
        foreach ($result->reasonList() as $reason) {
            check(str_starts_with($reason->code, 'reason.'), $reason->code);
        }
        same($result->groups(), GroupingProblem::read($problem->write())->solve()->groups());
    },
    'directions and fairness' => function () {
        $problem = GroupingProblem::new(6, 3, 3);
        $problem->addFeatures('skills', [[1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [null, 1]], 'sets', 'complementary');
        $problem->addFeatures('home', [[1], [1], [2], [2], [3], [3]], 'categories', 'balanced');
        $result = $problem->solve();
        check(abs($result->termList()[0]->value) < 1e-9, 'everybody finds what it lacks');
        $other = $result->alternativeList(0)[0];
        same($other->group, $result->groups()[$other->other]);
        $levels = GroupingProblem::new(6, 3, 3);
        $levels->addNumeric('level', [0.1, 0.2, 0.15, 0.8, 0.9, 0.85], 'alike');
        $tiers = $levels->solve();
        same([0, 1], array_map(fn ($row) => $row->alone, $tiers->fairnessList([[1], [1], [2], [2], [2], [null]])));
        same([2, 1, 1, 0, 0, 1], array_map(fn ($row) => $row->in_a_row, $tiers->stayList([[0, 0], [1, 0], [null, 0], [1, 1], [1, 1], [2, 0]])));
    },
    'rules about whole groups' => function () {
        $problem = GroupingProblem::new(6, 2, 4, 2);
        $problem->addNotAlone('few', [1, 1, 0, 0, 1, 0], 2);
        $problem->addRole('lead', [1, 0, 0, 1, 0, 0], 1, 1);
        $problem->addCommonTime('times', [[1, 0], [1, 1], [0, 1], [0, 1], [1, 0], [1, 1]], 1);
        $problem->addEarlierCap('met', [[0], [1], [0], [null], [2], [2]], 1);
        $problem->addEarlier('met', [[0], [1], [0], [null], [2], [2]], 0.5);
        $problem->addAllowed(2, [1]);
        $problem->addGroupSize(0, 3, 4);
        $problem->addOptedOut(5);
        $result = $problem->solve();
        same([0, 0, 1, 1, 0, -1], $result->groups());
        same([true], array_values(array_unique(array_map(fn ($check) => $check->holds, $result->checkList()))));
        same($result->groups(), GroupingProblem::read($problem->write())->solve()->groups());
        $problem->addRole('nobody', [0, 0, 0, 0, 0, 0], 1, 2);
        refused(InfeasibleException::class, fn () => $problem->solve());
        check(in_array(GroupingConstraint::Role, array_map(fn ($one) => $one->kind, $problem->conflictList()), true), 'named');
    },
    'rules' => function () {
        $problem = GroupingProblem::new(6, 2, 3);
        $problem->addTogether(0, 3);
        $problem->addApart(0, 1);
        $problem->addLocked(5, 1);
        $problem->addAbsent(4);
        $result = $problem->solve();
        $groups = $result->groups();
        check($groups[0] === $groups[3] && $groups[0] !== $groups[1] && $groups[5] === 1 && $groups[4] === -1, 'all hold');
        same([true], array_values(array_unique(array_map(fn ($check) => $check->holds, $result->checkList()))));
        $problem->addApart(0, 3);
        refused(InfeasibleException::class, fn () => $problem->solve());
        check(in_array(GroupingConstraint::Apart, array_map(fn ($one) => $one->kind, $problem->conflictList()), true), 'named');
    },
    'a strategy of one\'s own' => function () {
        $problem = GroupingProblem::new(6, 3, 3);
        $problem->addNumeric('readiness', VALUES);
        $byRank = VALUES;
        asort($byRank);
        $own = [];
        foreach (array_keys($byRank) as $place => $learner) {
            $own[$learner] = intdiv($place, 3);
        }
        ksort($own);
        check(abs($problem->score($own)->describe()->objective - $problem->solve()->describe()->objective) < 1e-12, 'as good');
    },
    'progress and bad use' => function () {
        $problem = GroupingProblem::new(300, 3, 5);
        $problem->addNumeric('x', array_map(fn ($i) => (float) ($i % 17), range(0, 299)), 'mixed');
        refused(LogicException::class, fn () => $problem->solve(iterations: 1000000, progress: fn () => throw new LogicException('mine')));
        refused(LogicException::class, fn () => $problem->solve(iterations: 1000000, keep_best: true, progress: fn () => throw new LogicException('mine')));
        refused(CancelledException::class, fn () => $problem->solve(iterations: 1000000, progress: fn () => false));
        foreach ([[1.0], 'x', null, 5, ['x']] as $bad) {
            fails(fn () => $problem->addNumeric('y', $bad), shown($bad));
        }
        foreach ([[[1, 2], [1]], [1, 2], 'x', null, [[]], [['a']], [null]] as $bad) {
            fails(fn () => $problem->addNeeds('z', $bad), shown($bad));
        }
        fails(fn () => GroupingProblem::new(-1, 3, 5));
        fails(fn () => GroupingProblem::new(2 ** 70, 3, 5));
        refused(InvalidException::class, fn () => $problem->addApart(0, 0));
        $problem->close();
        refused(ClosedException::class, fn () => $problem->solve());
    },
]);
