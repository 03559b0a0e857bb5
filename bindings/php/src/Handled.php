<?php
declare(strict_types=1);

namespace Personalize;

/** An object that holds a handle of the library. Closing it twice is harmless; using it afterwards is a ClosedException. */
abstract class Handled
{
    protected ?Native\Handle $handle = null;

    /** Releases the handle. The end of the object does so as well. */
    public function close(): void
    {
        Native\handle_close($this->handle);
    }

    public function isOpen(): bool
    {
        return Native\handle_is_open($this->handle);
    }

    /** @internal */
    public function handle(): ?Native\Handle
    {
        return $this->handle;
    }

    /**
     * The object over a handle that a call returned.
     *
     * @internal
     */
    public static function over(Native\Handle $handle): static
    {
        $made = (new \ReflectionClass(static::class))->newInstanceWithoutConstructor();
        $made->handle = $handle;
        return $made;
    }

    public function __serialize(): array
    {
        throw new WrongTypeException('a ' . static::class . ' cannot be serialized: open one where it is needed', Status::EInvalid->value);
    }

    public function __unserialize(array $data): void
    {
        throw new WrongTypeException('a ' . static::class . ' cannot be unserialized: open one where it is needed', Status::EInvalid->value);
    }

    public function __clone()
    {
        $this->handle = null;
        throw new WrongTypeException('a ' . static::class . ' cannot be cloned: open one where it is needed', Status::EInvalid->value);
    }
}
