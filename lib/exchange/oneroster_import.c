/* pz_import_oneroster: check, compare with the store, write. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/oneroster_write.h"
#include "exchange/session.h"

/* Where the time goes: the check reads everything once, the writing reads it again. */
static const double CHECKED = 0.4, COMPARED = 0.45;

static pz_status write_checked(pz__or_writer *writer, pz__import *import)
{
    pz__import_step(import, CHECKED, COMPARED);
    PZ__TRY(pz__or_find_gone(writer));
    if (import->faults.json.status) return pz__fail_memory();
    if (import->faults.fatal) return PZ_OK; /* the verdict is the caller's */
    pz__import_step(import, COMPARED, 1);
    return pz__or_write(writer);
}

static pz_status import_archive(pz__session *session, pz__oneroster *roster)
{
    pz__or_writer writer;
    pz_status status;
    if (!roster->version) return PZ_OK;
    status = pz__or_writer_start(&writer, roster, &session->call);
    if (status == PZ_OK) status = pz__or_load_ids(&writer);
    pz__import_step(&session->import, 0, CHECKED);
    if (status == PZ_OK) status = pz__oneroster_check(roster);
    if (status == PZ_OK && !session->import.faults.fatal) status = write_checked(&writer, &session->import);
    pz__or_writer_free(&writer);
    return status;
}

static pz_status run(pz__session *session, void *work)
{
    pz__oneroster roster;
    pz_status status = pz__oneroster_open(&roster, &session->import, work);
    if (status == PZ_OK) status = import_archive(session, &roster);
    pz__oneroster_close(&roster);
    return status;
}

/* The names and the bytes of all files, so that a folder and a zip of it are the same. */
static pz_status digest_archive(pz__session *session, pz__archive *archive, uint8_t digest[16], char *buffer, size_t size)
{
    const pz__archive_entry *entry;
    for (size_t i = 0; (entry = pz__archive_entry_at(archive, i)) != NULL; i++) {
        pz__archive_stream *stream;
        int64_t got;
        pz__session_digest_add(session, digest, entry->name, strlen(entry->name) + 1);
        PZ__TRY(pz__archive_stream_open(archive, i, &stream));
        while ((got = pz__archive_read(stream, buffer, size)) > 0) pz__session_digest_add(session, digest, buffer, (size_t)got);
        pz__archive_stream_free(stream);
        if (got < 0) return (pz_status)-got;
    }
    return PZ_OK;
}

/* An archive that cannot be read gives no digest; the import itself says what is wrong with it. */
static pz_status digest(pz__session *session, void *work, uint8_t out_digest[16])
{
    enum { SIZE = 65536 };
    pz__archive *archive;
    pz_status status = pz__archive_open(work, NULL, &archive);
    char *buffer;
    if (status) return status == PZ_E_FORMAT || status == PZ_E_HOSTILE ? PZ_OK : status;
    buffer = pz__alloc(SIZE);
    status = buffer ? digest_archive(session, archive, out_digest, buffer, SIZE) : pz__fail_memory();
    pz__release(buffer);
    pz__archive_free(archive);
    return status == PZ_E_FORMAT || status == PZ_E_HOSTILE ? PZ_OK : status;
}

pz_status pz_import_oneroster(pz_actor *actor, const char *path, const pz_import_options *options, const char *key, char **out_json)
{
    static const pz__session_plan plan = {"oneroster", "import.oneroster", run, digest, 0};
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!path) return pz__fail_null("path");
    return pz__session_run(actor, &plan, options, key, (void *)path, out_json);
}
