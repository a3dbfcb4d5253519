/* web/body.c - gathers text, streams files to the spool. */
#include "web/body.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codec/http.h"
#include "codec/json_in.h"
#include "codec/multipart.h"
#include "codec/query.h"
#include "codec/utf8.h"
#include "web/web_int.h"

#define NAME_MAX_BYTES 200

/* A form with files in the making. */
struct body_parts {
    struct body *body;
    struct multipart reader;
    crypto_generichash_state hash; /* of everything so far */
    struct str spool;
    struct buf value; /* of the text field that is arriving */
    struct str name;
    struct upload *file; /* that is arriving, NULL for text */
    bool chosen;         /* a file was chosen at all */
    int fd;
    int64_t text; /* bytes of text so far */
    struct upload files[WEB_FILES_MAX];
    int n_files;
};

static void hash_piece(crypto_generichash_state *state, struct str piece)
{
    uint64_t len = piece.len;
    crypto_generichash_update(state, (const unsigned char *)&len, sizeof(len));
    crypto_generichash_update(state, (const unsigned char *)(piece.len ? piece.ptr : ""),
                              piece.len);
}

static int open_file(struct body_parts *p, const struct multipart_part *part, struct err *err)
{
    struct arena *a = p->body->arena;
    if (p->n_files == WEB_FILES_MAX)
        return err_field_n(err, arena_cstr(a, part->name), N_("At most {n} files at a time."),
                           WEB_FILES_MAX);
    struct str path =
        arena_printf(a, "%.*s/upload-XXXXXX", STR_ARG(p->spool)); /* check: allow mkstemp's form */
    char *name = arena_alloc(a, path.len + 1);
    if (!name || path.len == 0)
        return err_detail(err, ERR_NOMEM, "no room for the name of an upload");
    memcpy(name, path.ptr, path.len);
    p->fd = mkostemp(name, O_CLOEXEC);
    if (p->fd < 0)
        return err_detail(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "%s: %s", name,
                          strerror(errno));
    p->file = &p->files[p->n_files++];
    *p->file = (struct upload){ .field = arena_str(a, part->name),
                                .filename = arena_str(a, part->filename),
                                .content_type = arena_str(a, part->content_type),
                                .path = name };
    p->chosen = part->filename.len > 0;
    return 0;
}

static int part_begin(void *ctx, const struct multipart_part *part, struct err *err)
{
    struct body_parts *p = ctx;
    if (part->name.len > NAME_MAX_BYTES)
        return err_detail(err, ERR_TOO_LARGE, "a field's name has %zu bytes", part->name.len);
    hash_piece(&p->hash, part->name);
    if (part->is_file)
        return open_file(p, part, err);
    p->name = arena_str(p->body->arena, part->name);
    buf_clear(&p->value);
    return 0;
}

static int write_all(int fd, struct str bytes, struct err *err)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_detail(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "spool: %s",
                              strerror(errno));
        bytes = str_slice(bytes, (size_t)n, SIZE_MAX);
    }
    return 0;
}

static int part_data(void *ctx, struct str bytes, struct err *err)
{
    struct body_parts *p = ctx;
    crypto_generichash_update(&p->hash, (const unsigned char *)bytes.ptr, bytes.len);
    if (p->file) {
        p->file->size += (int64_t)bytes.len;
        return write_all(p->fd, bytes, err);
    }
    p->text += (int64_t)bytes.len;
    buf_put_str(&p->value, bytes);
    if (buf_overflowed(&p->value) || p->text > WEB_TEXT_MAX)
        return err_detail(err, ERR_TOO_LARGE, "the text of a form is too long");
    return 0;
}

static int end_file(struct body_parts *p, struct err *err)
{
    struct upload *file = p->file;
    close(p->fd);
    p->fd = -1;
    p->file = NULL;
    if (file->size == 0 && !p->chosen)
        return 0; /* a file field in which nothing was chosen */
    return params_add_file(p->body->fields, file, err);
}

static int part_end(void *ctx, struct err *err)
{
    struct body_parts *p = ctx;
    hash_piece(&p->hash, STR(""));
    if (p->file)
        return end_file(p, err);
    struct str value = buf_str(&p->value);
    if (!utf8_valid(value))
        return err_detail(err, ERR_MALFORMED, "a field is not UTF-8");
    struct arena *a = p->body->arena;
    int rc = params_add(p->body->fields, p->name, arena_str(a, value), err);
    if (!rc && arena_overflowed(a))
        rc = err_detail(err, ERR_TOO_LARGE, "the form is too long");
    return rc;
}

static const struct multipart_handler part_handler = { part_begin, part_data, part_end };

/* The state of a hash is aligned to more than an arena gives. */
static struct body_parts *parts_new(struct arena *a)
{
    size_t align = _Alignof(struct body_parts);
    char *room = arena_alloc(a, sizeof(struct body_parts) + align);
    if (!room)
        return NULL;
    return (struct body_parts *)(void *)(room + (align - (uintptr_t)room % align) % align);
}

static int parts_init(struct body *body, const struct body_config *config, struct err *err)
{
    struct body_parts *p = parts_new(body->arena);
    if (!p)
        return err_detail(err, ERR_NOMEM, "no room to read a form");
    p->body = body;
    p->spool = config->spool;
    p->fd = -1;
    buf_init(&p->value, WEB_FIELD_MAX);
    crypto_generichash_init(&p->hash, NULL, 0, 32);
    body->parts = p;
    return multipart_init(&p->reader, config->content_type, &part_handler, p, err);
}

static bool is_json(struct str type)
{
    return str_eq_nocase(type, STR("application/json")) || str_ends(type, STR("+json"));
}

int body_init(struct body *body, const struct body_config *config, struct err *err)
{
    struct str type = http_media_type(config->content_type);
    int64_t text_max = config->max < WEB_TEXT_MAX || config->raw ? config->max : WEB_TEXT_MAX;
    *body = (struct body){ .arena = config->arena, .fields = config->fields, .max = config->max };
    buf_init(&body->text, (size_t)text_max);
    if (str_eq_nocase(type, STR("multipart/form-data")) && !config->raw) {
        body->kind = BODY_PARTS;
        return parts_init(body, config, err);
    }
    if (is_json(type))
        body->kind = BODY_JSON;
    else if (str_eq_nocase(type, STR("application/x-www-form-urlencoded")))
        body->kind = BODY_FORM;
    else if (config->raw || config->content_type.len == 0)
        body->kind = BODY_BYTES;
    else
        return err_detail(err, ERR_UNSUPPORTED, "body of type %.*s", STR_ARG(type));
    return 0;
}

static int take(struct body *body, struct str bytes, struct err *err)
{
    body->taken += (int64_t)bytes.len;
    if (body->taken > body->max)
        return err_detail(err, ERR_TOO_LARGE, "more than %lld bytes", (long long)body->max);
    if (body->kind == BODY_PARTS)
        return multipart_feed(&body->parts->reader, bytes, err);
    buf_put_str(&body->text, bytes);
    if (buf_overflowed(&body->text))
        return err_detail(err, ERR_TOO_LARGE, "the text is too long");
    return 0;
}

void body_feed(struct body *body, struct str bytes)
{
    if (body->rc)
        body->taken += (int64_t)bytes.len;
    else
        body->rc = take(body, bytes, &body->err);
}

static int finish(struct body *body, struct err *err)
{
    struct str text = buf_str(&body->text);
    int rc = 0;
    if (body->kind == BODY_PARTS)
        rc = multipart_finish(&body->parts->reader, err);
    else if (body->kind == BODY_JSON && text.len > 0)
        rc = json_in_parse(text, body->fields, err);
    else if (body->kind == BODY_FORM)
        rc = query_parse(text, body->fields, err);
    return rc;
}

int body_finish(struct body *body, struct err *err)
{
    if (body->rc) {
        *err = body->err;
        return body->rc;
    }
    return finish(body, err);
}

struct str body_bytes(const struct body *body)
{
    return buf_str(&body->text);
}

void body_hash(const struct body *body, unsigned char out[32])
{
    if (body->kind == BODY_PARTS) {
        crypto_generichash_state state = body->parts->hash;
        crypto_generichash_final(&state, out, 32);
        return;
    }
    struct str text = buf_str(&body->text);
    crypto_generichash(out, 32, (const unsigned char *)(text.len ? text.ptr : ""), text.len, NULL,
                       0);
}

void body_release(struct body *body)
{
    struct body_parts *p = body->parts;
    if (p) {
        if (p->fd >= 0)
            close(p->fd);
        for (int i = 0; i < p->n_files; i++)
            unlink(p->files[i].path);
        buf_release(&p->value);
    }
    buf_release(&body->text);
    *body = (struct body){ 0 };
}
