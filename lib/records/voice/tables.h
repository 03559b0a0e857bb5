/* The records of voice.h: their descriptions, and how they lie in their tables. */
#ifndef PZ_RECORDS_VOICE_TABLES_H
#define PZ_RECORDS_VOICE_TABLES_H

#include "personalize/voice.h"
#include "records/versioned.h"

extern const pz_record_type pz__voice_entry_type;
extern const pz_record_type pz__voice_media_type;
extern const pz_record_type pz__voice_answer_type;
extern const pz_record_type pz__voice_cosigner_type;
extern const pz_record_type pz__voice_query_type;
extern const pz_record_type pz__voice_count_type;
extern const pz_record_type pz__voice_policy_type;
extern const pz_record_type pz__counter_type;
extern const pz_record_type pz__theme_type;
extern const pz_record_type pz__theme_reply_type;

extern const char *const pz__voice_kind_names[];
extern const char *const pz__voice_avenue_names[];
extern const char *const pz__voice_state_names[];
extern const char *const pz__counter_subject_names[];

extern const pz_record_type *const pz__voice_types[];

/* An answer to a theme as it lies in its table. */
typedef struct pz__theme_row {
    pz_id id;
    pz_id scope;
    const char *topic; /* folded */
    size_t topic_len;
    int32_t state;
    const char *content;
    size_t content_len;
    pz_id answered_by;
    int32_t answered_role;
    pz_time answered_at;
} pz__theme_row;

extern const pz__table pz__voice_table;
extern const pz__table pz__voice_media_table;
extern const pz__table pz__voice_answer_table;
extern const pz__table pz__voice_cosigner_table;
extern const pz__table pz__voice_counter_table;
extern const pz__table pz__voice_policy_table;
extern const pz__table pz__theme_table;

/* The columns of pz_voice_entry in the order of its description, but for is_current, which is the last. ?1 is the tenant, ?3 the change that is
 * seen. */
#define PZ__VOICE_COLUMNS                                                                                                                  \
    "voice_id, learner_id, version, kind, avenue, state, content, topic, to_role, to_person_id, visibility, shared_class_id, about_kind, " \
    "about_id, due_on, (state IN (1, 2) AND due_on IS NOT NULL), learner_agreed, "                                                         \
    "(SELECT count(*) FROM voice_cosigner c WHERE c.tenant_id = ?1 AND c.voice_id = voice_entry.voice_id AND c.since_change <= ?3 AND "    \
    "c.until_change > ?3), author_id, author_role, said_at, acted_by, acted_role, acted_at"

#endif
