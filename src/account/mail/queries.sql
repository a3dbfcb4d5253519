-- name: mail_off_list many
-- doc: What a person does not want by mail.
-- args: person id
select kind from mail_off where person = $person order by kind limit 20;

-- name: mail_off_put run
-- doc: One kind is not sent any more.
-- args: person id, kind int
insert into mail_off(person, kind) values ($person, $kind) on conflict do nothing;

-- name: mail_off_drop run
-- doc: One kind is sent again.
-- args: person id, kind int
delete from mail_off where person = $person and kind = $kind;

-- name: mail_off_clear run
-- doc: Nothing is kept back.
-- args: person id
delete from mail_off where person = $person;

-- name: mail_asked_put run
-- doc: A letter was asked for; nothing changes when one was after a time.
-- args: person id, kind int, at time, before time
insert into mail_asked(person, kind, at) values ($person, $kind, $at)
on conflict (person, kind) do update set at = excluded.at where mail_asked.at < $before;

-- name: mail_asked_mine many
-- doc: When a person asked for letters last.
-- args: person id
select kind, at from mail_asked where person = $person order by kind limit 20;

-- name: mail_asked_clear run
-- doc: Forget what a person asked for.
-- args: person id
delete from mail_asked where person = $person;

-- name: mail_refused_put run
-- doc: An address takes nothing.
-- args: address bytes, at time
insert into mail_refused(address, at) values ($address, $at) on conflict do nothing;

-- name: mail_refused_drop run
-- doc: An address may be tried again.
-- args: address bytes
delete from mail_refused where address = $address;

-- name: mail_is_refused one
-- doc: Whether an address takes nothing.
-- args: address bytes
-- cols: refused bool
select exists(select 1 from mail_refused r where r.address = $address) as refused;

-- name: mail_refused_old run
-- doc: Try addresses again after a long time.
-- args: before time
delete from mail_refused where at < $before;
