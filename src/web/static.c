/* web/static.c - answers made at start, found by address. */
#include "web/static.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/http.h"
#include "web/call.h"
#include "web/headers.h"
#include "web/web_int.h"

enum packing { PACK_BR, PACK_GZIP, PACK_NONE, PACK_COUNT };

struct static_file {
    struct str path; /* the whole address */
    struct str etag;
    struct MHD_Response *whole[PACK_COUNT]; /* NULL where there is none */
    size_t len[PACK_COUNT];
};

struct statics {
    struct arena arena;
    struct static_file *files; /* sorted by path */
    size_t n;
};

static bool put(struct MHD_Response *response, const char *name, const char *value)
{
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

static struct MHD_Response *answer_new(struct web *web, const struct asset *asset, bool immutable,
                                       const unsigned char *bytes, size_t len, const char *encoding)
{
    char etag[80];
    /* The server only reads a persistent buffer. */
    struct MHD_Response *r =
        MHD_create_response_from_buffer(len, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    if (!r)
        return NULL;
    snprintf(etag, sizeof(etag), "\"%s\"", asset->hash);
    bool good = headers_put(r, web->https) && put(r, "Content-Type", asset->type) &&
                put(r, "ETag", etag) && put(r, "Vary", "Accept-Encoding") &&
                put(r, "Cache-Control",
                    immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600");
    if (good && encoding)
        good = put(r, "Content-Encoding", encoding);
    if (good)
        return r;
    MHD_destroy_response(r);
    return NULL;
}

static bool file_init(struct web *web, struct arena *a, struct static_file *file,
                      const struct asset *asset, bool fixed)
{
    file->path = fixed ? str_from(asset->at) : arena_printf(a, "/static/%s", asset->path);
    file->etag = str_from(asset->hash);
    file->whole[PACK_NONE] = answer_new(web, asset, !fixed, asset->bytes, asset->len, NULL);
    file->len[PACK_NONE] = asset->len;
    if (asset->gzip)
        file->whole[PACK_GZIP] =
            answer_new(web, asset, !fixed, asset->gzip, asset->gzip_len, "gzip");
    file->len[PACK_GZIP] = asset->gzip_len;
    if (asset->br)
        file->whole[PACK_BR] = answer_new(web, asset, !fixed, asset->br, asset->br_len, "br");
    file->len[PACK_BR] = asset->br_len;
    return file->path.len > 0 && file->whole[PACK_NONE] &&
           (!asset->gzip || file->whole[PACK_GZIP]) && (!asset->br || file->whole[PACK_BR]);
}

static int by_path(const void *a, const void *b)
{
    return str_cmp(((const struct static_file *)a)->path, ((const struct static_file *)b)->path);
}

struct statics *statics_new(struct web *web)
{
    struct statics *s = mem_alloc(sizeof(*s));
    if (!s)
        return NULL;
    *s = (struct statics){ 0 };
    arena_init(&s->arena, 4 * 1024 * 1024);
    s->files = arena_new_array(&s->arena, 2 * web->config.n_assets + 1, struct static_file);
    bool good = s->files != NULL;
    for (size_t i = 0; good && i < web->config.n_assets; i++) {
        const struct asset *asset = &web->config.assets[i];
        good = file_init(web, &s->arena, &s->files[s->n++], asset, false);
        if (good && asset->at)
            good = file_init(web, &s->arena, &s->files[s->n++], asset, true);
    }
    if (!good) {
        statics_free(s);
        return NULL;
    }
    qsort(s->files, s->n, sizeof(*s->files), by_path);
    return s;
}

void statics_free(struct statics *statics)
{
    if (!statics)
        return;
    for (size_t i = 0; i < statics->n; i++) {
        for (int p = 0; p < PACK_COUNT; p++)
            if (statics->files[i].whole[p])
                MHD_destroy_response(statics->files[i].whole[p]);
    }
    arena_release(&statics->arena);
    mem_free(statics);
}

const struct static_file *static_find(const struct statics *statics, struct str path)
{
    struct static_file wanted = { .path = path };
    return bsearch(&wanted, statics->files, statics->n, sizeof(wanted), by_path);
}

bool static_answer(struct call *call)
{
    const struct static_file *file = call->file;
    struct str accepts = call_header(call, "accept-encoding");
    enum packing packing = PACK_NONE;
    if (file->whole[PACK_BR] && headers_take_coding(accepts, STR("br")))
        packing = PACK_BR;
    else if (file->whole[PACK_GZIP] && headers_take_coding(accepts, STR("gzip")))
        packing = PACK_GZIP;
    bool same = http_etag_matches(call_header(call, "if-none-match"), file->etag);
    call->status = same ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
    call->sent = same || call->head ? 0 : (int64_t)file->len[packing];
    /* Of a 304 the server sends the head alone. */
    return MHD_queue_response(call->connection, (unsigned)call->status, file->whole[packing]) ==
           MHD_YES;
}
