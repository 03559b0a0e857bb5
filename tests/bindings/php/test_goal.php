<?php
/** Goals: proposed by learners, supported by adults in their roles, revised, achieved, abandoned. */
declare(strict_types=1);

use Personalize\{ConflictException, DeniedException, GoalArea, GoalDecision, GoalState, GoalStep, InvalidException, NotFoundException, RequestState, Role, Scope, SupportState};

require __DIR__ . '/school.php';

run([
    'from proposal to achievement' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $goal = $learner->goalPropose(learner: 'learner-1', statement: 'Explain fractions to my brother', area: 'academic', due_on: '2026-12-01', key: 'goal-1');
        $found = $learner->goalGet($goal);
        same([GoalState::Proposed, GoalArea::Academic, '2026-12-01', null, true], [$found->state, $found->area, $found->due_on->format('Y-m-d'),
            $found->target, $found->learner_agreed]);
        $learner->goalAsk($goal, 'teacher-1', Role::Teacher);
        same(SupportState::Asked, $learner->goalSupporterList($goal)[0]->state);
        $teacher->goalSupport($goal, note: 'Gladly');
        same(GoalState::Agreed, $learner->goalGet($goal)->state);
        same(null, $learner->goalStart($goal, 'Today', key: 'start'));
        same(GoalState::Active, $learner->goalGet($goal)->state);
        $version = $learner->goalRevise($learner->goalGet($goal)->with(due_on: null));
        same([$version, null], [$learner->goalGet($goal)->version, $learner->goalGet($goal)->due_on]);
        refused(ConflictException::class, fn () => $learner->goalRevise($found, statement: 'Too late'));
        $teacher->goalAchieve($goal, [['description' => 'Explained it to the class']], 'I did it');
        same(GoalState::Achieved, $learner->goalGet($goal)->state);
        same('Explained it to the class', $learner->goalEvidenceList($goal)[0]->description);
        check(count($learner->goalHistory($goal)) >= 3, 'every version');
    },
    'by an adult, declined and abandoned' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $goal = $teacher->goalPropose(learner: 'learner-1', statement: 'Read a book a week');
        same(false, $learner->goalGet($goal)->learner_agreed);
        $learner->goalAgree($goal);
        $guardian = $school->actor('guardian-1', Role::Guardian);
        $guardian->goalSupport($goal);
        $guardian->goalDecline($goal, 'No time any more');
        refused(DeniedException::class, fn () => $teacher->goalAbandon($goal));
        $learner->goalAbandon($goal, 'Another time');
        same([$goal], array_map(fn ($one) => $one->id, $learner->goals(state: GoalState::Abandoned)));
        same(1, count($teacher->goalList(class_id: 'class-5A')));
        same(1, count($teacher->goalList(text: 'WEEK book', order: 'due', limit: 5)));
        same(0, count($teacher->goalList(after: $goal)));
        same(['Ana'], array_map(fn ($one) => $one->given_name, $teacher->people(class_id: 'class-5A', text: 'ana', order: 'id', limit: 1)));
        refused(NotFoundException::class, fn () => $school->actor('learner-2', Role::Learner)->goalGet($goal));
    },
    'an adult asks and the learner answers' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $goal = $learner->goalPropose(learner: 'learner-1', statement: 'Explain fractions');
        $teacher->goalRevise($teacher->goalGet($goal), measure: 'count', target: 3, measured: 'explanations', why: 'To count');
        same(GoalState::Revised, $learner->goalGet($goal)->state);
        $request = $learner->goalRequestList($goal)[0];
        same([GoalStep::Revise, RequestState::Waiting], [$request->step, $request->state]);
        same(3.0, $learner->goalRevisionGet($request->id)->target);
        refused(DeniedException::class, fn () => $teacher->goalAnswer($request->id, 1));
        $learner->goalAnswer($request->id, 1, 'Good');
        same('explanations', $learner->goalGet($goal)->measured);
        $teacher->goalSupport($goal);
        $learner->goalStart($goal);
        $teacher->goalRequestWithdraw($teacher->goalPause($goal, 'Exams first'));
        $learner->goalPause($goal);
        $learner->goalResume($goal);
        same(GoalDecision::Request, $teacher->goalMayList($goal)[0]->decision);
    },
    'a group' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $group = $learner->goalGroupSave(class_id: 'class-5A', statement: 'A garden for the school');
        $learner->goalPropose(learner: 'learner-1', statement: 'I water the plants', group: $group);
        same([$group, 1], [$learner->goalGroupList('class-5A')[0]->id, $learner->goalGroupList('class-5A')[0]->members]);
    },
    'drafts and policies' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $draft = $learner->goalDraft(learner: 'learner-1', statement: 'Something with music', measure: 0);
        refused(InvalidException::class, fn () => $learner->goalPropose($learner->goalGet($draft)));
        same($draft, $learner->goalPropose($learner->goalGet($draft), measure: 'demonstration'));
        $service = $school->store->service('policy', Scope::Recommend, purpose: 'policy');
        $service->goalPolicySet(null, [['step' => 'agree', 'role' => 'learner', 'decision' => 'allow', 'first_grade' => '04']]);
        same(GoalDecision::Allow, $service->goalPolicyList()[0]->decision);
    },
]);
