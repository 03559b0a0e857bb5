/* References to what is heard or seen: checked before anything is written, since a host will one day serve them. */
#ifndef PZ_RECORDS_VOICE_MEDIA_H
#define PZ_RECORDS_VOICE_MEDIA_H

#include "personalize/voice.h"

enum { PZ__MOST_MEDIA = 16 };

/* Takes and checks `rows` media of an entry that is said by this avenue, into `out_media`, which has room for them. PZ_E_STRUCT_SIZE, PZ_E_INVALID,
 * PZ_E_TEXT, PZ_E_TOO_LONG, PZ_E_HOSTILE. */
pz_status pz__voice_media_take(const pz_voice_media *const *media, size_t rows, int32_t avenue, pz_voice_media *out_media);

#endif
