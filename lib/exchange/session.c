#include "exchange/session.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/file.h"

enum { DIGEST_CHUNK = 65536 };

/* ------------------------------------------------------------------------------------------------------ digests --- */

void pz__session_digest_add(pz__session *session, uint8_t digest[16], const void *bytes, size_t length)
{
    uint8_t whole[16 + DIGEST_CHUNK];
    memcpy(whole, digest, 16);
    memcpy(whole + 16, bytes, length);
    pz__store_digest(session->call.store, whole, 16 + length, digest);
}

pz_status pz__session_digest_file(pz__session *session, uint8_t digest[16], const char *path)
{
    FILE *file;
    int64_t size, got;
    char *buffer = pz__alloc(DIGEST_CHUNK);
    pz_status status = buffer ? pz__file_open(path, "file", &file, &size) : pz__fail_memory();
    if (status == PZ_OK) {
        while ((got = pz__file_read(file, buffer, DIGEST_CHUNK)) > 0) pz__session_digest_add(session, digest, buffer, (size_t)got);
        if (got < 0) status = (pz_status)-got;
        fclose(file);
    }
    pz__release(buffer);
    return status;
}

/* What was asked, as far as it changes what is written. */
static void digest_options(pz__session *session, const pz__session_plan *plan, uint8_t digest[16])
{
    const pz_import_options *options = &session->import.options;
    char text[400];
    int length = snprintf(text, sizeof text, "%s %d %d %d %.255s", plan->action, (int)options->mode, (int)options->demographics,
                          (int)options->gone_percent_max, options->source);
    pz__session_digest_add(session, digest, text, (size_t)length);
}

/* --------------------------------------------------------------------------------------------------------- call --- */

static pz_status check_right(pz__session *session)
{
    if (pz__call_role(&session->call) == PZ_ROLE_SERVICE && (pz__call_scopes(&session->call) & PZ_SCOPE_IMPORT)) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "actor", "Open a service with PZ_SCOPE_IMPORT.", "Only a service that may import can import files.");
}

/* A read-only call first: it refuses whoever may not import, and gives the digest of what is asked. */
static pz_status look(pz_actor *actor, pz__session *session, const pz__session_plan *plan, const char *key, void *work, uint8_t digest[16])
{
    pz_status status;
    PZ__TRY(pz__call_read(&session->call, actor));
    status = check_right(session);
    if (status == PZ_OK && session->call.is_past)
        status = pz__fail(PZ_E_READ_ONLY, "actor", "Import with an actor of the present.", "A view of the past cannot be written.");
    if (status == PZ_OK && !session->import.options.dry_run && (key || plan->key_from_digest)) {
        digest_options(session, plan, digest);
        status = plan->digest(session, work, digest);
    }
    return pz__call_end(&session->call, status);
}

static pz_status run_dry(pz_actor *actor, pz__session *session, const pz__session_plan *plan, void *work)
{
    pz_status status;
    session->is_dry = 1;
    PZ__TRY(pz__call_read(&session->call, actor));
    session->call.change = NULL;
    status = plan->run(session, work);
    if (status == PZ_OK) status = pz__import_verdict(&session->import);
    return pz__call_end(&session->call, status);
}

static pz_status run_writing(pz_actor *actor, pz__session *session, const pz__session_plan *plan, const char *key, const uint8_t digest[16],
                             void *work)
{
    char own[64];
    int64_t change = 0;
    pz_status status;
    int has_trace;
    if (!key && plan->key_from_digest) {
        int length = snprintf(own, sizeof own, "%s ", plan->action);
        for (int i = 0; i < 16; i++) length += snprintf(own + length, sizeof own - (size_t)length, "%02x", digest[i]);
        key = own;
    }
    PZ__TRY(pz__call_write(&session->call, actor, plan->action, key, key ? digest : NULL, key ? 16 : 0));
    if (session->call.repeated) {
        session->import.repeated = 1;
        session->import.change = pz__change_result_at(session->call.change, 0);
        PZ__TRY(pz__call_end(&session->call, PZ_OK));
        return run_dry(actor, session, plan, work);
    }
    status = plan->run(session, work);
    if (status == PZ_OK) status = pz__import_verdict(&session->import);
    change = pz__change_number(session->call.change);
    if (status == PZ_OK) pz__change_add_result(session->call.change, change);
    has_trace = status == PZ_OK && (key || pz__import_differs(&session->import));
    PZ__TRY(pz__call_end(&session->call, status));
    session->import.written = has_trace && pz__import_differs(&session->import);
    session->import.change = has_trace ? change : 0;
    return PZ_OK;
}

pz_status pz__session_run(pz_actor *actor, const pz__session_plan *plan, const pz_import_options *options, const char *key, void *work,
                          char **out_json)
{
    pz__session session;
    uint8_t digest[16] = {0};
    pz_status status;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    memset(&session, 0, sizeof session);
    PZ__TRY(pz__import_start(&session.import, plan->format, options));
    status = look(actor, &session, plan, key, work, digest);
    if (status) {
        pz__import_free(&session.import);
        return status;
    }
    status = session.import.options.dry_run ? run_dry(actor, &session, plan, work) : run_writing(actor, &session, plan, key, digest, work);
    status = pz__import_report(&session.import, status, out_json);
    pz__import_free(&session.import);
    return status;
}
