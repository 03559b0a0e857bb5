<?php
/** Recommended groups: made, explained, answered, changed by hand, made again. */
declare(strict_types=1);

use Personalize\{Actor, ConflictException, GroupingRule, InfeasibleException, InvalidException, RecommendationState, Role, Strategy};

require __DIR__ . '/school.php';

function withAnswers(string $folder): array
{
    $school = new School($folder);
    $school->addAnswers();
    return [$school, $school->actor('teacher-1', Role::Teacher)];
}

function recommend(Actor $teacher, mixed ...$members): int
{
    return $teacher->recommendGroups('class-5A', ...$members, size_min: 2, size_max: 3);
}

run([
    'groups with reasons' => function (string $folder) {
        [$school, $teacher] = withAnswers($folder);
        $made = recommend($teacher, strategy: 'need', title: 'Fractions', seed: 5);
        $found = $teacher->recommendationGet($made);
        same([RecommendationState::Proposed, Strategy::Need, 5, 6], [$found->state, $found->strategy, $found->seed, $found->learners]);
        same(6, array_sum(array_map(fn ($group) => $group->size, $teacher->groupList($made, 'en'))));
        foreach ($teacher->groupMemberList($made) as $member) {
            check($member->rationale !== '', 'a reason for each');
        }
        same(true, $teacher->recommendationReplay($made));
        check(is_array($teacher->recommendationDocument($made, 'es')), 'a document');
        same(1, count($teacher->recommendationList(class_id: 'class-5A', state: 'proposed', limit: 5)));
        check(is_array($teacher->groupingPreview(class_id: $school->classA, size_min: 2, size_max: 3)), 'a preview');
    },
    'rules' => function (string $folder) {
        [$school, $teacher] = withAnswers($folder);
        [$first, $second, $third] = $school->learners;
        $made = recommend($teacher, strategy: Strategy::Random, rules: [new GroupingRule(kind: 'apart', learner: $first, other: $second),
            ['kind' => 'together', 'learner' => 'learner-1', 'other' => $third]]);
        $where = [];
        foreach ($teacher->groupMemberList($made) as $member) {
            $where[$member->learner] = $member->group_no;
        }
        check($where[$first] !== $where[$second] && $where[$first] === $where[$third], 'both hold');
        refused(InfeasibleException::class, fn () => recommend($teacher, rules: [['kind' => 'apart', 'learner' => $first, 'other' => $third],
            ['kind' => 'together', 'learner' => $first, 'other' => $third]]));
        refused(InvalidException::class, fn () => recommend($teacher, strategy: 'clever'));
    },
    'ways and rules of sets' => function (string $folder) {
        [$school, $teacher] = withAnswers($folder);
        [$first, $second, $third, $fourth] = $school->learners;
        $rules = [['kind' => 'not_alone', 'learner' => $first, 'least' => 2], ['kind' => 'not_alone', 'learner' => $second, 'least' => 2],
            ['kind' => 'allowed', 'learner' => $third, 'group_no' => 2], ['kind' => 'common_time', 'least' => 1]];
        foreach ([$third, $fourth] as $one) {
            $rules[] = ['kind' => 'role', 'learner' => $one, 'set_no' => 1, 'least' => 1, 'most' => 1];
        }
        $made = $teacher->recommendGroups('class-5A', strategy: 'rotation', size_min: 3, size_max: 3, rules: $rules);
        $where = [];
        foreach ($teacher->groupMemberList($made) as $member) {
            $where[$member->learner] = $member->group_no;
        }
        same([$where[$second], 2, 1], [$where[$first], $where[$third], $where[$fourth]]);
        foreach ($teacher->groupList(recommend($teacher, strategy: Strategy::Tutoring)) as $pair) {
            same(2, $pair->size);
        }
        refused(InvalidException::class, fn () => recommend($teacher, rules: [['kind' => 'role', 'learner' => $first, 'least' => 2, 'most' => 1]]));
    },
    'opted out' => function (string $folder) {
        [$school, $teacher] = withAnswers($folder);
        $made = recommend($teacher, strategy: 'random', rules: [['kind' => 'opted_out', 'learner' => 'learner-1']]);
        foreach ($teacher->groupMemberList($made) as $member) {
            check($member->learner !== $school->learners[0], 'left out');
        }
        same('reason.learner.opted_out', $teacher->recommendationDocument($made, 'en')['left_out'][0]['code']);
    },
    'earlier teammates' => function (string $folder) {
        [, $teacher] = withAnswers($folder);
        $made = recommend($teacher, strategy: 'random');
        $teacher->recommendationAccept($made, $teacher->recommendationGet($made)->version);
        $before = [];
        foreach ($teacher->groupMemberList($made) as $member) {
            $before[$member->learner] = $member->group_no;
        }
        $again = $teacher->recommendGroups('class-5A', strategy: 'random', size_min: 2, size_max: 2, earlier: 3, earlier_most: 0, earlier_weight: 0.5);
        $pairs = [];
        foreach ($teacher->groupMemberList($again) as $member) {
            $pairs[$member->group_no][] = $before[$member->learner];
        }
        foreach ($pairs as $pair) {
            check($pair[0] !== $pair[1], 'nobody meets again');
        }
        refused(InvalidException::class, fn () => recommend($teacher, earlier: 101));
    },
    'criteria of profiles' => function (string $folder) {
        [$school, $teacher] = withAnswers($folder);
        foreach (array_slice($school->learners, 0, 6) as $number => $learner) {
            $teacher->profileEntryAdd(learner: $learner, section: 'interest', code: ['robots', 'trains'][$number % 2]);
        }
        $made = recommend($teacher, strategy: 'random', groups: 2, criteria: 'interests');
        $where = [];
        foreach ($teacher->groupMemberList($made) as $member) {
            $where[$member->learner] = $member->group_no;
            check(str_contains($member->rationale, 'like 2 of 2 others'), $member->rationale);
        }
        same($where[$school->learners[0]], $where[$school->learners[2]]);
        check($where[$school->learners[0]] !== $where[$school->learners[1]], 'by interest');
        refused(InvalidException::class, fn () => recommend($teacher, criteria: 'likes'));
    },
    'by hand' => function (string $folder) {
        [, $teacher] = withAnswers($folder);
        $made = recommend($teacher, strategy: 'mixed');
        $before = $teacher->recommendationGet($made);
        $moved = array_values(array_filter($teacher->groupMemberList($made), fn ($member) => $member->group_no === 1))[0];
        $version = $teacher->recommendationChange($made, $before->version, [['learner' => $moved->learner, 'group_no' => 2]]);
        same(RecommendationState::Changed, $teacher->recommendationGet($made)->state);
        refused(ConflictException::class, fn () => $teacher->recommendationAccept($made, $before->version));
        $teacher->recommendationAccept($made, $version, 'Good mix');
        same(3, count($teacher->recommendationHistory($made)));
        $other = $teacher->groupingRecommend(class_id: 'class-5A', size_min: 2, size_max: 3, strategy: 'random');
        $teacher->recommendationReject($other, $teacher->recommendationGet($other)->version, 'Not now');
        same(RecommendationState::Rejected, $teacher->recommendationGet($other)->state);
    },
]);
