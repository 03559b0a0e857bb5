<?php
/** Goals: proposed by learners, supported by adults in their roles, revised, achieved, abandoned. */
declare(strict_types=1);

use Personalize\{ConflictException, DeniedException, GoalArea, GoalDecision, GoalState, GoalStep, InvalidException, NotFoundException, RequestState, Role, Scope, SupportState};

use function Personalize\{forecastCount, forecastLine};

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
    'work on a goal' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $goal = $learner->goalPropose(learner: 'learner-1', statement: 'Explain', measure: 'count', measured: 'explanations', baseline: 0, target: 4);
        $teacher->goalSupport($goal, 'I listen');
        $learner->goalStart($goal);
        $step = $learner->goalMilestoneAdd(goal: $goal, statement: 'Draw it', due_on: '2026-10-01');
        $other = $teacher->goalMilestoneAdd(goal: $goal, statement: 'Tell me first');
        $learner->goalMilestoneAgree($other);
        $learner->goalMilestoneReach($step, description: 'On the board');
        $learner->goalMilestoneRevise($learner->goalMilestoneList($goal)[1], statement: 'Tell you first');
        $learner->goalMilestoneDrop($other);
        $learner->goalMeasurementAdd(goal: $goal, value: 2);
        same(2.0, $teacher->goalMeasurementList($goal)[0]->value);
        same([0.5, 1], [$learner->goalProgressGet($goal)->share, $learner->goalProgressGet($goal)->milestones_reached]);
        $shown = $learner->demonstrationAdd(goal: $goal, title: 'At the table', media: [['reference' => 'https://example.org/film', 'alternative' => 'I explain']]);
        $teacher->demonstrationRate($shown, [['criterion' => 'Clear', 'level' => 3]]);
        $learner->demonstrationRate($shown, [['criterion' => 'Clear', 'level' => 2]]);
        same([[3, false], [2, true]], array_map(fn ($r) => [$r->level, $r->is_self], $learner->demonstrationRatingList($shown)));
        same(['At the table', 'I explain'], [$learner->demonstrationList($goal)[0]->title, $learner->demonstrationMediaList($shown)[0]->alternative]);
        $learner->goalReflect($goal, 'Better now');
        same('Better now', $teacher->goalReflectionList($goal)[0]->content);
    },
    'forecasts' => function (string $folder) {
        same(40.0, round(forecastLine([0, 7, 14], [10, 17, 24], target: 50, by: 60, confidence: 0.8)->expected, 9));
        same(20.0, round(forecastCount(10, 4, target: 8, by: null, confidence: 0.8)->expected, 9));
    },
    'advice and figures' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $goal = $learner->goalPropose(learner: 'learner-1', statement: 'Read');
        check(in_array('advice.goal.due_on', array_map(fn ($a) => $a->code, $learner->goalAdviceList($goal)), true), 'advice');
        same([], $teacher->standardList('learner-1', [$teacher->competencyList()[0]->id]));
        foreach ($teacher->goalCountList(class_id: 'class-5A') as $count) same(0, $count->learners % 5);
        same(1, array_sum(array_map(fn ($c) => $c->open, $teacher->goalCoverageList('class-5A'))));
        $cycle = $teacher->cycleOpen(class_id: 'class-5A', title: 'Autumn');
        same([1], array_map(fn ($d) => $d->proposed, $learner->goalDecisionsList($cycle)));
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
