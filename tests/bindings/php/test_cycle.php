<?php
/** Assessment cycles: opened, collecting, closed with results, handed over. */
declare(strict_types=1);

use Personalize\{Actor, AssessmentKind, CycleState, Role, StateException};

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
        same(['Winter', 'Fall'], array_map(fn ($cycle) => $cycle->title, $teacher->cycleList('class-5A')));
        same(1, count($teacher->cycleList(state: CycleState::HandedOver)));
    },
]);
