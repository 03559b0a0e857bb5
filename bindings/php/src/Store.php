<?php
declare(strict_types=1);

namespace Personalize;

/** One tenant's store: a school or a district, in one file. */
class Store extends Handled
{
    use StoreMethods;

    private function __construct()
    {
    }

    /**
     * Makes an empty store at a path where there is no file, and opens it.
     *
     * @param string $path its folder must exist
     * @param mixed ...$options name, time_zone, durability, wait_milliseconds, cache_kibibytes, host_key, clock, random_seed
     * @throws Exception
     */
    public static function create(mixed $path, mixed ...$options): static
    {
        return static::over(storeCreate($path, ...Binding::known('storeCreate', $options)));
    }

    /**
     * Opens a store that exists, and brings a store of an older version up to date first (unless read-only).
     *
     * @param mixed ...$options read_only, durability, wait_milliseconds, cache_kibibytes, host_key, clock
     * @throws Exception
     */
    public static function open(mixed $path, mixed ...$options): static
    {
        return static::over(storeOpen($path, ...Binding::known('storeOpen', $options)));
    }

    /**
     * Puts a backup in place as a store. The backup is checked first; a file at $path is never overwritten.
     *
     * @param mixed ...$options progress, and options of open()
     * @throws Exception
     */
    public static function restore(mixed $backup, mixed $path, mixed ...$options): void
    {
        storeRestore($backup, $path, ...Binding::known('storeRestore', $options));
    }

    /**
     * An actor for a person in a role: `$store->actor('teacher-7', Role::Teacher, purpose: 'class page')`.
     *
     * @param int|string|array|Record $person
     * @param Role|string $role
     * @throws Exception
     */
    public function actor(mixed $person, mixed $role, mixed $purpose): Actor
    {
        return $this->actorOpen($person, $role, $purpose);
    }

    /**
     * An actor for a program of the host: `$store->service('nightly import', Scope::Import, purpose: 'roster')`.
     *
     * @param Scope|string|list<Scope|string> $scopes
     * @throws Exception
     */
    public function service(mixed $name, mixed $scopes, mixed $purpose): Actor
    {
        return $this->actorOpenService($name, $scopes, $purpose);
    }
}
