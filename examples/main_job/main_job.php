<?php
/**
 * The main job in PHP: a school's files go in; who has mastered what, what changed, who needs what next, groups with their reasons,
 * goals and a page for the teacher come out.
 *
 *     php main_job.php SAMPLE_SCHOOL_FOLDER RESULT_FOLDER
 *
 * The store's clock is set to the days of the school year, so that at the end an earlier day can be asked again. A host leaves the
 * clock alone.
 */
declare(strict_types=1);

use Personalize\Actor;
use Personalize\AssessmentKind;
use Personalize\GoalMeasure;
use Personalize\GoalState;
use Personalize\Kind;
use Personalize\MasteryDecision;
use Personalize\Role;
use Personalize\Scope;
use Personalize\Store;

require getenv('PERSONALIZE_PHP') ?: 'personalize.php';

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

function importCsv(Actor $importer, string $folder, string $name, string $mapping): void
{
    $importer->importCsv("$folder/$name", file_get_contents("$folder/mappings/$mapping"), source: 'sample-school');
    echo "  imported $name\n";
}

function importStart(Store $store, string $folder): void
{
    $importer = $store->service('nightly import', Scope::Import, purpose: 'start of the school year');
    $importer->importCase("$folder/framework.json", source: 'sample-school');
    $importer->importOneroster("$folder/oneroster.zip", source: 'sample-school');
    echo "  imported framework.json and oneroster.zip\n";
    foreach (['interests', 'needs', 'supports', 'test-scores'] as $name) {
        importCsv($importer, $folder, "$name.csv", "$name.json");
    }
    $importer->close();
}

function importAnswers(Store $store, string $folder, string $name): void
{
    $importer = $store->service('nightly import', Scope::Import, purpose: 'answers of the cycle');
    importCsv($importer, $folder, $name, 'answers.json');
    $importer->close();
}

function showMastery(Actor $teacher, int $class): void
{
    $rows = $teacher->mastery(class_id: $class);
    $decided = fn (MasteryDecision $decision) => count(array_filter($rows, fn ($row) => $row->decision === $decision));
    printf("  %d estimates: %d mastered, %d not yet, %d not enough evidence\n", count($rows), $decided(MasteryDecision::Mastered),
        $decided(MasteryDecision::NotYet), $decided(MasteryDecision::NotEnoughEvidence));
    if ($rows) {
        printf("  the first: %.2f with a standard error of %.2f from %d answers\n", $rows[0]->estimate, $rows[0]->standard_error,
            $rows[0]->evidence_count);
    }
}

function showCycle(Actor $teacher, int $cycle, int $class): void
{
    $rows = $teacher->cycleResultList(cycle: $cycle, class_id: $class);
    $grown = count(array_filter($rows, fn ($row) => $row->growth !== null && $row->growth > 1.96 * $row->growth_standard_error));
    $needs = count(array_filter($rows, fn ($row) => $row->is_need));
    $steps = count(array_filter($rows, fn ($row) => $row->step === 1));
    printf("  %d results: growth beyond its error in %d, %d needs, %d next steps whose prerequisites are mastered\n", count($rows), $grown,
        $needs, $steps);
}

function recommend(Actor $teacher, int $class, int $cycle): void
{
    $made = $teacher->recommendGroups($class, cycle: $cycle, title: 'Next two weeks');
    foreach ($teacher->groupList($made, 'en') as $group) {
        echo "  group $group->group_no: $group->rationale\n";
    }
    echo '  made again from the seed: ', $teacher->recommendationReplay($made) ? 'the same groups' : 'OTHER GROUPS', "\n";
    $teacher->recommendationAccept($made, $teacher->recommendationGet($made)->version, note: 'Fits with the seating');
}

function proposeGoal(Store $store): void
{
    $learner = $store->actor('learner-060', Role::Learner, purpose: 'my goals');
    $counselor = $store->actor('counselor-001', Role::Counselor, purpose: 'talk about goals');
    [$competency] = $learner->competencyList(code: '5.FR.1');
    $goal = $learner->goalPropose(learner: 'learner-060', statement: 'I want to explain to my brother how to add fractions.',
        measure: GoalMeasure::Mastery, competency: $competency, due_on: '2026-03-27');
    $learner->goalAsk($goal, 'counselor-001', Role::Counselor);
    $counselor->goalSupport($goal, note: 'We look at it every second Friday.');
    $learner->goalStart($goal, 'I begin today.');
    echo '  the goal is ', $learner->goalGet($goal)->state === GoalState::Active ? 'active' : 'NOT ACTIVE', "\n";
    $counselor->close();
    $learner->close();
}

function main(string $folder, string $results): void
{
    $clock = new SchoolClock();
    $clock->set('2025-09-01T06:00:00Z');
    $store = Store::create("$results/school.pz", name: 'Riverside School', time_zone: 'UTC', clock: $clock);

    echo "Files in\n";
    importStart($store, $folder);
    $leader = $store->actor('leader-001', Role::Leader, purpose: 'assessment cycles');
    $teacher = $store->actor('teacher-003', Role::Teacher, purpose: 'class page');
    $class = $teacher->idResolve(Kind::SchoolClass, 'sample-school', 'math-05a');

    echo "Cycle one\n";
    $fall = $leader->cycleOpen(org: 'riverside', title: 'Fall', kind: AssessmentKind::Diagnostic, opens_on: '2025-09-01', closes_on: '2025-10-03');
    $leader->cycleCollect($fall);
    $clock->set('2025-10-03T18:00:00Z');
    importAnswers($store, $folder, 'answers-fall.csv');
    $leader->cycleClose($fall);
    showMastery($teacher, $class);

    echo "Cycle two\n";
    $clock->set('2026-01-19T06:00:00Z');
    $winter = $leader->cycleHandOver($fall, title: 'Winter', kind: AssessmentKind::Interim, org: 'riverside', opens_on: '2026-01-19',
        closes_on: '2026-02-20');
    $leader->cycleCollect($winter);
    $clock->set('2026-02-20T18:00:00Z');
    importAnswers($store, $folder, 'answers-winter.csv');
    $leader->cycleClose($winter);
    showMastery($teacher, $class);
    showCycle($teacher, $winter, $class);

    echo "Groups for the class\n";
    recommend($teacher, $class, $winter);

    echo "A goal\n";
    proposeGoal($store);

    echo "The same class, asked as of 1 December\n";
    $past = $teacher->asOf(new DateTimeImmutable('2025-12-01T12:00:00Z'));
    showMastery($past, $class);
    $past->close();

    echo "The class page\n";
    file_put_contents("$results/class-page.html", $teacher->classPage($class));
    echo "  wrote $results/class-page.html\n";
    $teacher->close();
    $leader->close();
    $store->close();
    echo "The store is $results/school.pz\n";
}

if ($argc !== 3) {
    fwrite(STDERR, "usage: php $argv[0] SAMPLE_SCHOOL_FOLDER RESULT_FOLDER\n");
    exit(2);
}
main($argv[1], $argv[2]);
