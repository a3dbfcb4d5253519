-- name: web_key_find one
-- doc: The answer that was kept under a key.
-- args: key text, actor id
select k.route, k.fingerprint, k.status, k.location, k.body
  from web_key k where k.key = $key and k.actor = $actor;

-- name: web_key_keep run
-- doc: Keep an answer under a key; no row when the key is there.
-- args: key text, actor id, route text, fingerprint bytes, status int, location text, body text, now time
insert into web_key (key, actor, route, fingerprint, status, location, body, created)
values ($key, $actor, $route, $fingerprint, $status, $location, $body, $now)
on conflict do nothing;

-- name: web_key_old many
-- doc: Keys that were kept long enough, the oldest first.
-- args: before time, n int
select k.key, k.actor from web_key k where k.created < $before order by k.created limit $n;

-- name: web_key_drop run
-- doc: Forget one key.
-- args: key text, actor id
delete from web_key where key = $key and actor = $actor;

-- name: web_key_mine many
-- doc: What somebody sent lately that may be sent again.
-- args: actor id
select k.route, k.status, k.created from web_key k where k.actor = $actor order by k.created limit 1000;

-- name: web_key_erase run
-- doc: Forget the answers to one person.
-- args: actor id
delete from web_key where actor = $actor;
