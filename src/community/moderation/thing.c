/* The things that are reported, as readers and moderators see them. */
#include "account/bond/bond.h"
#include "base/id.h"
#include "community/moderation/moderation_web.h"
#include "community/social/social.h"
#include "community/topic/topic.h"

/* Whose goods a note shows, and whom a complaint is about. */
static int find_named(struct req *rq, struct db *db, int64_t note, const struct note_look *look,
                      struct thing *thing, struct err *err)
{
    struct part part = { 0 };
    int rc = slot_fill(rq, db, "moderation.named", &note, 1, &part, err);
    if (rc < 0)
        return rc;
    const struct actor_list *list = part.data;
    size_t n = list ? list->n : 0;
    int64_t *named = arena_new_array(rq->arena, n + 1, int64_t);
    if (!named)
        return err_detail(err, ERR_NOMEM, "arena full");
    for (size_t i = 0; i < n; i++)
        named[i] = list->v[i];
    if (look->about_kind == ABOUT_PERSON)
        named[n++] = look->about;
    thing->named = named;
    thing->n_named = n;
    return 0;
}

static int find_note(struct req *rq, struct db *db, int64_t note, enum thing_eyes eyes,
                     struct thing_shown *t, struct err *err)
{
    struct note_look look = { 0 };
    struct note_brief brief;
    char id[ID_TEXT_MAX];
    int rc = 0;
    if (eyes == EYES_READER)
        rc = note_brief(db, rq->arena, note, rq->viewer.actor, &brief, err);
    if (rc == 0)
        rc = note_look(db, rq->arena, note, &look, err);
    if (rc < 0)
        return rc;
    t->thing = (struct thing){ .kind = THING_NOTE,
                               .id = note,
                               .owner = look.author,
                               .section = look.section,
                               .complaint = look.kind == NOTE_COMPLAINT,
                               .title = look.title,
                               .text = look.body };
    t->id = arena_str(rq->arena, id_text(id, "note", note));
    t->href = arena_printf(rq->arena, "/n/%.*s", STR_ARG(t->id));
    t->lang = look.lang;
    t->photos = look.photos;
    t->n_photos = look.n_photos;
    return find_named(rq, db, note, &look, &t->thing, err);
}

/* A comment is judged beside what it is written on: whoever that note speaks
 * of has the same part in it. */
static int find_comment(struct req *rq, struct db *db, int64_t comment, enum thing_eyes eyes,
                        struct thing_shown *t, struct err *err)
{
    struct comment_look look = { 0 };
    struct thing_shown note = { 0 };
    char id[ID_TEXT_MAX];
    int rc = comment_look(db, rq->arena, comment, &look, err);
    if (rc == 0 && eyes == EYES_READER && look.state != COMMENT_SHOWN)
        rc = err_set(err, ERR_NOT_FOUND, N_("This comment is not there any more."));
    if (rc == 0)
        rc = find_note(rq, db, look.note, eyes, &note, err);
    if (rc < 0)
        return rc;
    t->thing = (struct thing){ .kind = THING_COMMENT,
                               .id = comment,
                               .owner = look.author,
                               .section = note.thing.section,
                               .complaint = note.thing.complaint,
                               .title = note.thing.title,
                               .text = look.body,
                               .named = note.thing.named,
                               .n_named = note.thing.n_named };
    t->id = arena_str(rq->arena, id_text(id, "cmt", comment));
    t->href = arena_printf(rq->arena, "%.*s#%.*s", STR_ARG(note.href), STR_ARG(t->id));
    return 0;
}

static int find_person(struct req *rq, struct db *db, int64_t actor, struct thing_shown *t,
                       struct err *err)
{
    struct person_card card = { 0 };
    int rc = person_cards(db, rq->arena, &actor, 1, &card, err);
    if (rc == 0 && card.actor == 0)
        rc = err_set(err, ERR_NOT_FOUND, N_("This person is not here any more."));
    if (rc < 0)
        return rc;
    t->thing = (struct thing){ .kind = THING_PERSON,
                               .id = actor,
                               .owner = actor,
                               .title = card.name,
                               .text = arena_printf(rq->arena, "@%.*s", STR_ARG(card.handle)) };
    t->id = card.handle;
    t->href = arena_printf(rq->arena, "/u/%.*s", STR_ARG(card.handle));
    return 0;
}

static int find_topic(struct req *rq, struct db *db, int64_t topic, struct thing_shown *t,
                      struct err *err)
{
    struct str name, key;
    int rc = topic_named(db, rq->arena, topic, &name, &key, err);
    if (rc < 0)
        return rc;
    t->thing = (struct thing){ .kind = THING_TOPIC,
                               .id = topic,
                               .title = arena_printf(rq->arena, "#%.*s", STR_ARG(name)) };
    t->id = key;
    t->href = arena_printf(rq->arena, "/t/%.*s", STR_ARG(key));
    return 0;
}

/* What stands in rooms above: they say how it looks. */
static int find_elsewhere(struct req *rq, struct db *db, enum thing_kind kind, int64_t id,
                          struct thing_shown *t, struct err *err)
{
    struct part part = { 0 };
    const char *slot = kind == THING_PRODUCT ? "moderation.product" : "moderation.message";
    int rc = slot_fill(rq, db, slot, &id, 1, &part, err);
    if (rc < 0)
        return rc;
    if (!part.data)
        return err_set(err, ERR_NOT_FOUND, N_("This is not there any more."));
    *t = *(const struct thing_shown *)part.data;
    t->thing.kind = kind;
    t->thing.id = id;
    return 0;
}

static int find(struct req *rq, struct db *db, enum thing_kind kind, int64_t id,
                enum thing_eyes eyes, struct thing_shown *t, struct err *err)
{
    switch (kind) {
    case THING_NOTE:
        return find_note(rq, db, id, eyes, t, err);
    case THING_COMMENT:
        return find_comment(rq, db, id, eyes, t, err);
    case THING_PERSON:
        return find_person(rq, db, id, t, err);
    case THING_TOPIC:
        return find_topic(rq, db, id, t, err);
    case THING_PRODUCT:
    case THING_MESSAGE:
        break;
    }
    return find_elsewhere(rq, db, kind, id, t, err);
}

/* The number that an address means. */
static int read_id(struct req *rq, struct db *db, enum thing_kind kind, struct str text,
                   int64_t *ret_id, struct err *err)
{
    static const char *const prefixes[] = { [THING_NOTE] = "note",
                                            [THING_COMMENT] = "cmt",
                                            [THING_PRODUCT] = "prod",
                                            [THING_MESSAGE] = "msg" };
    struct person_card card = { 0 };
    if (kind == THING_TOPIC)
        return topic_of_key(db, rq->arena, text, ret_id, err);
    if (kind == THING_PERSON) {
        int rc = person_of_handle(db, rq->arena, person_fold(rq->arena, text), &card, err);
        if (rc == 0)
            *ret_id = card.actor;
        return rc;
    }
    if (id_parse(text, prefixes[kind], ret_id))
        return 0;
    return err_set(err, ERR_NOT_FOUND, N_("This is not there any more."));
}

static int find_owner(struct req *rq, struct db *db, struct thing_shown *t, struct err *err)
{
    if (t->thing.owner == 0)
        return 0;
    return person_cards(db, rq->arena, &t->thing.owner, 1, &t->owner, err);
}

int thing_find(struct req *rq, struct db *db, enum thing_kind kind, struct str id,
               struct thing_shown *ret_thing, struct err *err)
{
    struct thing_shown t = { 0 };
    int64_t number = 0;
    bool apart = false;
    int rc = read_id(rq, db, kind, id, &number, err);
    if (rc == 0)
        rc = find(rq, db, kind, number, EYES_READER, &t, err);
    if (rc == 0 && (kind == THING_COMMENT || kind == THING_PERSON))
        rc = bond_blocked(db, rq->viewer.actor, t.thing.owner, &apart, err);
    if (rc == 0 && apart)
        rc = err_set(err, ERR_NOT_FOUND, N_("This is not there any more."));
    if (rc == 0)
        rc = find_owner(rq, db, &t, err);
    if (rc == 0)
        *ret_thing = t;
    return rc;
}

int thing_of_case(struct req *rq, struct db *db, enum thing_kind kind, int64_t object,
                  struct thing_shown *ret_thing, struct err *err)
{
    struct thing_shown t = { 0 };
    int rc = find(rq, db, kind, object, EYES_STAFF, &t, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        t = (struct thing_shown){ .thing = { .kind = kind, .id = object }, .gone = true };
        rc = 0;
    }
    if (rc == 0)
        rc = find_owner(rq, db, &t, err);
    if (rc == 0)
        *ret_thing = t;
    return rc;
}
