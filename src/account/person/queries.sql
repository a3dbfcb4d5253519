-- name: person_insert run
-- doc: A new person with their actor key.
-- args: id id, actor id, handle text, name text, roles int, lang text, simulated bool, created time
insert into person(id, actor, handle, name, roles, lang, simulated, created)
values ($id, $actor, $handle, $name, $roles, $lang, $simulated, $created)
on conflict do nothing;

-- name: identifier_insert run
-- doc: One more way to say who one is; nothing happens when it is taken.
-- args: kind int, value text, person id, verified time?
insert into identifier(kind, value, person, verified)
values ($kind, $value, $person, $verified)
on conflict do nothing;

-- name: identifier_taken one
-- doc: Whether somebody already uses this identifier.
-- args: kind int, value text
-- cols: taken bool
select exists(select 1 from identifier i where i.kind = $kind and i.value = $value) as taken;

-- name: credential_set run
-- doc: Set or change a secret.
-- args: person id, kind int, secret text, changed time
insert into credential(person, kind, secret, changed)
values ($person, $kind, $secret, $changed)
on conflict (person, kind) do update set secret = excluded.secret, changed = excluded.changed;

-- name: sign_in_lookup one
-- doc: The person and the secret that an identifier leads to.
-- args: kind int, value text, secret_kind int
select i.person, c.secret
  from identifier i join credential c on c.person = i.person and c.kind = $secret_kind
 where i.kind = $kind and i.value = $value;

-- name: session_insert run
-- doc: Remember a signed-in browser by the hash of its token.
-- args: token bytes, id id, person id, created time, expires time
insert into session(token, id, person, created, expires)
values ($token, $id, $person, $created, $expires);

-- name: session_delete run
-- doc: Sign one browser out.
-- args: token bytes
delete from session where token = $token;

-- name: session_extend run
-- doc: Keep a browser that is used signed in.
-- args: token bytes, expires time
update session set expires = $expires where token = $token;

-- name: session_purge run
-- doc: Forget sessions that ended.
-- args: now time
delete from session where expires < $now;

-- name: session_viewer one
-- doc: Who is asking, by the hash of the token; everything the guard needs in one row.
-- args: token bytes, now time
select s.id as session, s.expires, p.id as person, p.actor, p.handle, p.name, p.avatar, p.roles, p.lang,
       p.personalised, p.exposure_ok, p.simulated
  from session s join person p on p.id = s.person
 where s.token = $token and s.expires > $now;

-- name: person_by_handle one
-- doc: The profile that an address names.
-- args: handle text
select actor, handle, name, bio, avatar, roles, simulated, created from person where handle = $handle;

-- name: person_settings_row one
-- doc: What the person may set about themselves.
-- args: actor id
select name, bio, lang, interests, personalised, exposure_ok, avatar, simulated from person where actor = $actor;

-- name: person_settings_set run
-- doc: Change the settings page's fields.
-- args: actor id, name text, bio text, personalised bool, exposure_ok bool
update person set name = $name, bio = $bio, personalised = $personalised, exposure_ok = $exposure_ok
 where actor = $actor;

-- name: person_interests_set run
-- doc: Keep what the person chose to see more of.
-- args: actor id, interests text, exposure_ok bool
update person set interests = $interests, exposure_ok = $exposure_ok where actor = $actor;

-- name: person_interests one
-- doc: What the person chose to see more of.
-- args: actor id
select interests from person where actor = $actor;

-- name: person_lang_set run
-- doc: Keep the chosen language.
-- args: actor id, lang text
update person set lang = $lang where actor = $actor;

-- name: person_avatar_set run
-- doc: Show another picture of the person.
-- args: actor id, avatar text
update person set avatar = $avatar where actor = $actor;

-- name: person_roles_set run
-- doc: Give or take roles.
-- args: handle text, roles int
update person set roles = $roles where handle = $handle;

-- name: person_cards_rows many
-- doc: Who these actors are, as everyone may see them.
-- args: actors ids
select actor, handle, name, avatar, roles, simulated
  from person where actor in $actors limit 1000;

-- name: person_of_id one
-- doc: The actor and handle of a person, after their password was right.
-- args: id id
select actor, handle, simulated from person where id = $id;
