/* account/staff/staff_web.h - the console's doors about people and the place.
 *
 *   GET  /operator/audit             every act of the staff; ?csv=1 as a table
 *   GET  /operator/people            search, roles, suspensions
 *   POST /operator/people/:handle/roles, …/suspend
 *   POST /people/:handle/roles       the same for programs
 *   GET, POST /operator/settings     what can be set
 *   GET, POST /operator/announcement a bar on every page
 *   POST /announcement/away          put it away, for this browser
 *   GET  /me/standing                whether one is suspended, why and until when
 *   POST /me/standing/answer         what one says to it, once
 *   GET, POST /setup                 the first operator, once
 */
#ifndef SWARD_ACCOUNT_STAFF_STAFF_WEB_H
#define SWARD_ACCOUNT_STAFF_STAFF_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/person/person.h"
#include "account/staff/people.h"
#include "account/staff/setting.h"
#include "account/staff/staff.h"
#include "store/privacy.h"
#include "web/route.h"
#include "web/slot.h"

struct audit_line {
    struct staff_row row;
    struct person_card by;  /* actor 0 = the operator's key */
    struct person_card who; /* when the object is a person */
};

struct audit_page {
    struct audit_line *lines;
    size_t n;
    struct str person, act, day; /* the filter, as asked */
    const struct str *acts;      /* to choose from */
    size_t n_acts;
    struct str more; /* address of the next page; empty = that was all */
    struct str csv;  /* the same acts as a table */
};

struct people_page {
    const struct person_card *cards;
    const bool *second; /* of each: they show a second factor when they sign in */
    size_t n;
    struct str q, kind;
    struct str more;
};

/* One person, to change what they are. */
struct people_one {
    struct person_card card;
    struct people_standing standing;
    const struct audit_line *acts;
    size_t n_acts;
};

struct setting_line {
    int at;
    struct setting_info info;
    struct str value;
    struct str fallback;
    enum setting_source source;
    bool pinned;
    enum setting_change change;
    bool waits; /* stored, but in force only after a restart */
};

struct setting_page {
    const struct setting_line *lines;
    size_t n;
    bool saved;
};

struct announcement_page {
    struct str en, zh;
    struct str since, until; /* days, as an input of type date takes them; or empty */
    bool pinned;             /* set outside the console */
    bool shown;              /* it is on the pages now */
};

struct standing_page {
    struct people_standing standing;
};

struct setup_page {
    struct str token;
    const struct settings *settings;
    bool gate; /* this program knows a gate */
    struct str gate_now;
};

/* Print the name of a place where a value comes from. */
const char *setting_source_name(enum setting_source source);

/* Acts with who did them and to whom. */
NODISCARD int audit_lines(struct db *db, struct arena *a, const struct staff_row *rows, size_t n,
                          struct audit_line *ret_lines, struct err *err);

/* The first operator's door: what its address must carry.
 *   secret  of the data folder (settings->operator_key is drawn from it or set)
 *   ret     in the arena */
struct str setup_token(struct arena *a, const struct settings *settings);

extern const struct privacy_part staff_privacy;

extern const struct route audit_routes[];
extern const struct route people_routes[];
extern const struct route setting_routes[];
extern const struct route announcement_routes[];
extern const struct route setup_routes[];

#endif
