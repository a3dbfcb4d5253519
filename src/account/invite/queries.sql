-- name: invite_insert run
-- doc: A new invitation.
-- args: code text, owner id, label text, uses_max int, created time, expires time?
insert into invite(code, owner, label, uses_max, created, expires)
values ($code, $owner, $label, $uses_max, $created, $expires);

-- name: invite_row one
-- doc: An invitation by its code.
-- args: code text
select code, owner, label, uses_max, uses, created, expires, closed from invite where code = $code;

-- name: invite_of_owner many
-- doc: The invitations of a person, or of the place (owner 0), newest first.
-- args: owner id, n int
select code, label, uses_max, uses, created, expires, closed from invite
 where owner = $owner order by created desc, code limit $n;

-- name: invite_spent one
-- doc: How many of their invitations a person has given: used, or still open.
-- args: owner id
-- cols: n int
select count(*) as n from invite where owner = $owner and (uses > 0 or not closed);

-- name: invite_take run
-- doc: One more came by it; nothing happens when it is used up, closed or over.
-- args: code text, now time
update invite set uses = uses + 1
 where code = $code and uses < uses_max and not closed and (expires is null or expires > $now);

-- name: invite_close_row run
-- doc: It is good for nobody any more.
-- args: code text, owner id
update invite set closed = true where code = $code and owner = $owner and not closed;

-- name: invited_insert run
-- doc: Who came by which invitation.
-- args: newcomer id, code text, inviter id, at time
insert into invited(newcomer, code, inviter, at) values ($newcomer, $code, $inviter, $at);

-- name: invited_of many
-- doc: Whom a person, or the place (inviter 0), brought, newest first.
-- args: inviter id, n int
select newcomer, code, at from invited where inviter = $inviter order by at desc, newcomer limit $n;

-- name: asking_insert run
-- doc: Somebody asks to join; nothing happens when the handle is asked for already.
-- args: id id, handle text, name text, mail text, secret text, lang text, said text, source text
-- args: arrived_by id, created time
insert into asking(id, handle, name, mail, secret, lang, said, source, arrived_by, created)
values ($id, $handle, $name, $mail, $secret, $lang, $said, $source, $arrived_by, $created)
on conflict do nothing;

-- name: asking_row one
-- doc: One who asks.
-- args: id id
select id, handle, name, mail, secret, lang, said, source, arrived_by, created from asking where id = $id;

-- name: asking_of_handle one
-- doc: The password's secret of one who asks, to tell them how it stands.
-- args: handle text
select secret from asking where handle = $handle;

-- name: asking_list many
-- doc: Those who ask, who waits longest first.
-- args: after id, n int
select id, handle, name, mail, said, source, created from asking where id > $after order by id limit $n;

-- name: asking_count one
-- doc: How many ask.
-- cols: n int
select count(*) as n from asking;

-- name: asking_delete run
-- doc: It was decided.
-- args: id id
delete from asking where id = $id;

-- name: asking_tidy run
-- doc: Whoever was never answered has gone elsewhere.
-- args: before time
delete from asking where created < $before;

-- name: invite_mine many
-- doc: The invitations of a person, for their own copy of their data.
-- args: actor id
select code, uses, created, closed from invite where owner = $actor order by created, code limit 1000;

-- name: invited_mine many
-- doc: Who brought a person, and whom they brought.
-- args: actor id
select newcomer, inviter, at from invited where newcomer = $actor or inviter = $actor
 order by at, newcomer limit 1000;

-- name: invite_erase run
-- doc: A person goes: their unused invitations with them.
-- args: actor id
delete from invite where owner = $actor;

-- name: invited_erase run
-- doc: A person goes: nobody keeps who brought them.
-- args: actor id
delete from invited where newcomer = $actor;

-- name: invited_unname run
-- doc: A person goes: those they brought stay, brought by nobody in particular.
-- args: actor id
update invited set inviter = 0, code = '' where inviter = $actor;
