#include "report/style.h"

#include <sodium.h>
#include <string.h>

const char *pz_page_style(void)
{
    return pz__page_css;
}

void pz__style_source(pz__buffer *out)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    crypto_hash_sha256(digest, (const unsigned char *)pz__page_css, strlen(pz__page_css));
    sodium_bin2base64(text, sizeof text, digest, sizeof digest, sodium_base64_VARIANT_ORIGINAL);
    pz__buffer_text(out, "&#39;sha256-");
    pz__buffer_text(out, text);
    pz__buffer_text(out, "&#39;");
}
