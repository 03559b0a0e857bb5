<?php
/**
 * A small school, written through the interface: two classes, eight learners, and the people around them.
 */
declare(strict_types=1);

use Personalize\Actor;
use Personalize\EvidenceKind;
use Personalize\Role;
use Personalize\Scope;
use Personalize\Store;

require_once __DIR__ . '/support.php';

final class School
{
    public const FIRST_DAY = '2026-09-01';
    public const LAST_DAY = '2027-06-30';
    private const NAMES = ['Ana', 'Ben', 'Chi', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal'];

    public readonly string $path;
    public readonly Store $store;
    public int $district, $school, $term, $course, $classA, $classB, $teacher, $otherTeacher, $guardian, $counselor, $leader, $framework;
    /** @var list<int> */
    public array $learners = [], $competencies = [];

    public function __construct(string $folder, public readonly Clock $clock = new Clock())
    {
        $this->path = "$folder/school.db";
        $this->store = Store::create($this->path, name: 'Riverside', clock: $clock, random_seed: 7);
        $importer = $this->service();
        $importer->change('roster', $this->people(...), key: 'roster');
        $importer->change('framework', $this->framework(...), key: 'framework');
        $importer->close();
        $clock->move('+1 hour');
    }

    public function service(mixed $scopes = [Scope::Import, Scope::Read, Scope::Recommend]): Actor
    {
        return $this->store->service('nightly import', $scopes, purpose: 'test');
    }

    public function actor(mixed $person, mixed $role): Actor
    {
        return $this->store->actor($person, $role, purpose: 'test');
    }

    private function people(Actor $importer): void
    {
        $this->district = $importer->orgSave(kind: 'district', name: 'Valley', source: 'sis', outside_id: 'org-1');
        $this->school = $importer->orgSave(kind: 'school', name: 'Riverside', parent: $this->district, source: 'sis', outside_id: 'org-2');
        $this->term = $importer->academicSessionSave(title: 'Autumn', kind: 'term', starts_on: self::FIRST_DAY, ends_on: self::LAST_DAY, source: 'sis',
            outside_id: 'term-1');
        $this->course = $importer->courseSave(org: $this->school, session: $this->term, title: 'Mathematics 5', source: 'sis', outside_id: 'course-1');
        foreach (['A', 'B'] as $letter) {
            $this->{"class$letter"} = $importer->classSave(org: $this->school, course: $this->course, title: "5$letter", code: "5$letter",
                sessions: (string) $this->term, source: 'sis', outside_id: "class-5$letter");
        }
        foreach (self::NAMES as $i => $name) {
            $this->learners[] = $this->person($importer, $name, 'learner-' . ($i + 1), Role::Learner);
        }
        $this->teacher = $this->person($importer, 'Tom', 'teacher-1', Role::Teacher);
        $this->otherTeacher = $this->person($importer, 'Una', 'teacher-2', Role::Teacher);
        $this->guardian = $this->person($importer, 'Gia', 'guardian-1', Role::Guardian);
        $this->counselor = $this->person($importer, 'Col', 'counselor-1', Role::Counselor);
        $this->leader = $this->person($importer, 'Lea', 'leader-1', Role::Leader);
        foreach ($this->learners as $i => $learner) {
            $importer->enrollmentSave(class_id: $i < 6 ? $this->classA : $this->classB, person: $learner, begins_on: self::FIRST_DAY, source: 'sis',
                outside_id: "enrollment-$i");
        }
        $importer->enrollmentSave(class_id: $this->classA, person: $this->teacher, role: Role::Teacher, is_primary: true, begins_on: self::FIRST_DAY);
        $importer->enrollmentSave(class_id: $this->classB, person: $this->otherTeacher, role: 'teacher', is_primary: true, begins_on: self::FIRST_DAY);
        $importer->guardianshipAdd($this->learners[0], $this->guardian);
    }

    private function person(Actor $importer, string $name, string $outside_id, Role $role): int
    {
        $person = $importer->personSave(given_name: $name, family_name: 'Example', username: strtolower($name), source: 'sis', outside_id: $outside_id);
        $importer->personRoleSave(person: $person, org: $this->school, role: $role, begins_on: self::FIRST_DAY);
        return $person;
    }

    private function framework(Actor $importer): void
    {
        $this->framework = $importer->frameworkSave(title: 'Fractions', language: 'en', source: 'case', outside_id: 'framework-1');
        foreach (['F.1' => 'Name unit fractions', 'F.2' => 'Compare fractions', 'F.3' => 'Add fractions'] as $code => $statement) {
            $this->competencies[] = $importer->competencySave(framework: $this->framework, code: $code, statement: $statement,
                position: count($this->competencies), source: 'case', outside_id: $code);
        }
        foreach ([[0, 1], [1, 2]] as [$origin, $destination]) {
            $importer->associationSave(framework: $this->framework, kind: 'precedes', origin: $this->competencies[$origin],
                destination: $this->competencies[$destination]);
        }
    }

    /** Columns of made-up answers: the later a learner in the list, the better. */
    public function answers(int $seed = 1, int $perLearner = 4, ?float $skill = null): array
    {
        mt_srand($seed);
        $columns = ['learner' => [], 'competency' => [], 'score' => [], 'at' => [], 'kind' => []];
        foreach ($this->learners as $place => $learner) {
            foreach ($this->competencies as $step => $competency) {
                for ($answer = 0; $answer < $perLearner; $answer++) {
                    $chance = ($skill ?? 0.25 + 0.09 * $place) - 0.1 * $step;
                    $columns['learner'][] = $learner;
                    $columns['competency'][] = $competency;
                    $columns['score'][] = mt_rand() / mt_getrandmax() < $chance ? 1.0 : 0.0;
                    $columns['at'][] = new DateTimeImmutable('2026-09-01T08:00:00Z +' . count($columns['at']) . ' minutes');
                    $columns['kind'][] = EvidenceKind::Response;
                }
            }
        }
        return $columns;
    }

    public function addAnswers(string $key = 'answers', mixed ...$options): Personalize\EvidenceSummary
    {
        $importer = $this->service();
        return $importer->evidenceAdd($this->answers(...$options), key: $key);
    }
}
