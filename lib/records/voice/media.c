#include "records/voice/media.h"

#include <string.h>

#include "base/fail.h"
#include "base/record.h"
#include "base/text.h"
#include "records/voice/tables.h"

enum { MOST_NAME = 255, HASH_DIGITS = 64 };

static pz_status fail_hostile(const char *field, const char *what)
{
    return pz__fail(PZ_E_HOSTILE, field, "personalize/voice.h says what a medium may be.", "%s", what);
}

/* --------------------------------------------------------------------------------------------------- names --- */

/* Characters that turn the direction of what follows, hide, or break a line: a name must read as what it is. */
static int deceives(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
           (code >= 0xFFF9 && code <= 0xFFFB) || (code >= 0xE0000 && code <= 0xE007F);
}

static int has_any(const char *text, size_t length, const char *characters)
{
    for (size_t i = 0; i < length; i++)
        if (strchr(characters, text[i])) return 1;
    return 0;
}

static int has_deceit(const char *text, size_t length)
{
    for (size_t at = 0; at < length;)
        if (deceives(pz__utf8_next(text, length, &at))) return 1;
    return 0;
}

/* Names that one system or another keeps for its devices, with whatever ending. */
static int is_device(const char *name, size_t length)
{
    static const char *const devices[] = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$", NULL};
    const char *dot = memchr(name, '.', length);
    size_t stem = dot ? (size_t)(dot - name) : length;
    while (stem && name[stem - 1] == ' ') stem--;
    for (size_t i = 0; devices[i]; i++)
        if (pz__ascii_equal_fold(name, stem, devices[i])) return 1;
    return stem == 4 && (pz__ascii_equal_fold(name, 3, "com") || pz__ascii_equal_fold(name, 3, "lpt")) && name[3] >= '0' && name[3] <= '9';
}

/* Endings of what is run, or shown with scripts in it, when somebody opens it; anywhere in the name, since some systems drop the last one. */
static int is_run(const char *ending, size_t length)
{
    static const char *const endings[] = {
        "exe", "com",  "bat",  "cmd", "scr", "pif",   "cpl", "msi",   "msp", "dll",     "sys", "jar",     "js",   "mjs",  "jse",   "vbs",
        "vbe", "wsf",  "wsh",  "hta", "ps1", "psm1",  "sh",  "bash",  "csh", "command", "app", "desktop", "lnk",  "url",  "reg",   "inf",
        "scf", "chm",  "html", "htm", "xht", "xhtml", "mht", "mhtml", "svg", "svgz",    "xml", "xsl",     "swf",  "php",  "phtml", "phar",
        "asp", "aspx", "jsp",  "cgi", "pl",  "py",    "rb",  "apk",   "deb", "rpm",     "dmg", "iso",     "docm", "xlsm", "pptm",  NULL};
    for (size_t i = 0; endings[i]; i++)
        if (pz__ascii_equal_fold(ending, length, endings[i])) return 1;
    return 0;
}

static int has_run_ending(const char *name, size_t length)
{
    size_t end = length;
    for (size_t i = length; i-- > 0;) {
        if (name[i] != '.') continue;
        if (is_run(name + i + 1, end - i - 1)) return 1;
        end = i;
    }
    return 0;
}

static pz_status check_name(pz_voice_media *medium)
{
    const char *name = medium->name;
    size_t length;
    PZ__TRY(pz__text_check(name, medium->name_len, MOST_NAME, "name", &medium->name_len));
    length = medium->name_len;
    if (!length) return PZ_OK;
    if (has_any(name, length, "/\\:*?\"<>|") || has_deceit(name, length))
        return fail_hostile("name", "The name of a medium has a path, a wildcard, or a character that hides or turns what follows.");
    if (strchr(".- ", name[0]) || strchr(". ", name[length - 1]))
        return fail_hostile("name", "The name of a medium begins with a point, a hyphen or a space, or ends with a point or a space.");
    if (is_device(name, length)) return fail_hostile("name", "The name of a medium is that of a device.");
    return has_run_ending(name, length) ? fail_hostile("name", "The name of a medium has the ending of something that is run.") : PZ_OK;
}

/* ---------------------------------------------------------------------------------------------- references --- */

static int begins_with(const char *text, size_t length, const char *start)
{
    size_t start_length = strlen(start);
    return length > start_length && pz__ascii_equal_fold(text, start_length, start);
}

/* An address with a host, without a name and password in it. */
static int is_address(const char *text, size_t length)
{
    size_t at = begins_with(text, length, "https://") ? 8 : begins_with(text, length, "http://") ? 7 : 0, host = at;
    if (!at) return 0;
    for (; at < length && !strchr("/?#", text[at]); at++)
        if (text[at] == '@') return 0;
    return at > host;
}

/* A path of the host's own: relative, without steps that lead out of it. */
static int is_path(const char *text, size_t length)
{
    size_t start = 0;
    if (has_any(text, length, ":\\?#%*<>|\"")) return 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && text[i] != '/') continue;
        if (i == start || text[start] == '.' || text[start] == '-') return 0;
        start = i + 1;
    }
    return 1;
}

static pz_status check_reference(pz_voice_media *medium, int32_t avenue)
{
    const char *reference = medium->reference;
    size_t length;
    PZ__TRY(pz__text_need(reference, medium->reference_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reference", &medium->reference_len));
    length = medium->reference_len;
    if (has_any(reference, length, " \t\r\n") || has_deceit(reference, length))
        return fail_hostile("reference", "The reference has a space, or a character that hides or turns what follows.");
    if (is_address(reference, length)) return PZ_OK;
    if (avenue == PZ_AVENUE_LINK) return fail_hostile("reference", "A link is an https or http address, without a password in it.");
    return is_path(reference, length) ? PZ_OK
                                      : fail_hostile("reference", "The reference is neither an https or http address nor a relative path.");
}

/* --------------------------------------------------------------------------------------------------- types --- */

static int is_type_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("!#$&^_.+-", c));
}

/* RFC 6838: a name, a slash, a name; 127 characters each. */
static int is_type(const char *text, size_t length)
{
    const char *slash = memchr(text, '/', length);
    size_t major = slash ? (size_t)(slash - text) : 0;
    if (!major || major > 127 || length - major - 1 < 1 || length - major - 1 > 127) return 0;
    for (size_t i = 0; i < length; i++)
        if (i != major && !is_type_character(text[i])) return 0;
    return 1;
}

static int carries_scripts(const char *type, size_t length)
{
    for (size_t i = 0; i + 3 <= length; i++)
        if (pz__ascii_equal_fold(type + i, 3, "xml") || pz__ascii_equal_fold(type + i, 3, "svg")) return 1;
    return pz__ascii_equal_fold(type, length, "text/html") || pz__ascii_equal_fold(type, length, "text/javascript") ||
           pz__ascii_equal_fold(type, length, "application/javascript") || begins_with(type, length, "application/x-");
}

static const char *major_of(int32_t avenue)
{
    return avenue == PZ_AVENUE_AUDIO ? "audio/" : avenue == PZ_AVENUE_VIDEO ? "video/" : avenue == PZ_AVENUE_IMAGE ? "image/" : NULL;
}

static pz_status check_type(pz_voice_media *medium, int32_t avenue)
{
    const char *major = major_of(avenue);
    PZ__TRY(pz__text_check(medium->type, medium->type_len, MOST_NAME, "type", &medium->type_len));
    if (!medium->type_len && avenue == PZ_AVENUE_LINK) return PZ_OK;
    if (!medium->type_len || !is_type(medium->type, medium->type_len))
        return pz__fail(PZ_E_INVALID, "type", "Give one such as \"video/webm\".", "A medium needs a media type, in the form of RFC 6838.");
    if (carries_scripts(medium->type, medium->type_len)) return fail_hostile("type", "Media of this type can carry scripts.");
    if (major && !begins_with(medium->type, medium->type_len, major))
        return pz__fail(PZ_E_INVALID, "type", NULL, "The avenue %s needs media of a type %s....", pz__voice_avenue_names[avenue], major);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- the rest --- */

static int is_hash(const char *text, size_t length)
{
    if (length != HASH_DIGITS) return 0;
    for (size_t i = 0; i < length; i++)
        if (!text[i] || !strchr("0123456789abcdefABCDEF", text[i])) return 0;
    return 1;
}

static pz_status check_bytes(pz_voice_media *medium, int32_t avenue)
{
    PZ__TRY(pz__text_check(medium->hash, medium->hash_len, HASH_DIGITS, "hash", &medium->hash_len));
    if (medium->hash_len ? !is_hash(medium->hash, medium->hash_len) : avenue != PZ_AVENUE_LINK)
        return pz__fail(PZ_E_INVALID, "hash", NULL, "A medium needs the SHA-256 of its bytes, in %d hexadecimal digits.", HASH_DIGITS);
    if (medium->size < -1 || (medium->size == -1 && avenue != PZ_AVENUE_LINK))
        return pz__fail(PZ_E_INVALID, "size", NULL, "A medium needs its size in bytes.");
    return pz__text_need(medium->alternative, medium->alternative_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "alternative",
                         &medium->alternative_len);
}

static pz_status check(pz_voice_media *medium, int32_t avenue)
{
    PZ__TRY(check_name(medium));
    PZ__TRY(check_reference(medium, avenue));
    PZ__TRY(check_type(medium, avenue));
    return check_bytes(medium, avenue);
}

pz_status pz__voice_media_take(const pz_voice_media *const *media, size_t rows, int32_t avenue, pz_voice_media *out_media)
{
    for (size_t i = 0; i < rows; i++) {
        PZ__TRY(pz__record_take(&pz__voice_media_type, media[i], sizeof out_media[i], &out_media[i]));
        PZ__TRY(check(&out_media[i], avenue));
        out_media[i].entry = 0;
        out_media[i].position = (int32_t)i + 1;
    }
    return PZ_OK;
}
