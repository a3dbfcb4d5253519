-- name: highlight_of many
-- doc: What a person put first, in their order.
-- args: actor id
select note from highlight where actor = $actor order by position limit 10;

-- name: highlight_clear run
-- doc: Nothing stands first.
-- args: actor id
delete from highlight where actor = $actor;

-- name: highlight_insert run
-- doc: One note in its place.
-- args: actor id, position int, note id
insert into highlight(actor, position, note) values ($actor, $position, $note);

-- name: highlight_mine many
-- doc: For a person's own copy of their data.
-- args: actor id
select position, note from highlight where actor = $actor order by position limit 10;
