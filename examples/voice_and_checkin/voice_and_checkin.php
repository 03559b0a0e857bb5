<?php
/**
 * A learner's voice and a check-in, in PHP: a learner says by video what it needs, it is answered and acted on; then learner, guardian and teacher
 * meet, from the agenda to the next date.
 *
 *     php voice_and_checkin.php SAMPLE_SCHOOL_FOLDER RESULT_FOLDER
 *
 * The store's clock is set to days of the school year. A host leaves it alone.
 */
declare(strict_types=1);

use Personalize\Actor;
use Personalize\Kind;
use Personalize\Role;
use Personalize\Scope;
use Personalize\Store;
use Personalize\VoiceAvenue;
use Personalize\VoiceKind;

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

/** What the teacher owes an answer, until it is dealt with. */
function showOwed(Actor $teacher): void
{
    $owed = $teacher->voiceList(owed_only: true);
    foreach ($owed as $entry) {
        $media = $teacher->voiceMediaList($entry->id);
        echo '  waits for the teacher until ', $entry->due_on->format('Y-m-d'), ': ', $media ? $media[0]->alternative : $entry->content, "\n";
    }
    if (!$owed) {
        echo "  nothing waits for the teacher\n";
    }
}

function voice(Actor $learner, Actor $teacher, SchoolClock $clock): void
{
    echo "A need, said by video\n";
    // The host keeps the film; the store keeps where it is, what it is, and what it says in words.
    $film = ['name' => 'What I need.webm', 'reference' => 'voice/2025/7f3a.webm', 'type' => 'video/webm', 'size' => 1048576,
        'hash' => '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'alternative' => 'I need more time when there is a lot to read'];
    $entry = $learner->voiceSay(null, [$film], learner: 'learner-060', kind: VoiceKind::Need, avenue: VoiceAvenue::Video, topic: 'reading',
        key: 'film of 3 November');
    showOwed($teacher);
    $teacher->voiceSee($entry);
    $teacher->voiceReply($entry, 'Thank you. Shall we try it with the next test?');
    $clock->set('2025-11-05T10:00:00Z');
    $teacher->voiceAct($entry, 'Ten minutes more from now on');
    foreach ($learner->voiceAnswerList($entry) as $answer) {
        $state = strtolower(trim(preg_replace('/[A-Z]/', ' $0', $answer->state->name)));
        echo "  $state", $answer->content === null ? '' : ": $answer->content", "\n";
    }
    showOwed($teacher);
}

function checkIn(Actor $learner, Actor $teacher, Actor $guardian, SchoolClock $clock): void
{
    $goal = $learner->goalPropose(learner: 'learner-060', statement: 'Read a book a month', due_on: '2025-11-30');
    echo "A check-in\n";
    $checkin = $teacher->checkinPlan(null, [['person' => 'guardian-087', 'role' => Role::Guardian]], learner: 'learner-060', due_on: '2025-12-01');
    $clock->set('2025-12-01T15:00:00Z');
    foreach ($teacher->checkinAgendaList($checkin) as $item) {
        echo "  agenda: $item->text\n";
    }
    $learner->checkinSign($checkin);
    $guardian->checkinSign($checkin);
    $following = $teacher->checkinHold($checkin, $teacher->checkinGet($checkin)->version, 'A book that the learner chooses, twenty minutes a day',
        [['record_kind' => Kind::Goal, 'record' => $goal, 'note' => 'One more month']], next_on: '2026-01-12', key: 'check-in of 1 December');
    echo '  held; the next one is on ', $guardian->checkinGet($following)->due_on->format('Y-m-d'), "\n";
}

function main(string $folder, string $results): void
{
    $clock = new SchoolClock();
    $clock->set('2025-11-03T09:00:00Z');
    $store = Store::create("$results/school.pz", name: 'Riverside School', clock: $clock);
    $importer = $store->service('nightly import', [Scope::Import], purpose: 'start of the school year');
    $importer->importOneroster("$folder/oneroster.zip", source: 'sample-school');
    $importer->close();
    $learner = $store->actor('learner-060', Role::Learner, purpose: 'example');
    $teacher = $store->actor('teacher-003', Role::Teacher, purpose: 'example');
    $guardian = $store->actor('guardian-087', Role::Guardian, purpose: 'example');
    voice($learner, $teacher, $clock);
    checkIn($learner, $teacher, $guardian, $clock);
    foreach ([$guardian, $teacher, $learner] as $actor) {
        $actor->close();
    }
    $store->close();
    echo "The store is $results/school.pz\n";
}

if ($argc !== 3) {
    fwrite(STDERR, "usage: php $argv[0] SAMPLE_SCHOOL_FOLDER RESULT_FOLDER\n");
    exit(2);
}
main($argv[1], $argv[2]);
