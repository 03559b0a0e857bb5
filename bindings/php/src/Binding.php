<?php
declare(strict_types=1);

namespace Personalize;

/**
 * How arguments become what the extension takes.
 *
 * @internal
 */
final class Binding
{
    /** @var array<string, array<string, mixed>> initial members of each type of record */
    private static array $initial = [];

    /** The id that an argument or member $name gives, as an int. Outside ids are looked up for the kinds of record that have them. */
    public static function id(Store|Actor|null $owner, mixed $value, ?Kind $kind, string $name): mixed
    {
        if (is_int($value) || $value === null) {
            return $value;
        }
        if ($value instanceof Record) {
            return $value->toArray()['id'] ?? Native\throw_invalid('id', 'this ' . $value::class . ' has no id');
        }
        if ($kind !== null && $owner !== null && (is_string($value) || is_array($value))) {
            [$source, $text] = self::outsideId($value, $name);
            try {
                return $owner instanceof Store ? $owner->person($source, $text) : $owner->idResolve($kind, $source, $text);
            } catch (Exception $error) {
                throw self::named($error, $name);
            }
        }
        return $value;
    }

    /** An error of the look-up of an outside id, said of the argument that holds the id. */
    public static function named(Exception $error, string $name): Exception
    {
        if (in_array($error->field, ['text', 'texts', 'source'], true)) {
            $said = $error->field === 'source' ? "the source of $name" : $name;
            $message = preg_replace("/^(The text )?{$error->field}\b/", $said, $error->getMessage());
            (new \ReflectionProperty(\Exception::class, 'message'))->setValue($error, $message);
            $error->field = $name;
        }
        return $error;
    }

    /** @return array{?string, string} source and text */
    public static function outsideId(mixed $value, string $name = 'id'): array
    {
        if (is_string($value)) {
            return [null, $value];
        }
        if (!is_array($value) || !array_is_list($value) || count($value) !== 2 || !is_string($value[0] ?? '') || !is_string($value[1])) {
            Native\throw_wrong_type($name, 'an id, an outside id, or an array of its source and an outside id', $value);
        }
        return $value;
    }

    /**
     * A case of an enumeration from a case, its number, or its name in any spelling.
     *
     * @template T of \BackedEnum
     * @param class-string<T> $class
     * @return T|null
     */
    public static function case(string $class, mixed $value): ?\BackedEnum
    {
        if ($value === null || $value instanceof $class) {
            return $value;
        }
        if (is_int($value)) {
            return $class::tryFrom($value) ?? Native\throw_invalid(self::short($class), self::short($class) . " has no value $value");
        }
        if (!is_string($value)) {
            Native\throw_wrong_type(self::short($class), 'a ' . $class . ', or the name of one', $value);
        }
        $wanted = strtolower(strtr($value, ['_' => '', '-' => '']));
        foreach ($class::cases() as $case) {
            if (strtolower($case->name) === $wanted) {
                return $case;
            }
        }
        $names = implode(', ', array_map(fn (\UnitEnum $case): string => $case->name, $class::cases()));
        Native\throw_invalid(self::short($class), self::short($class) . ' has no value "' . substr($value, 0, 60) . "\"; its values are $names");
        return null;
    }

    /**
     * The number of a case, or of several cases of flags.
     *
     * @param class-string<\BackedEnum> $class
     */
    public static function number(string $class, mixed $value): mixed
    {
        if (is_array($value) && defined("$class::COMBINE")) {
            $given = fn (mixed $one): mixed => $one ?? Native\throw_wrong_type(self::short($class), 'a list of ' . $class, $one);
            return array_reduce($value, fn (int $all, mixed $one): int => $all | self::case($class, $given($one))->value, 0);
        }
        return is_int($value) ? $value : self::case($class, $value)?->value;
    }

    /**
     * A record as an array of its members, with ids looked up.
     *
     * @param class-string<Record> $class
     * @param array<string, mixed> $members
     */
    public static function record(Store|Actor|null $owner, string $class, mixed $value, array $members): ?array
    {
        if ($value === null && $members === []) {
            return null;
        }
        if ($value instanceof $class) {
            $value = $value->toArray();
        } elseif (!is_array($value) && $value !== null) {
            Native\throw_wrong_type(self::short($class), 'a ' . $class . ' or an array of its members', $value);
        }
        $result = array_merge($value ?? [], $members);
        self::byName($class, $result);
        foreach ($result as $name => $member) {
            $kind = $class::KINDS[$name] ?? null;
            if ($kind !== null || $member instanceof Record) {
                $result[$name] = self::id($owner, $member, $kind, $name);
            } elseif (is_string($member) && isset($class::ENUMS[$name])) {
                $result[$name] = self::case($class::ENUMS[$name], $member);
            }
        }
        return $result;
    }

    /** @param class-string<Record> $class */
    public static function records(Store|Actor|null $owner, string $class, mixed $values): ?array
    {
        if ($values === null) {
            return null;
        }
        if (!is_array($values) || !array_is_list($values)) {
            Native\throw_wrong_type(self::short($class), 'a list of ' . $class, $values);
        }
        return array_map(fn (mixed $value): ?array => self::record($owner, $class, $value, []), $values);
    }

    /** @return array{string, list<array>} the name of the type of some records, and the records */
    public static function described(mixed $rows): array
    {
        if (!is_array($rows) || array_filter($rows, fn (mixed $row): bool => !$row instanceof Record)) {
            Native\throw_wrong_type('rows', 'a list of records', $rows);
        }
        $classes = array_values(array_unique(array_map(fn (Record $row): string => $row::class, $rows)));
        if (count($classes) > 1) {
            Native\throw_invalid('rows', 'the records are of several types');
        }
        $class = $classes[0] ?? MasteryState::class;
        return [$class::TYPE, array_map(fn (Record $row): ?array => self::record(null, $class, $row, []), array_values($rows))];
    }

    /**
     * Options by name that a function of the namespace has.
     *
     * @param array<int|string, mixed> $options
     * @return array<int|string, mixed>
     */
    public static function known(string $function, array $options): array
    {
        $names = array_map(fn (\ReflectionParameter $one): string => $one->name, (new \ReflectionFunction(__NAMESPACE__ . "\\$function"))->getParameters());
        foreach (array_keys($options) as $name) {
            if (is_string($name) && !in_array($name, $names, true)) {
                Native\throw_invalid($name, "there is no option \"$name\"; the options are " . implode(', ', array_diff($names, ['path', 'backup'])));
            }
        }
        return $options;
    }

    /** Options that were given; the rest keep the library's defaults. */
    public static function options(array $options): array
    {
        return array_filter($options, fn (mixed $value): bool => $value !== null);
    }

    /**
     * @template T of Record
     * @param class-string<T> $class
     * @return list<T>
     */
    public static function objects(string $class, array $rows): array
    {
        return array_map(fn (array $row): Record => new $class(...$row), $rows);
    }

    /** The members that were given, and the library's initial values of the rest. */
    public static function complete(string $class, array $members): array
    {
        $initial = self::$initial[$class] ??= Native\record_initial($class::TYPE);
        if (count($members) === count($initial) && array_diff_key($initial, $members) === []) {
            return $members;
        }
        foreach (array_diff_key($members, $initial) as $name => $value) {
            Native\throw_invalid((string) $name, self::short($class) . " has no member \"$name\"; its members are " . implode(', ', array_keys($initial)));
        }
        return array_merge($initial, $members);
    }

    public static function moment(mixed $value): mixed
    {
        return match (true) {
            is_string($value) => Native\pz_time_parse($value),
            $value instanceof \DateTimeInterface => \DateTimeImmutable::createFromInterface($value),
            default => $value,
        };
    }

    public static function day(mixed $value): mixed
    {
        return is_string($value) ? Native\pz_date_parse($value) : self::moment($value);
    }

    /**
     * @param class-string $class
     * @param array<int|string, mixed> $members
     */
    public static function byName(string $class, array $members): void
    {
        if (array_filter(array_keys($members), 'is_int')) {
            Native\throw_invalid('', 'members of ' . self::short($class) . ' are given by name');
        }
    }

    public static function wrongMember(string $class, \TypeError $error): never
    {
        $found = preg_match('/::\$(\w+) of type (\S+)/', $error->getMessage(), $part) ? "$part[1] must be $part[2]" : $error->getMessage();
        throw new WrongTypeException(self::short($class) . ": $found", Status::EInvalid->value, $error);
    }

    public static function handle(mixed $value): ?Native\Handle
    {
        if ($value === null || $value instanceof Native\Handle) {
            return $value;
        }
        if (!$value instanceof Handled) {
            Native\throw_wrong_type('handle', 'an object of this library', $value);
        }
        return $value->handle();
    }

    /** A JSON document as text, from text or from what it says. */
    public static function json(mixed $document): mixed
    {
        if (!is_array($document)) {
            return $document;
        }
        try {
            return json_encode($document === [] ? new \stdClass() : $document, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION);
        } catch (\JsonException $error) {
            throw new InvalidException('the document cannot be written as JSON: ' . $error->getMessage(), Status::EInvalid->value, $error);
        }
    }

    /** How many rows an array of numbers, or a string of packed ones, has. */
    public static function rows(mixed $numbers, string $code): int
    {
        return is_array($numbers) ? count($numbers) : intdiv(strlen(is_string($numbers) ? $numbers : ''), $code === 'i' ? 4 : 8);
    }

    private static function short(string $class): string
    {
        return substr($class, strlen(__NAMESPACE__) + 1);
    }
}
