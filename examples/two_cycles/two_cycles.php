<?php
/**
 * Two whole cycles in PHP: a diagnostic with two parallel forms, groups from what it found, a second cycle with the forms crossed over, growth, what the groups achieved, and new groups.
 *
 *     php two_cycles.php
 *
 * The school is made here, of twelve learners, so that each step can be read. The store's clock is set to days of the school year. A host leaves it alone.
 */
declare(strict_types=1);

use Personalize\Actor;
use Personalize\MasteryDecision;
use Personalize\Role;
use Personalize\Scope;
use Personalize\SeatState;
use Personalize\Store;
use function Personalize\accuracyOf;

require getenv('PERSONALIZE_PHP') ?: 'personalize.php';

const LEARNERS = 12;
const ITEMS = 4;
const SKILLS = ['comparing fractions', 'adding fractions']; // the first comes before the second

final class SchoolClock
{
    private DateTimeImmutable $now;

    public function set(string $moment): void
    {
        $this->now = new DateTimeImmutable($moment);
    }

    public function __invoke(): DateTimeImmutable
    {
        return $this->now = $this->now->modify('+1 millisecond'); // time goes on between two calls
    }
}

/** One class with its teacher, two skills, and a bank of items for each skill: as an import would bring them. */
final class School
{
    public int $class, $teacher;
    public array $learners = [], $skills = [], $items = [];

    public function __construct(Actor $office)
    {
        $this->class = $office->classSave(org: $office->orgSave(name: 'School'), title: '5A');
        $this->teacher = $office->personSave(given_name: 'Teacher', family_name: 'One');
        $office->enrollmentSave(class_id: $this->class, person: $this->teacher, role: Role::Teacher);
        for ($i = 0; $i < LEARNERS; $i++) {
            $this->learners[] = $office->personSave(given_name: "Learner $i", family_name: 'Two');
        }
        foreach ($this->learners as $learner) {
            $office->enrollmentSave(class_id: $this->class, person: $learner, role: Role::Learner);
        }
        $framework = $office->frameworkSave(title: 'Fractions');
        foreach (SKILLS as $n => $skill) {
            $this->skills[] = $office->competencySave(framework: $framework, code: $skill, statement: $skill, position: $n);
        }
        $office->associationSave(framework: $framework, kind: 'precedes', origin: $this->skills[0], destination: $this->skills[1]);
        foreach ($this->skills as $n => $skill) {
            for ($i = 0; $i < 4 * ITEMS; $i++) { // for four forms
                $this->items[$n][] = $item = $office->itemSave(code: "$n.$i");
                $office->bearingsSet('item', $item, [['of' => $item, 'competency' => $skill, 'weight' => 1.0]]);
            }
        }
    }

    public function place(int $learner): int
    {
        return array_search($learner, $this->learners, true);
    }
}

/** Of four items in a skill a learner gets none, two or four right, the later ones; teaching adds to it. */
function answersRight(int $learner, int $skill, int $item, int $extra): bool
{
    return $item >= 4 - [0, 2, 4][($skill === 0 ? $learner : intdiv($learner, 4)) % 3] - $extra;
}

/** The answers of those who have a seat in a form, in one batch: columns of equal length. Gives what was foreseen, and what came. */
function sit(Actor $teacher, School $school, int $form, array $places, int $firstItem, callable $extra): array
{
    $columns = ['learner' => [], 'competency' => [], 'item' => [], 'score' => [], 'assessment' => []];
    foreach ($places as $place) {
        foreach ($school->skills as $n => $skill) {
            for ($item = 0; $item < ITEMS; $item++) {
                $columns['learner'][] = $school->learners[$place];
                $columns['competency'][] = $skill;
                $columns['item'][] = $school->items[$n][$firstItem + $item];
                $columns['score'][] = answersRight($place, $n, $item, $extra($place, $n)) ? 1.0 : 0.0;
                $columns['assessment'][] = $form;
            }
        }
    }
    return [$teacher->evidenceAddPredicted($columns)->prediction, $columns['score']];
}

/** Two parallel forms on the same days, each for one half of the class; then what is missing is looked at, and all sit theirs. */
function holdForms(Actor $teacher, School $school, int $cycle, array $forms, array $earlier, int $firstItem, array $days, callable $extra): void
{
    foreach ($forms as $form) {
        $teacher->cycleSchedule($cycle, $form, ...$days, may_overlap: true);
    }
    $teacher->formsCross(...$forms, ...$earlier, seed: 3);
    $teacher->assessmentSeatsSet(array_map(
        fn (int $form): array => ['assessment' => $form, 'learner' => $school->learners[11], 'state' => SeatState::Exempt, 'reason' => 'Away'], $forms));
    $teacher->cycleCollect($cycle);
    echo '  missing before: ', count($teacher->cycleMissingList($cycle)), "\n";
    $predictions = $scores = [];
    foreach ($forms as $n => $form) {
        $waiting = array_filter($teacher->assessmentSeatList($form), fn ($seat): bool => $seat->is_missing);
        $places = array_values(array_map(fn ($seat): int => $school->place($seat->learner), $waiting));
        echo '  form ', 'AB'[$n], ': ', implode(', ', $places), "\n";
        [$found, $given] = sit($teacher, $school, $form, $places, $firstItem + $n * ITEMS, $extra);
        $predictions = array_merge($predictions, $found);
        $scores = array_merge($scores, $given);
    }
    echo '  missing after: ', count($teacher->cycleMissingList($cycle)), "\n";
    printf("  the model foresaw the answers with an AUC of %.2f\n", accuracyOf($predictions, $scores)->auc);
}

function showResults(Actor $teacher, School $school, int $cycle): void
{
    foreach ($school->skills as $n => $skill) {
        $results = $teacher->cycleResultList(cycle: $cycle, competency: $skill);
        $count = fn (MasteryDecision $decision): int => count(array_filter($results, fn ($result): bool => $result->decision === $decision));
        $grown = array_filter(array_map(fn ($result): ?float => $result->growth, $results), fn (?float $growth): bool => $growth !== null);
        printf('  %s: %d mastered, %d not yet, %d not enough evidence', SKILLS[$n], ...array_map($count, MasteryDecision::cases()));
        echo $grown ? sprintf('; mean growth %.2f of %d learners', array_sum($grown) / count($grown), count($grown)) : '', "\n";
    }
    $unsettled = $teacher->cycleUnsettledList($cycle);
    $times = count(array_unique(array_map(fn ($row): string => "$row->learner $row->competency", $unsettled)));
    echo "  undecided: $times times, settled at best by ", count($unsettled), " more answers\n";
}

/** Groups by need from what the cycle found, accepted as they are. Gives what each learner works on. */
function formGroups(Actor $teacher, School $school, int $cycle): array
{
    $chosen = $teacher->groupingRecommend(class_id: $school->class, cycle: $cycle, size_min: 3, size_max: 4, seed: 5);
    $members = $teacher->groupMemberList($chosen);
    $focus = [];
    foreach ($teacher->groupList($chosen) as $group) {
        $places = [];
        foreach ($members as $member) {
            if ($member->group_no === $group->group_no) {
                $places[] = $school->place($member->learner);
                $focus[$school->place($member->learner)] = $group->competency;
            }
        }
        sort($places);
        $work = $group->competency === null ? 'what each needs' : SKILLS[array_search($group->competency, $school->skills, true)];
        echo "  group $group->group_no works on $work: ", implode(', ', $places), "\n";
    }
    $teacher->recommendationAccept($chosen, $teacher->recommendationGet($chosen)->version);
    return $focus;
}

function showEffects(Actor $teacher, int $cycle): void
{
    $figure = fn (?float $value): string => $value === null ? 'nobody' : sprintf('%.2f', $value);
    foreach ($teacher->cycleEffectList($cycle) as $effect) {
        $interval = $effect->lower === null ? 'too few to say how sure' : sprintf('95 %% from %.2f to %.2f', $effect->lower, $effect->upper);
        $measure = strtolower(preg_replace('/(?<!^)[A-Z]/', ' $0', $effect->measure->name));
        echo "  group $effect->group_no, $measure: ", $figure($effect->value), " of $effect->learners against ", $figure($effect->others_value), " of $effect->others, $interval\n";
    }
}

function run(Store $store, SchoolClock $clock): void
{
    $office = $store->actorOpenService('office', Scope::Import, 'start of the year');
    $school = new School($office);
    $teacher = $store->actorOpen($school->teacher, Role::Teacher, 'two cycles');
    $forms = [];
    foreach (['A' => 'diagnostic', 'B' => 'diagnostic', 'C' => 'interim', 'D' => 'interim'] as $name => $kind) {
        $forms[] = $teacher->assessmentSave(class_id: $school->class, title: "Form $name", kind: $kind);
    }
    echo "The first cycle: a diagnostic\n";
    $first = $teacher->cycleOpen(class_id: $school->class, title: 'Autumn', kind: 'diagnostic', opens_on: '2025-09-01', closes_on: '2025-10-10');
    $clock->set('2025-09-15 09:00 UTC');
    holdForms($teacher, $school, $first, [$forms[0], $forms[1]], [null, null], 0, ['2025-09-15', '2025-09-19'], fn (): int => 0);
    $clock->set('2025-10-13 09:00 UTC');
    $teacher->cycleClose($first);
    showResults($teacher, $school, $first);
    echo "Groups for the next weeks\n";
    $focus = formGroups($teacher, $school, $first);
    echo "The second cycle: forms crossed over\n";
    $second = $teacher->cycleHandOver($first, title: 'Winter', kind: 'interim', opens_on: '2025-10-13', closes_on: '2025-11-28');
    $clock->set('2025-11-17 09:00 UTC');
    $taught = fn (int $place, int $skill): int => ($focus[$place] ?? null) === $school->skills[$skill] ? 3 : $place % 2;
    holdForms($teacher, $school, $second, [$forms[2], $forms[3]], [$forms[0], $forms[1]], 2 * ITEMS, ['2025-11-17', '2025-11-21'], $taught);
    $clock->set('2025-12-01 09:00 UTC');
    $teacher->cycleClose($second);
    showResults($teacher, $school, $second);
    echo "What the groups achieved, against the others of the class\n";
    showEffects($teacher, $second);
    echo "New groups\n";
    formGroups($teacher, $school, $second);
}

$clock = new SchoolClock();
$clock->set('2025-09-01 08:00 UTC');
$path = tempnam(sys_get_temp_dir(), 'school');
unlink($path); // a store makes its file itself
run(Store::create($path, clock: $clock), $clock);
array_map('unlink', glob("$path*"));
