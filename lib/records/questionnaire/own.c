/* The library's own self-check. The codes are the same in all languages. */
#include <string.h>

#include "records/questionnaire/document.h"

/* clang-format off: a document */
static const char english[] =
    "{\"document\":\"questionnaire\",\"format\":1,\"title\":\"How is it going?\",\"language\":\"en\","
    "\"guide\":\"There are no wrong answers. Only you see what you write here. At the end you choose what you want to tell, and to whom.\","
    "\"questions\":["
    "{\"code\":\"interest\",\"kind\":\"text\",\"prompt\":\"What could you go on doing for hours?\","
    "\"guide\":\"In school or anywhere else.\",\"becomes\":{\"record\":\"profile_entry\",\"section\":\"interest\"}},"
    "{\"code\":\"success\",\"kind\":\"text\",\"prompt\":\"What went well lately, and what did you do for it?\","
    "\"becomes\":{\"record\":\"profile_entry\",\"section\":\"prior_success\"}},"
    "{\"code\":\"keeping_up\",\"kind\":\"scale\",\"prompt\":\"I can follow in class\",\"from\":1,\"to\":5,\"from_words\":\"hardly "
    "ever\",\"to_words\":\"nearly always\"},"
    "{\"code\":\"need\",\"kind\":\"text\",\"prompt\":\"What would make learning easier for you right now?\","
    "\"guide\":\"For example more time, a quieter place, somebody who explains it once "
    "more.\",\"becomes\":{\"record\":\"voice\",\"kind\":\"need\"}},"
    "{\"code\":\"question\",\"kind\":\"text\",\"prompt\":\"What would you like to ask somebody at "
    "school?\",\"becomes\":{\"record\":\"voice\",\"kind\":\"question\"}},"
    "{\"code\":\"idea\",\"kind\":\"text\",\"prompt\":\"What would you change if you "
    "could?\",\"becomes\":{\"record\":\"voice\",\"kind\":\"idea\"}}]}";

static const char spanish[] =
    "{\"document\":\"questionnaire\",\"format\":1,\"title\":\"¿Cómo te va?\",\"language\":\"es\","
    "\"guide\":\"No hay respuestas equivocadas. Solo tú ves lo que escribes aquí. Al final eliges qué quieres contar, y a quién.\","
    "\"questions\":["
    "{\"code\":\"interest\",\"kind\":\"text\",\"prompt\":\"¿Qué podrías seguir haciendo durante horas?\","
    "\"guide\":\"En la escuela o en cualquier otro sitio.\",\"becomes\":{\"record\":\"profile_entry\",\"section\":\"interest\"}},"
    "{\"code\":\"success\",\"kind\":\"text\",\"prompt\":\"¿Qué te ha salido bien últimamente y qué hiciste para ello?\","
    "\"becomes\":{\"record\":\"profile_entry\",\"section\":\"prior_success\"}},"
    "{\"code\":\"keeping_up\",\"kind\":\"scale\",\"prompt\":\"Puedo seguir la clase\",\"from\":1,\"to\":5,\"from_words\":\"casi "
    "nunca\",\"to_words\":\"casi siempre\"},"
    "{\"code\":\"need\",\"kind\":\"text\",\"prompt\":\"¿Qué haría que aprender te resultara más fácil ahora mismo?\","
    "\"guide\":\"Por ejemplo más tiempo, un lugar más tranquilo, alguien que lo explique otra "
    "vez.\",\"becomes\":{\"record\":\"voice\",\"kind\":\"need\"}},"
    "{\"code\":\"question\",\"kind\":\"text\",\"prompt\":\"¿Qué te gustaría preguntar a alguien de la "
    "escuela?\",\"becomes\":{\"record\":\"voice\",\"kind\":\"question\"}},"
    "{\"code\":\"idea\",\"kind\":\"text\",\"prompt\":\"¿Qué cambiarías si "
    "pudieras?\",\"becomes\":{\"record\":\"voice\",\"kind\":\"idea\"}}]}";

const char *pz__questionnaire_own(const char *language)
{
    return language && !strcmp(language, "es") ? spanish : english;
}
