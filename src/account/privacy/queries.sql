-- name: export_insert run
-- doc: Somebody asked for a copy of their data.
-- args: id id, actor id, lang text
insert into privacy_export(id, actor, state, lang) values ($id, $actor, 1, $lang);

-- name: export_row one
-- doc: One copy that was asked for.
-- args: id id
select id, actor, state, lang, done, bytes, ready from privacy_export where id = $id;

-- name: export_list many
-- doc: The copies that somebody asked for, newest first.
-- args: actor id
select id, state, done, bytes, ready from privacy_export where actor = $actor order by id desc limit 20;

-- name: export_progress run
-- doc: So many rooms are gathered.
-- args: id id, done int
update privacy_export set done = $done where id = $id and state = 1;

-- name: export_ready run
-- doc: A copy is there to be fetched; nothing happens when its person went meanwhile.
-- args: id id, bytes int, at time
update privacy_export set state = 2, bytes = $bytes, ready = $at where id = $id and state = 1;

-- name: export_failed run
-- doc: A copy could not be made.
-- args: id id, at time
update privacy_export set state = 3, ready = $at where id = $id and state = 1;

-- name: export_expire run
-- doc: Copies that were there long enough.
-- args: before time
delete from privacy_export where ready is not null and ready < $before;

-- name: export_erase run
-- doc: A person goes: the copies they asked for.
-- args: actor id
delete from privacy_export where actor = $actor;

-- name: hold_insert run
-- doc: Lay a hold on somebody's data.
-- args: id id, actor id, reason text, laid_by id
insert into legal_hold(id, actor, reason, laid_by) values ($id, $actor, $reason, $laid_by);

-- name: hold_standing one
-- doc: How many holds stand on somebody's data.
-- args: actor id
-- cols: n int
select count(*) as n from legal_hold where actor = $actor and lifted is null;

-- name: hold_list many
-- doc: Holds that stand, newest first.
-- args: n int
select id, actor, reason, kept from legal_hold where lifted is null order by id desc limit $n;

-- name: hold_row one
-- doc: One hold.
-- args: id id
select id, actor, reason, lifted, kept from legal_hold where id = $id;

-- name: hold_keep run
-- doc: The person went; a sealed copy is kept for the hold.
-- args: actor id
update legal_hold set kept = true where actor = $actor and lifted is null;

-- name: hold_lift run
-- doc: End a hold; nothing happens when it has ended.
-- args: id id, at time
update legal_hold set lifted = $at where id = $id and lifted is null;

-- name: privacy_operators one
-- doc: How many operators there are beside somebody.
-- args: actor id
-- cols: n int
select count(*) as n from person_shown where roles / 32 % 2 = 1 and actor <> $actor;
