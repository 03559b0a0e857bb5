<?php
/** Activities: boards, choices, assignments with a result, workload. */
declare(strict_types=1);

use Personalize\{ActivityKind, AssignmentState, ConflictException, DeniedException, InvalidException, Role, TieKind};

require __DIR__ . '/school.php';

run([
    'from a board to evidence' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $board = $teacher->activitySave(class_id: 'class-5A', title: 'Your way', kind: ActivityKind::Board, choose: 1);
        $film = $teacher->activitySave(class_id: 'class-5A', title: 'A film', parent: $board, is_how_open: true, how: "alone\nin a pair", minutes: 30);
        $poster = $teacher->activitySave(class_id: 'class-5A', title: 'A poster', parent: $board);
        $teacher->activityTiesSet($film, [['kind' => TieKind::Teaches, 'target' => $school->competencies[0]]]);
        same(1, count($teacher->activityTieList($film)));
        refused(InvalidException::class, fn () => $teacher->activityTiesSet($film, [['kind' => 'needs_activity', 'target' => $film]]));
        same(6, $teacher->activityAssign($board, class_id: 'class-5A', due_on: '2026-09-10'));
        [$waits] = $learner->assignmentList();
        $learner->boardChoose($waits->id, [$poster]);
        $learner->boardChoose($waits->id, [$film]);
        $mine = array_values(array_filter($learner->assignmentList(), fn ($a) => $a->activity === $film))[0];
        same(AssignmentState::Assigned, $mine->state);
        $learner->assignmentChoose(id: $mine->id, version: $mine->version, how: 'in a pair');
        refused(ConflictException::class, fn () => $learner->assignmentChoose(id: $mine->id, version: $mine->version, how: 'alone'));
        $learner->assignmentStart($mine->id);
        $learner->assignmentSubmit($mine->id, 'See the film', 'https://example.org/film');
        $teacher->assignmentReturn($mine->id, 0.9, 'Clear!');
        same(0.9, $learner->assignmentGet($mine->id)->score);
        same(5, count($learner->assignmentHistory($mine->id)));
        same(1, $learner->learnerMasteryList(learner: 'learner-1')[0]->evidence_count);
        $weeks = $learner->weekList(from: '2026-09-01', until: '2026-09-14');
        same([1, 30, 1], [$weeks[1]->due, $weeks[1]->minutes, $weeks[1]->finished]);
    },
    'own picks and excuses' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $taken = $learner->assignmentTake('F.3', due_on: '2026-09-05');
        same($taken, $learner->nextStepList()[0]->record);
        $teacher->assignmentExcuse($taken, 'Ill');
        same([], $learner->assignmentList(open_only: true));
        $learner->assignmentDrop($learner->assignmentTake('F.3'), 'Later');
        $fair = $teacher->activitySave(org: $school->school, title: 'Science fair');
        same('Science fair', $learner->activityGet($fair)->title);
        same(1, count($learner->activityList(text: 'FAIR')));
        refused(DeniedException::class, fn () => $learner->activitySave(class_id: 'class-5A', title: 'x'));
    },
]);
