<?php
/**
 * Loads the face of the extension: `require 'personalize.php';` is all that is needed without Composer.
 */
declare(strict_types=1);

if (!extension_loaded('personalize')) {
    throw new RuntimeException('The extension "personalize" is not loaded; add extension=personalize to php.ini, or run php -d extension=PATH/personalize.so');
}
(static function (): void {
    foreach (['Enums', 'Record', 'Records', 'functions', 'StoreMethods', 'ActorMethods', 'Handled', 'Handles', 'Store', 'Actor', 'Evidence', 'Binding', 'strategy'] as $part) {
        require_once __DIR__ . "/src/$part.php";
    }
})();
