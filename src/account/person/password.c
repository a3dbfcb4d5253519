#include "account/person/password.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

#define PASSES  2
#define MEMORY  (19u * 1024 * 1024)
#define AT_ONCE 2

static pthread_mutex_t gate_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_open = PTHREAD_COND_INITIALIZER;
static int gate_places = AT_ONCE;

static void gate_enter(void)
{
    pthread_mutex_lock(&gate_lock);
    while (gate_places == 0)
        pthread_cond_wait(&gate_open, &gate_lock);
    gate_places--;
    pthread_mutex_unlock(&gate_lock);
}

static void gate_leave(void)
{
    pthread_mutex_lock(&gate_lock);
    gate_places++;
    pthread_cond_signal(&gate_open);
    pthread_mutex_unlock(&gate_lock);
}

int password_hash(struct arena *a, struct str password, struct str *ret_secret, struct err *err)
{
    char secret[crypto_pwhash_STRBYTES];
    gate_enter();
    int rc = crypto_pwhash_str_alg(secret, password.ptr ? password.ptr : "", password.len, PASSES,
                                   MEMORY, crypto_pwhash_ALG_ARGON2ID13);
    gate_leave();
    if (rc != 0)
        return err_detail(err, ERR_NOMEM, "no memory to hash a password");
    *ret_secret = arena_str_c(a, secret);
    return arena_overflowed(a) ? err_detail(err, ERR_NOMEM, "arena full") : 0;
}

/* A secret that no password makes, of the same cost as a real one. */
static const char STAND_IN[] = "$argon2id$v=19$m=19456,t=2,p=1$c3dhcmQtc3RhbmQtaW4tMDE$"
                               "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool password_matches(struct str secret, struct str password)
{
    const char *stored = secret.len ? secret.ptr : STAND_IN;
    gate_enter();
    int rc = crypto_pwhash_str_verify(stored, password.ptr ? password.ptr : "", password.len);
    gate_leave();
    return rc == 0 && secret.len > 0;
}
