<?php
declare(strict_types=1);

namespace Personalize;

/** A record of the library. Its members are read-only properties, named as in C; what is not there is null. */
abstract class Record implements \JsonSerializable
{
    /** Name of the record in C. */
    public const TYPE = '';
    /** Members that may be outside ids, with the kind of record that they name. */
    public const KINDS = [];
    /** Members with values of an enumeration. */
    public const ENUMS = [];

    /** @return array<string, mixed> the members by name */
    public function toArray(): array
    {
        return get_object_vars($this);
    }

    /** A copy with other values of some members: `$goal->with(statement: 'Read a book a week')`. */
    public function with(mixed ...$members): static
    {
        Binding::byName(static::class, $members);
        return new static(...array_merge($this->toArray(), $members));
    }

    /** @return array<string, mixed> as the library writes it: ids and times as strings, values of enumerations by name */
    public function jsonSerialize(): array
    {
        return recordsJson([$this])[0];
    }
}
