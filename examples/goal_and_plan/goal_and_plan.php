<?php
/**
 * A goal, in PHP: a learner proposes it, negotiates it with a counselor, works on it by milestones, demonstrates, and reflects.
 *
 *     php goal_and_plan.php SAMPLE_SCHOOL_FOLDER RESULT_FOLDER
 *
 * The store's clock is set to days of the school year. A host leaves it alone.
 */
declare(strict_types=1);

use Personalize\Actor;
use Personalize\GoalMeasure;
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

function sayState(Actor $learner, int $goal): void
{
    echo '  the goal is ', strtolower($learner->goalGet($goal)->state->name), "\n";
}

function negotiate(Actor $learner, Actor $counselor): int
{
    echo "A goal is proposed and negotiated\n";
    $goal = $learner->goalPropose(learner: 'learner-060', statement: 'Read more', reason: 'I like stories about trains', confidence: 0.6);
    foreach ($learner->goalAdviceList($goal) as $advice) {
        if (in_array($advice->field, ['statement', 'due_on'], true)) {
            echo "  advice: $advice->words\n";
        }
    }
    $counselor->goalRevise($counselor->goalGet($goal), statement: 'Read four books about trains', measure: GoalMeasure::Count, measured: 'books read',
        baseline: 0, target: 4, due_on: '2026-01-30', why: 'So that we can see it grow');
    sayState($learner, $goal);
    $request = $learner->goalRequestList($goal)[0];
    echo '  the counselor asks for: ', $learner->goalRevisionGet($request->id)->statement, "\n";
    $learner->goalAnswer($request->id, 1, 'Good, four');
    $counselor->goalSupport($goal, 'We talk about each book');
    sayState($learner, $goal);
    $learner->goalStart($goal, 'I begin tonight');
    sayState($learner, $goal);
    return $goal;
}

function work(Actor $learner, Actor $counselor, int $goal, SchoolClock $clock): void
{
    echo "It is worked on\n";
    $milestone = $learner->goalMilestoneAdd(goal: $goal, statement: 'The first book', due_on: '2025-11-20');
    $clock->set('2025-11-18T16:00:00Z');
    $learner->goalMilestoneReach($milestone, description: 'Told the counselor about it');
    $learner->goalMeasurementAdd(goal: $goal, value: 2);
    echo '  ', $learner->goalProgressGet($goal)->words, "\n";
    $clock->set('2025-12-15T16:00:00Z');
    $learner->goalMeasurementAdd(goal: $goal, value: 4);
    $shown = $learner->demonstrationAdd(goal: $goal, title: 'Four stories told to the class',
        media: [['reference' => 'https://school.example/stories', 'alternative' => 'I tell the four stories']]);
    $counselor->demonstrationRate($shown, [['criterion' => 'Tells it so that others follow', 'level' => 4, 'levels' => 4]]);
    $learner->demonstrationRate($shown, [['criterion' => 'Tells it so that others follow', 'level' => 3, 'levels' => 4]]);
    foreach ($learner->demonstrationRatingList($shown) as $rating) {
        echo $rating->is_self ? '  own rating: ' : '  rating: ', $rating->level, ' of ', $rating->levels, "\n";
    }
}

function finish(Actor $learner, Actor $counselor, int $goal): void
{
    echo "It is achieved\n";
    $request = $learner->goalAchieve($goal, null, 'I read more than I thought I could');
    $counselor->goalAnswer($request, 1, 'You did');
    sayState($learner, $goal);
    $learner->goalReflect($goal, 'Next time I choose longer books');
    $counselor->goalReflect($goal, 'Choosing the books yourself made the difference');
    foreach ($learner->goalReflectionList($goal) as $reflection) {
        echo '  ', strtolower($reflection->role->name), ": $reflection->content\n";
    }
}

if ($argc !== 3) {
    fwrite(STDERR, "usage: {$argv[0]} SAMPLE_SCHOOL_FOLDER RESULT_FOLDER\n");
    exit(2);
}
[, $folder, $results] = $argv;
$clock = new SchoolClock();
$clock->set('2025-11-03T09:00:00Z');
$store = Store::create("$results/school.pz", name: 'Riverside School', clock: $clock);
$store->service('nightly import', Scope::Import, purpose: 'start of the school year')->importOneroster("$folder/oneroster.zip", source: 'sample-school');
$learner = $store->actor('learner-060', Role::Learner, purpose: 'example');
$counselor = $store->actor('counselor-001', Role::Counselor, purpose: 'example');
$goal = negotiate($learner, $counselor);
work($learner, $counselor, $goal, $clock);
finish($learner, $counselor, $goal);
echo "The store is $results/school.pz\n";
