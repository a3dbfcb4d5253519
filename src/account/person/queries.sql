-- name: person_insert run
-- doc: A new person with their actor key.
-- args: id id, actor id, handle text, name text, roles int, lang text, simulated bool, created time
-- args: source text, invited_by id
-- changes: person($actor), people()
insert into person(id, actor, handle, name, roles, lang, simulated, created, source, invited_by)
values ($id, $actor, $handle, $name, $roles, $lang, $simulated, $created, $source, $invited_by)
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
-- args: token bytes, id id, person id, created time, expires time, used time, strong bool, agent text
-- changes: session($token)
insert into session(token, id, person, created, expires, used, strong, agent)
values ($token, $id, $person, $created, $expires, $used, $strong, $agent);

-- name: session_delete run
-- doc: Sign one browser out.
-- args: token bytes
-- changes: session($token)
delete from session where token = $token;

-- name: session_touch run
-- doc: A session was used: in which hour, and how long it lives on.
-- args: token bytes, expires time, used time
-- changes: session($token)
update session set expires = $expires, used = $used where token = $token;

-- name: session_strengthen run
-- doc: This session showed the second factor.
-- args: id id, person id
-- changes: sessions()
update session set strong = true where id = $id and person = $person;

-- name: session_weaken run
-- doc: Without a second factor no session has shown it.
-- args: person id
-- changes: sessions()
update session set strong = false where person = $person;

-- name: session_list many
-- doc: The browsers of a person that are signed in, the last used first.
-- args: person id, now time
select id, created, used, strong, agent from session
 where person = $person and expires > $now order by used desc, id desc limit 100;

-- name: session_revoke run
-- doc: Sign one browser of a person out, by the id of its session.
-- args: person id, id id
-- changes: sessions()
delete from session where person = $person and id = $id;

-- name: session_revoke_others run
-- doc: Sign all browsers of a person out but one.
-- args: person id, keep id
-- changes: sessions()
delete from session where person = $person and id <> $keep;

-- name: session_purge run
-- doc: Forget sessions that ended.
-- args: now time
-- changes: sessions()
delete from session where expires < $now;

-- name: session_open one
-- doc: Whether somebody is still signed in by that session.
-- args: actor id, session id, now time
-- cols: open bool
select exists(select 1 from person p join session s on s.person = p.id
               where p.actor = $actor and s.id = $session and s.expires > $now) as open;

-- name: session_viewer one
-- doc: Who is asking, by the hash of the token; everything the guard needs in one row.
-- args: token bytes
-- remembered: session($token), sessions(), people()
select s.id as session, s.expires, s.used, s.strong, p.id as person, p.actor, p.handle, p.name, p.avatar, p.roles, p.lang,
       p.personalised, p.exposure_ok, p.simulated
  from session s join person p on p.id = s.person
 where s.token = $token;

-- name: person_by_handle one
-- doc: The profile that an address names.
-- args: handle text
-- remembered: people()
select actor, handle, name, bio, avatar, roles, simulated, created, cover, cover_width, cover_height,
       cover_colour
  from person where handle = $handle;

-- name: person_handle_now one
-- doc: The handle today of whoever has, or had, this one.
-- args: handle text
select p.handle from identifier i join person p on p.id = i.person where i.kind = 1 and i.value = $handle;

-- name: person_settings_row one
-- doc: What the person may set about themselves.
-- args: actor id
select id, handle, name, bio, lang, interests, personalised, exposure_ok, avatar, avatar_media, cover,
       cover_media, cover_width, cover_height, cover_colour, handle_changed, simulated, created
  from person where actor = $actor;

-- name: person_consent_set run
-- doc: Change what may be counted and personalised.
-- args: actor id, personalised bool, exposure_ok bool
-- changes: person($actor), people()
update person set personalised = $personalised, exposure_ok = $exposure_ok where actor = $actor;

-- name: person_profile_set run
-- doc: Change what a person says about themselves.
-- args: actor id, name text, bio text
-- changes: person($actor), people()
update person set name = $name, bio = $bio where actor = $actor;

-- name: person_handle_set run
-- doc: Call a person otherwise; nothing happens when somebody has that handle.
-- args: actor id, handle text, at time
-- changes: person($actor), people()
update person set handle = $handle, handle_changed = $at
 where actor = $actor and not exists (select 1 from person p where p.handle = $handle);

-- name: identifier_owner one
-- doc: Whose identifier this is.
-- args: kind int, value text
select person from identifier where kind = $kind and value = $value;

-- name: address_of one
-- doc: A person with their address of a kind, the confirmed one first, and when their secret was set.
-- args: person id, kind int, secret_kind int
-- cols: value text?, verified time?, changed time
select p.actor, p.name, p.lang, p.simulated, i.value, i.verified, coalesce(c.changed, 0) as changed
  from person p
  left join identifier i on i.person = p.id and i.kind = $kind
  left join credential c on c.person = p.id and c.kind = $secret_kind
 where p.id = $person order by i.verified desc nulls last, i.value nulls last limit 1;

-- name: address_owner one
-- doc: Whose confirmed address this is.
-- args: kind int, value text
select person from identifier where kind = $kind and value = $value and verified is not null;

-- name: address_clear run
-- doc: A person's addresses of a kind, and one that others only claimed.
-- args: person id, kind int, value text
delete from identifier
 where kind = $kind and (person = $person or (value = $value and verified is null));

-- name: identifier_list many
-- doc: The identifiers of a kind that a person has, the newest first.
-- args: person id, kind int
select value, verified from identifier where person = $person and kind = $kind
 order by verified desc nulls last, value limit 100;

-- name: identifier_drop run
-- doc: Let an identifier go.
-- args: kind int, value text, person id
delete from identifier where kind = $kind and value = $value and person = $person;

-- name: person_interests_set run
-- doc: Keep what the person chose to see more of.
-- args: actor id, interests text, exposure_ok bool
-- changes: person($actor), people()
update person set interests = $interests, exposure_ok = $exposure_ok where actor = $actor;

-- name: person_interests one
-- doc: What the person chose to see more of.
-- args: actor id
-- remembered: person($actor)
select interests from person where actor = $actor;

-- name: person_lang_set run
-- doc: Keep the chosen language.
-- args: actor id, lang text
-- changes: person($actor), people()
update person set lang = $lang where actor = $actor;

-- name: person_avatar_set run
-- doc: Show another picture of the person, or none.
-- args: actor id, avatar text, media id
-- changes: person($actor), people()
update person set avatar = $avatar, avatar_media = $media where actor = $actor;

-- name: person_cover_set run
-- doc: Show another wide photo at the head of the profile, or none.
-- args: actor id, cover text, media id, width int, height int, colour int
-- changes: person($actor), people()
update person set cover = $cover, cover_media = $media, cover_width = $width, cover_height = $height,
                  cover_colour = $colour
 where actor = $actor;

-- name: person_roles_set run
-- doc: Give or take roles.
-- args: handle text, roles int
-- changes: person(in C), people()
update person set roles = $roles where handle = $handle;

-- name: person_cards_rows many
-- doc: Who these actors are, as everyone may see them.
-- args: actors ids
select actor, handle, name, avatar, roles, simulated
  from person where actor in $actors limit 1000;

-- name: person_card_row one
-- doc: Who this actor is, as everyone may see them.
-- args: actor id
-- remembered: person($actor)
select actor, handle, name, avatar, roles, simulated from person where actor = $actor;

-- name: person_of_id one
-- doc: The actor and handle of a person, after their password was right.
-- args: id id
select actor, handle, roles, simulated from person where id = $id;

-- name: person_id_of one
-- doc: The person behind an actor.
-- args: actor id
select id from person where actor = $actor;

-- name: credential_of one
-- doc: The secret of an actor, to compare with what was typed.
-- args: actor id, kind int
select c.person, c.secret, c.changed
  from person p join credential c on c.person = p.id and c.kind = $kind
 where p.actor = $actor;

-- name: second_factor_begin run
-- doc: A new key for the second factor; nothing happens when one is in use.
-- args: person id, secret bytes
insert into second_factor(person, secret) values ($person, $secret)
on conflict (person) do update set secret = excluded.secret, last_step = 0
 where second_factor.confirmed is null;

-- name: second_row one
-- doc: The second factor of a person.
-- args: person id
select secret, confirmed, last_step, tries, tries_from from second_factor where person = $person;

-- name: second_confirm_row run
-- doc: The first right code: from now on it is asked for.
-- args: person id, at time, step int
update second_factor set confirmed = $at, last_step = $step, tries = 0
 where person = $person and confirmed is null;

-- name: second_taken run
-- doc: A code of this step was right; nothing happens when one of it was taken before.
-- args: person id, step int
update second_factor set last_step = $step, tries = 0 where person = $person and last_step < $step;

-- name: second_try run
-- doc: Count a try; a new span of time begins when the last one is over.
-- args: person id, now time, stale time
update second_factor
   set tries = cast(case when tries_from < $stale then 1 else tries + 1 end as int),
       tries_from = cast(case when tries_from < $stale then $now else tries_from end as int)
 where person = $person;

-- name: second_forgive run
-- doc: The tries were somebody who is who they say.
-- args: person id
update second_factor set tries = 0 where person = $person;

-- name: second_factor_remove run
-- doc: No second factor any more.
-- args: person id
delete from second_factor where person = $person;

-- name: recovery_add run
-- doc: One more code for a person without their phone.
-- args: person id, hash bytes
insert into recovery_code(person, hash) values ($person, $hash);

-- name: recovery_use run
-- doc: Use a recovery code up; nothing happens when it is used, or none.
-- args: person id, hash bytes, at time
update recovery_code set used = $at where person = $person and hash = $hash and used is null;

-- name: recovery_left one
-- doc: How many recovery codes are left.
-- args: person id
-- cols: n int
select count(*) as n from recovery_code where person = $person and used is null;

-- name: recovery_clear run
-- doc: Forget all recovery codes of a person.
-- args: person id
delete from recovery_code where person = $person;

-- name: wait_insert run
-- doc: A password was right; the second factor is still to come.
-- args: token bytes, person id, expires time
insert into sign_in_wait(token, person, expires) values ($token, $person, $expires);

-- name: wait_find one
-- doc: Who is waited for.
-- args: token bytes, now time
select person from sign_in_wait where token = $token and expires > $now;

-- name: wait_delete run
-- doc: They are in, or have given up.
-- args: token bytes
delete from sign_in_wait where token = $token;

-- name: wait_purge run
-- doc: Forget those who never came.
-- args: now time
delete from sign_in_wait where expires < $now;

-- name: person_mine many
-- doc: Everything about a person in their own row, for their copy of it.
-- args: actor id
select id, actor, handle, name, bio, avatar, roles, lang, interests, personalised, exposure_ok,
       simulated, created, cover, handle_changed, source, invited_by
  from person where actor = $actor limit 1;

-- name: identifier_mine many
-- doc: The ways in which a person may say who they are.
-- args: actor id
select i.kind, i.value, i.verified from identifier i join person p on p.id = i.person
 where p.actor = $actor order by i.kind, i.value limit 1000;

-- name: session_mine many
-- doc: A person's signed-in browsers, without their tokens.
-- args: actor id
select s.id, s.created, s.used, s.expires, s.strong, s.agent
  from session s join person p on p.id = s.person
 where p.actor = $actor order by s.id limit 1000;

-- name: credential_mine many
-- doc: When a person's secrets were last changed.
-- args: actor id
select c.changed from credential c join person p on p.id = c.person where p.actor = $actor limit 10;

-- name: second_factor_mine many
-- doc: Since when a person has a second factor.
-- args: actor id
select f.confirmed from second_factor f join person p on p.id = f.person
 where p.actor = $actor limit 10;

-- name: person_erase_waits run
-- doc: A person goes: who was waited for.
-- args: person id
delete from sign_in_wait where person = $person;

-- name: person_erase_sessions run
-- doc: A person goes: all their browsers are visitors' now.
-- args: person id
-- changes: sessions()
delete from session where person = $person;

-- name: person_erase_credentials run
-- doc: A person goes: their secrets.
-- args: person id
delete from credential where person = $person;

-- name: person_erase_identifiers run
-- doc: A person goes: what they could say who they are by; their handles are free.
-- args: person id
delete from identifier where person = $person;

-- name: person_erase_invited run
-- doc: A person goes: those they brought no longer say by whom.
-- args: actor id
-- changes: none, nobody is shown who brought whom
update person set invited_by = 0 where invited_by = $actor;

-- name: person_erase run
-- doc: A person goes: the one link to their actor key.
-- args: actor id
-- changes: person($actor), people()
delete from person where actor = $actor;
