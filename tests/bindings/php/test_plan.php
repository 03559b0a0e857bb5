<?php
/** Learning plans: templates, filled and changed, signed, reviewed, carried over. */
declare(strict_types=1);

use Personalize\{ConflictException, DeniedException, Kind, PlanState, Role};

require __DIR__ . '/school.php';

run([
    'from a template to the next year' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $goal = $learner->goalPropose(learner: 'learner-1', statement: 'Explain fractions');
        $plan = $teacher->planBegin('learner-1', '2026-09-01', framework: 'framework-1');
        $found = $learner->planGet($plan);
        same([PlanState::Draft, 'My learning plan', 2], [$found->state, $found->title, $found->parts]);
        same([Kind::Goal, Kind::Competency], array_map(fn ($p) => $p->record_kind, $learner->planPartList($plan)));
        $learner->planSave($found->with(vision: 'Teach my brother'), [['record_kind' => 'goal', 'record' => $goal]]);
        refused(ConflictException::class, fn () => $teacher->planSave($found->with(title: 'Else'), []));
        $version = $learner->planGet($plan)->version;
        $learner->planSign($plan, $version);
        $teacher->planSign($plan, $version, 'Gladly');
        refused(DeniedException::class, fn () => $school->actor('leader-1', Role::Leader)->planSign($plan, $version));
        $guardian = $school->actor('guardian-1', Role::Guardian);
        $guardian->planSign($plan, $version);
        same(PlanState::Agreed, $learner->planGet($plan)->state);
        same(3, count($learner->planSignatureList($plan)));
        same([], $guardian->planDocument($plan)['missing']);
        $checkin = $teacher->checkinPlan(learner: 'learner-1', due_on: '2026-10-01');
        $teacher->planReviewAdd($plan, $checkin, 'On its way');
        same('On its way', $learner->planReviewList($plan)[0]->outcome);
        $next = $teacher->planCarryOver($plan, '2027-09-01', '2028-06-30');
        same([PlanState::Closed, PlanState::Draft], array_map(fn ($p) => $p->state, $learner->planList()));
        same(4, count($learner->planHistory($plan)));
        $learner->planClose($next);
    },
    'templates' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $template = $teacher->planTemplateSave(org: $school->school, title: 'Science', weeks: 10);
        $copy = $teacher->planTemplateCopy($template, $school->school, 'Arts');
        $rows = $teacher->planTemplateList();
        same([5, 'Arts', $school->teacher], [count($rows), $rows[4]->title, $rows[4]->copied_author]);
        same($copy, $rows[4]->id);
    },
]);
