#include "community/highlight/highlight.h"

#include "community/note/note.h"
#include "gen/highlight_sql.h"

static int check_note(struct db *db, struct arena *a, int64_t actor, int64_t note, struct err *err)
{
    struct note_brief brief = { 0 };
    int rc = note_brief(db, a, note, actor, &brief, err);
    if (rc == ERR_NOT_FOUND || (rc == 0 && brief.author != actor)) {
        err_clear(err);
        return err_field(err, "note", N_("Only notes of your own can stand first."));
    }
    return rc;
}

int highlight_set(struct db *db, struct arena *a, int64_t actor, const int64_t *notes, size_t n,
                  struct err *err)
{
    if (n > HIGHLIGHTS_MAX)
        return err_field_n(err, "note", N_("At most {n} notes can stand first."), HIGHLIGHTS_MAX);
    int rc = highlight_clear(db, actor, NULL, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        for (size_t j = 0; j < i; j++)
            if (notes[j] == notes[i])
                return err_field(err, "note", N_("Each note can stand there once."));
        rc = check_note(db, a, actor, notes[i], err);
        if (rc == 0)
            rc = highlight_insert(db, actor, (int64_t)i, notes[i], NULL, err);
    }
    return rc;
}
