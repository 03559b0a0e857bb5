<?php
/** Next steps: what learners are ready for, what fades, their goals, with reasons. */
declare(strict_types=1);

use Personalize\{InvalidException, NextKind, NotFoundException, Role};

require __DIR__ . '/school.php';

run([
    'one learner and a class' => function (string $folder) {
        $school = new School($folder);
        $at = $school->clock->now;
        $school->service()->evidenceAdd(['learner' => array_fill(0, 8, 'learner-1'), 'competency' => array_fill(0, 8, 'F.1'),
            'score' => array_fill(0, 8, 1.0), 'at' => array_fill(0, 8, $at->modify('-60 days'))]);
        $learner = $school->actor('learner-1', Role::Learner);
        $steps = $learner->nextStepList(learner: 'learner-1');
        same([[1, NextKind::Review, 'Name unit fractions'], [2, NextKind::Learn, 'Compare fractions']],
            array_map(fn ($s) => [$s->rank, $s->kind, $s->title], $steps));
        check(str_contains($steps[0]->reason, 'Look at it again'), 'in words');
        check(str_contains($learner->nextStepList(kind: 'review', language: 'es')[0]->reason, 'Repásalo'), 'in Spanish');
        refused(InvalidException::class, fn () => $learner->nextStepList(retention: 1.5));
        refused(NotFoundException::class, fn () => $learner->nextStepList(learner: 'learner-2'));
        $teacher = $school->actor('teacher-1', Role::Teacher);
        same(6, count($teacher->nextStepList(class_id: 'class-5A', framework: 'framework-1', limit: 1)));
        same(8, count($school->service()->nextStepList(framework: 'framework-1', limit: 1, codes_only: true)));
    },
]);
