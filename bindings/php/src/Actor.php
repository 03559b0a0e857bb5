<?php
declare(strict_types=1);

namespace Personalize;

/** A person in a role, or a service, with a purpose: what reads and writes people's data. Made by Store::actor(). */
class Actor extends Handled
{
    use ActorMethods;

    private function __construct()
    {
    }

    /**
     * Joins the writes that $writes does into one change: all are seen at once, or after an exception none.
     *
     * @template T
     * @param callable(self): T $writes is not called if the key was committed before
     * @return T|null what $writes returned
     * @throws Exception
     */
    public function change(mixed $action, mixed $writes, mixed $key = null): mixed
    {
        if (!is_callable($writes)) {
            Native\throw_wrong_type('writes', 'callable', $writes);
        }
        if ($this->changeBegin($action, $key)) {
            return null;
        }
        try {
            $result = $writes($this);
        } catch (\Throwable $error) {
            $this->changeUndo();
            throw $error;
        }
        $this->changeCommit();
        return $result;
    }

    /**
     * Events after $cursor, oldest first, page by page. Keep $event->cursor of the last to go on after it.
     *
     * @return \Generator<int, Event>
     * @throws Exception
     */
    public function events(mixed $cursor = 0, mixed $limit = 1000): \Generator
    {
        do {
            $before = $cursor;
            [$rows, $cursor] = $this->changesSince($before, $limit);
            foreach ($rows as $row) {
                yield $row;
            }
        } while ($cursor !== $before);
    }

    // Short names for what is asked most.

    /** @return list<SchoolClass> classes in reach, the same as classList() */
    public function classes(mixed $learner = null, mixed $with_ended = false): array
    {
        return $this->classList(learner: $learner, with_ended: $with_ended);
    }

    /** @return list<Person> people in reach, the same as personList() */
    public function people(mixed $query = null, mixed ...$members): array
    {
        return $this->personList($query, ...$members);
    }

    /** @return list<Person> learners of a class today */
    public function learners(mixed $class_id): array
    {
        return $this->personList(class_id: $class_id, role: Role::Learner);
    }

    /** @return list<LearnerMastery> mastery in reach, the same as learnerMasteryList() */
    public function mastery(mixed $query = null, mixed ...$members): array
    {
        return $this->learnerMasteryList($query, ...$members);
    }

    /** Why a learner's mastery is what it is, the same as learnerMasteryExplain(). */
    public function explainMastery(mixed $learner, mixed $competency, mixed $language = null): array
    {
        return $this->learnerMasteryExplain($learner, $competency, $language);
    }

    /** @return list<Goal> goals in reach, the same as goalList() */
    public function goals(mixed $query = null, mixed ...$members): array
    {
        return $this->goalList($query, ...$members);
    }

    /** The profile as one document, the same as profileGet(). */
    public function profile(mixed $learner, mixed $language = null): array
    {
        return $this->profileGet($learner, $language);
    }

    /** Recommends groups for a class and keeps the recommendation, the same as groupingRecommend(). */
    public function recommendGroups(mixed $class_id, mixed $rules = null, mixed ...$members): ?int
    {
        Binding::byName(GroupingRequest::class, $members);
        return $this->groupingRecommend(...['class_id' => $class_id, 'rules' => $rules] + $members);
    }
}
