<?php
/** The examples of docs/php.md, run one after the other as one program. */
declare(strict_types=1);

require __DIR__ . '/support.php';

run([
    'examples' => function (string $folder) {
        $source = realpath(getenv('PERSONALIZE_SOURCE') ?: __DIR__ . '/../../..');
        exec('/usr/bin/env -u LD_PRELOAD python3 -B ' . escapeshellarg("$source/examples/sample_school/make.py") . ' ' . escapeshellarg($folder), $said, $status);
        same(0, $status, 'the sample school');
        preg_match_all('/^```php\n(.*?)^```/sm', file_get_contents("$source/docs/php.md"), $found);
        check(count($found[1]) > 8, 'examples are there');
        file_put_contents("$folder/guide.php", "<?php\ndeclare(strict_types=1);\n" . implode("\n", $found[1]));
        $before = getcwd();
        chdir($folder);
        ini_set('assert.exception', '1');
        ob_start();
        try {
            (static function () use ($folder): void {
                require "$folder/guide.php";
            })();
        } finally {
            $printed = ob_get_clean();
            chdir($before);
        }
        check(str_contains($printed, 'PZ_E_NOT_FOUND') && str_contains($printed, 'statment'), $printed);
    },
]);
