<?php
/** Check-ins: from an agenda to the next date, with named people, signatures, templates, schedules, and what is late. */
declare(strict_types=1);

use Personalize\{CheckinRhythm, CheckinState, ConflictException, DeniedException, Kind, Presence, Role};

require __DIR__ . '/school.php';

run([
    'from agenda to next date' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $guardian = $school->actor('guardian-1', Role::Guardian);
        $goal = $learner->goalPropose(learner: 'learner-1', statement: 'Read every day', due_on: '2026-09-01');
        $checkin = $teacher->checkinPlan(null, [['person' => $school->guardian, 'role' => 'guardian']], learner: 'learner-1', due_on: '2026-10-01', key: 'plan-1');
        $agenda = $teacher->checkinAgendaList($checkin, 'es');
        same(['¿Quién puede ayudarte?'], array_map(fn ($item) => $item->text, array_slice($agenda, -1)));
        $learner->checkinSign($checkin);
        $guardian->checkinExcuse($checkin, 'At work');
        $found = $teacher->checkinGet($checkin);
        $following = $teacher->checkinHold($checkin, $found->version, 'Twenty minutes a day', [['record_kind' => 'goal', 'record' => $goal]],
            next_on: '2200-01-01');
        $held = $learner->checkinGet($checkin);
        same([CheckinState::Held, 'Twenty minutes a day', $following], [$held->state, $held->outcome, $held->next]);
        same([Presence::Signed, Presence::Excused, Presence::Signed], array_map(fn ($one) => $one->presence, $learner->checkinPersonList($checkin)));
        same(Kind::Goal, $learner->checkinTouchList($checkin)[0]->record_kind);
        $document = $learner->checkinDocument($checkin, 'es');
        same(['Twenty minutes a day', '¿Quién puede ayudarte?'], [$document['checkin']['outcome'], end($document['agenda'])['text']]);
        same(4, count($learner->checkinHistory($checkin)));
        same([$following], array_map(fn ($one) => $one->id, $learner->checkinList(state: 'planned')));
        same(1, count($learner->checkinList(order: 'acted', limit: 1)));
    },
    'moved, cancelled, by template and schedule' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $template = $teacher->checkinTemplateSave(org: $school->school, title: 'Short', prompts: 'How are you?');
        same('Short', $learner->checkinTemplateList()[1]->title);
        $checkin = $teacher->checkinPlan(learner: 'learner-1', due_on: '2026-10-01', template_id: $template);
        $teacher->checkinInvite($checkin, $school->counselor, Role::Counselor);
        $version = $teacher->checkinGet($checkin)->version;
        $learner->checkinMove($checkin, $version, '2026-10-02', 'Illness');
        refused(ConflictException::class, fn () => $learner->checkinMove($checkin, $version, '2026-10-03'));
        refused(DeniedException::class, fn () => $learner->checkinCancel($checkin, 'No'));
        $teacher->checkinCancel($checkin, 'Not needed');
        $teacher->checkinScheduleSet(scope: $school->classA, rhythm: CheckinRhythm::Monthly, starts_on: '2026-09-01');
        same([CheckinRhythm::Monthly], array_map(fn ($one) => $one->rhythm, $teacher->checkinScheduleList()));
        check(is_array($teacher->checkinOverdueList(class_id: $school->classA)), 'a list');
    },
]);
