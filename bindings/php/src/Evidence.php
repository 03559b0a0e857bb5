<?php
declare(strict_types=1);

namespace Personalize;

/**
 * A batch of evidence as columns of equal length. A column is an array of numbers, or a string of packed ones (`pack('q*', ...)` for ids and times,
 * `pack('d*', ...)` for score and weight, `pack('l*', ...)` for kind and option), which is taken without copying. Columns that are null hold their default in
 * every row.
 *
 * @implements \IteratorAggregate<int, array<string, mixed>>
 */
final class Evidence implements \IteratorAggregate, \Countable
{
    private const IDS = ['learner' => Kind::Person, 'competency' => Kind::Competency, 'assessment' => Kind::Assessment, 'item' => Kind::Item];

    /** ids of the learners */
    public readonly array|string|null $learner;
    /** ids of the competencies */
    public readonly array|string|null $competency;
    /** share of what could be reached, 0 to 1 */
    public readonly array|string|null $score;
    /** when it was shown, in microseconds since 1970 in UTC; null: now */
    public readonly array|string|null $at;
    /** above 0, up to 1; null: 1 */
    public readonly array|string|null $weight;
    /** EvidenceKind; null: a response */
    public readonly array|string|null $kind;
    /** ids; 0: none */
    public readonly array|string|null $assessment;
    /** ids; 0: none */
    public readonly array|string|null $item;
    /** number of the chosen option; 0: none */
    public readonly array|string|null $option;
    /** arrival order in the store */
    public readonly array|string|null $sequence;
    /** number of the change that brought the row */
    public readonly array|string|null $change;
    /** out of evidenceAddPredicted() alone: the score that was to be expected before the answer was known */
    public readonly array|string|null $prediction;

    /** @param array<string, mixed>|null $columns */
    public function __construct(mixed $columns = null, mixed ...$more)
    {
        if (!is_array($columns ?? [])) {
            Native\throw_wrong_type('columns', 'an array of columns by name', $columns);
        }
        $columns = array_merge($columns ?? [], $more);
        try {
            foreach (array_keys(get_class_vars(self::class)) as $name) {
                $this->$name = $columns[$name] ?? null;
                unset($columns[$name]);
            }
        } catch (\TypeError $error) {
            Binding::wrongMember(self::class, $error);
        }
        foreach ($columns as $name => $column) {
            Native\throw_invalid((string) $name, "there is no column \"$name\"");
        }
    }

    /** @return array<string, array|string> the columns by name */
    public function toArray(): array
    {
        return array_filter(get_object_vars($this), fn (mixed $column): bool => $column !== null);
    }

    public function count(): int
    {
        return is_array($this->learner) ? count($this->learner) : intdiv(strlen($this->learner ?? ''), 8);
    }

    /** The rows, each an array of its values by name. */
    public function getIterator(): \Generator
    {
        $columns = array_filter($this->toArray(), 'is_array');
        for ($row = 0, $rows = count($this); $row < $rows; $row++) {
            yield array_map(fn (array $column): mixed => $column[$row] ?? null, $columns);
        }
    }

    /**
     * Evidence or an array of columns as arrays of numbers; a single value holds for every row.
     *
     * @internal
     */
    public static function columns(Store|Actor|null $owner, mixed $value, array $members): ?array
    {
        if ($value === null && $members === []) {
            return null;
        }
        if ($value instanceof self) {
            $value = $value->toArray();
        } elseif (!is_array($value) && $value !== null) {
            Native\throw_wrong_type('evidence', 'columns by name', $value);
        }
        $columns = array_merge($value ?? [], $members);
        unset($columns['sequence'], $columns['change'], $columns['prediction']);
        $arrays = array_filter($columns, 'is_array');
        $rows = $arrays ? count(reset($arrays)) : 1;
        foreach ($columns as $name => $column) {
            if (is_int($column) || is_float($column) || is_object($column)) {
                $column = array_fill(0, $rows, $column);
            }
            if (is_array($column) && isset(self::IDS[$name])) {
                $column = self::ids($owner, $column, self::IDS[$name], $name);
            } elseif (is_array($column) && $name === 'kind') {
                $column = array_map(fn (mixed $one): mixed => Binding::number(EvidenceKind::class, $one), $column);
            }
            $columns[$name] = $column;
        }
        return $columns;
    }

    /** Looks up a column of outside ids, all of one source at once. */
    private static function ids(?Actor $owner, array $column, Kind $kind, string $name): array
    {
        $bySource = [];
        foreach ($column as $row => $one) {
            if (is_string($one) || is_array($one)) {
                [$source, $text] = Binding::outsideId($one, $name);
                $bySource[$source ?? ''][$row] = $text;
            } elseif ($one instanceof Record) {
                $column[$row] = Binding::id($owner, $one, $kind, $name);
            }
        }
        foreach ($bySource as $source => $texts) {
            try {
                $found = $owner->idResolveMany($kind, (string) $source, array_values($texts));
                foreach (array_keys($texts) as $place => $row) {
                    $column[$row] = $found[$place] ?: $owner->idResolve($kind, (string) $source, $texts[$row]);
                }
            } catch (Exception $error) {
                throw Binding::named($error, $name);
            }
        }
        return $column;
    }
}
