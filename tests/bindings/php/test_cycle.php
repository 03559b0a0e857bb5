<?php
/** Assessment cycles: opened, collecting, closed with results, handed over. */
declare(strict_types=1);

use Personalize\{Actor, AssessmentKind, CycleState, InvalidException, Role, SeatState, StateException};
use function Personalize\{effectOfMeans, effectOfShares};

require __DIR__ . '/school.php';

function openCycle(Actor $teacher): int
{
    return $teacher->cycleOpen(class_id: 'class-5A', title: 'Fall', kind: AssessmentKind::Diagnostic, opens_on: '2026-09-01', closes_on: '2026-09-10');
}

run([
    'the way of a cycle' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $fall = openCycle($teacher);
        same([CycleState::Open, null], [$teacher->cycleGet($fall)->state, $teacher->cycleGet($fall)->previous]);
        $teacher->cycleAddAssessment($fall, $teacher->assessmentSave(class_id: 'class-5A', title: 'Quiz', kind: 'diagnostic'));
        same(1, count($teacher->assessmentList(cycle: $fall)));
        refused(StateException::class, fn () => $teacher->cycleResultList(cycle: $fall));
        $teacher->cycleCollect($fall);
        $school->addAnswers();
        $school->clock->move('+10 days');
        $teacher->cycleClose($fall, progress: fn (float $done) => null);
        $results = $teacher->cycleResultList(cycle: $fall);
        same([18, null, null], [count($results), $results[0]->growth, $results[0]->rule]);
        foreach ($teacher->cycleResultList(cycle: $fall, needs_only: true) as $need) {
            same(true, $need->is_need);
        }
        $winter = $teacher->cycleHandOver($fall, title: 'Winter', kind: 'interim', opens_on: '2026-11-01', closes_on: '2026-11-30');
        same($fall, $teacher->cycleGet($winter)->previous);
        same(['Winter', 'Fall'], array_map(fn ($cycle) => $cycle->title, $teacher->cycleList(class_id: 'class-5A', order: 'newest')));
        same(1, count($teacher->cycleList(state: CycleState::HandedOver)));
    },
    'forms, windows and what is missing' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $fall = openCycle($teacher);
        $save = fn (string $title): int => $teacher->assessmentSave(class_id: 'class-5A', title: $title, kind: 'diagnostic');
        [$a, $b, $later_a, $later_b] = array_map($save, ['A', 'B', 'Later A', 'Later B']);
        $teacher->cycleSchedule($fall, $a, '2026-09-02', '2026-09-04');
        refused(InvalidException::class, fn () => $teacher->cycleSchedule($fall, $b, '2026-09-04', '2026-09-05'));
        $teacher->cycleSchedule($fall, $b, '2026-09-02', '2026-09-04', may_overlap: true);
        $teacher->formsCross($a, $b, seed: 3);
        $teacher->formsCross($later_a, $later_b, $a, $b, seed: 3);
        $half = fn (int $form): array => array_map(fn ($seat) => $seat->learner, $teacher->assessmentSeatList($form));
        same([$half($a), $half($b)], [$half($later_b), $half($later_a)]);
        $missing = $teacher->cycleMissingList($fall);
        same(count($half($a)) + count($half($b)), count($missing));
        $teacher->assessmentSeatsSet([['assessment' => $missing[0]->assessment, 'learner' => $missing[0]->learner, 'state' => SeatState::Exempt, 'reason' => 'Ill']]);
        same([], $teacher->cycleMissingList($fall, $missing[0]->learner));
    },
    'effects and what would settle' => function (string $folder) {
        same([0.1705, 0.8090], array_map(fn (float $one): float => round($one, 4), [effectOfShares(9, 10, 3, 10)->lower, effectOfShares(9, 10, 3, 10)->upper]));
        same(0.4, round(effectOfMeans([0.5, 0.7, 0.6], [0.1, 0.3, 0.2, 0.2])->difference, 6));
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $fall = openCycle($teacher);
        $teacher->cycleCollect($fall);
        $teacher->evidenceAdd(learner: [$school->learners[0]], competency: [$school->competencies[0]], score: [1.0]);
        $teacher->cycleClose($fall);
        same([2, null], [$teacher->cycleUnsettledList($fall, 'learner-1', 'F.1')[0]->needed, $teacher->cycleUnsettledList($fall, 'learner-1', 'F.1')[0]->item]);
        same([], $teacher->cycleEffectList($fall));
    },
    'opened again' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $fall = openCycle($teacher);
        $teacher->cycleCollect($fall);
        $school->addAnswers();
        $teacher->cycleClose($fall);
        $teacher->cycleReopen($fall, 'Answers were lost');
        refused(StateException::class, fn () => $teacher->cycleReopen($fall, 'Once more'));
        $teacher->cycleClose($fall);
        same(18, count($teacher->cycleResultList(cycle: $fall)));
        same(['Answers were lost'], array_map(fn ($one) => $one->reason, $teacher->cycleReopeningList($fall)));
    },
]);
