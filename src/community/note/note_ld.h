/* community/note/note_ld.h - a note as other places show it: a sentence, a photo, schema.org's
 * JSON-LD.
 *
 * Only for notes that everyone may see. The same for every reader, and
 * remembered until the note, its counts or its author change.
 * Memory: the request's arena. Threads: no state.
 */
#ifndef SWARD_COMMUNITY_NOTE_NOTE_LD_H
#define SWARD_COMMUNITY_NOTE_NOTE_LD_H

#include "account/person/person.h"
#include "gen/note_sql.h"
#include "web/request.h"

/* Fill description, image and json_ld of a page's head. What does not fit is left out.
 *   path  the note's own address */
void note_ld_fill(struct req *rq, struct db *db, const struct note_row_row *row,
                  const struct person_card *author, struct str path, struct page_head *head);

#endif
