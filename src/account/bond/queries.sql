-- name: bond_add run
-- doc: Block or mute somebody; nothing happens when that stands.
-- args: actor id, other id, kind int, at time
-- changes: bonds($actor), bonds($other)
insert into bond(actor, other, kind, at) values ($actor, $other, $kind, $at)
on conflict do nothing;

-- name: bond_remove run
-- doc: Take a block or a mute back.
-- args: actor id, other id, kind int
-- changes: bonds($actor), bonds($other)
delete from bond where actor = $actor and other = $other and kind = $kind;

-- name: bond_any one
-- doc: Whether an actor blocks or mutes anybody, or is blocked or muted.
-- args: actor id
-- cols: found bool
-- remembered: bonds($actor)
select exists(select 1 from bond b where b.actor = $actor)
    or exists(select 1 from bond b where b.other = $actor) as found;

-- name: bond_blocked_row one
-- doc: Whether either of two actors blocks the other.
-- args: one id, two id
-- cols: blocked bool
select exists(select 1 from bond b
               where b.kind = 1 and ((b.actor = $one and b.other = $two)
                                     or (b.actor = $two and b.other = $one))) as blocked;

-- name: bond_between one
-- doc: What a reader set about somebody.
-- args: actor id, other id
-- cols: blocked bool, muted bool
select exists(select 1 from bond b where b.actor = $actor and b.other = $other and b.kind = 1)
           as blocked,
       exists(select 1 from bond b where b.actor = $actor and b.other = $other and b.kind = 2)
           as muted;

-- name: bond_hidden_rows many
-- doc: Whose things a reader does not see in lists: blocked either way, or muted.
-- args: actor id, n int
-- cols: other id
select b.other as other from bond b where b.actor = $actor
union
select b.actor as other from bond b where b.other = $actor and b.kind = 1
order by other limit $n;

-- name: bond_list many
-- doc: Whom somebody blocked or muted, newest first, beyond a place in that list.
-- args: actor id, at time, other id, kind int, n int
select b.other, b.kind, b.at from bond b
 where b.actor = $actor and (b.at, b.other, b.kind) < ($at, $other, $kind)
 order by b.at desc, b.other desc, b.kind desc limit $n;

-- name: bond_room one
-- doc: How many somebody blocked or muted.
-- args: actor id
-- cols: n int
select count(*) as n from bond where actor = $actor;

-- name: bond_erase run
-- doc: Forget what somebody set about others, and others about them.
-- args: actor id
-- changes: bonds($actor)
delete from bond where actor = $actor or other = $actor;
