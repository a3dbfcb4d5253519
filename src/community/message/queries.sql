-- name: talk_of_pair one
-- doc: The conversation of two people.
-- args: one id, two id
select id, opener, state from conversation where one = $one and two = $two;

-- name: talk_insert run
-- doc: A new conversation.
-- args: id id, one id, two id, opener id, state int
insert into conversation(id, one, two, opener, state) values ($id, $one, $two, $opener, $state);

-- name: talk_set_state run
-- doc: The request was accepted, or declined.
-- args: id id, state int
update conversation set state = $state where id = $id;

-- name: talk_side_insert run
-- doc: One side of a new conversation.
-- args: actor id, other id, talk id, shelf int
insert into talk_side(actor, other, talk, shelf, newest, by_other, seen, cleared)
values ($actor, $other, $talk, $shelf, 0, false, 0, 0) on conflict do nothing;

-- name: talk_side_of one
-- doc: A conversation as one of the two has it, by whom it is with.
-- args: actor id, other id
-- cols: their_seen int?, their_cleared int?
select s.talk, s.other, s.shelf, s.newest, s.by_other, s.seen, s.cleared, c.opener, c.state,
       o.seen as their_seen, o.cleared as their_cleared
  from talk_side s join conversation c on c.id = s.talk
  left join talk_side o on o.actor = s.other and o.other = s.actor
 where s.actor = $actor and s.other = $other;

-- name: talk_side_by_id one
-- doc: Whom one's conversation is with.
-- args: actor id, talk id
select other from talk_side where talk = $talk and actor = $actor;

-- name: talk_follows one
-- doc: Whether somebody follows another, who then is no stranger to them.
-- args: follower id, followed id
-- cols: found bool
select exists(select 1 from follow_edge f
               where f.follower = $follower and f.followed = $followed) as found;

-- name: send_known many
-- doc: Whom somebody writes with, the latest first, and then whom they follow. Blocked either way
--      they are not there.
-- args: me id, n int
-- cols: newest int
select p.actor, p.handle, p.name, p.avatar, p.roles, p.simulated, coalesce(s.newest, 0) as newest
  from person_shown p
  left join talk_side s on s.actor = $me and s.other = p.actor and s.shelf = 1 and s.newest > s.cleared
 where p.actor in (select f.followed from follow_edge f where f.follower = $me
                   union select t.other from talk_side t where t.actor = $me and t.shelf = 1)
   and not exists(select 1 from block_edge b where b.actor = $me and b.other = p.actor)
   and not exists(select 1 from block_edge b where b.actor = p.actor and b.other = $me)
 order by newest desc, p.handle limit $n;

-- name: send_by_handle many
-- doc: People whose handle begins so. Blocked either way they are not there.
-- args: me id, begins text, n int
select p.actor, p.handle, p.name, p.avatar, p.roles, p.simulated from person_shown p
 where @starts(p.handle, $begins) and p.actor <> $me
   and not exists(select 1 from block_edge b where b.actor = $me and b.other = p.actor)
   and not exists(select 1 from block_edge b where b.actor = p.actor and b.other = $me)
 order by p.handle limit $n;

-- name: talk_list many
-- doc: Conversations on one shelf, those with the newest message first, with that message. Blocked
--      either way they are not there.
-- args: actor id, shelf int, before id, n int
-- cols: gone bool
select s.talk, s.other, s.newest, s.by_other, s.seen, m.body, m.media, m.product, m.note,
       m.gone or m.hidden as gone
  from talk_side s join message m on m.id = s.newest
 where s.actor = $actor and s.shelf = $shelf and s.newest < $before and s.newest > s.cleared
   and not exists(select 1 from block_edge b where b.actor = s.actor and b.other = s.other)
   and not exists(select 1 from block_edge b where b.actor = s.other and b.other = s.actor)
 order by s.newest desc limit $n;

-- name: talk_unread_count one
-- doc: How many conversations have something new, up to a number. Muted people are not counted.
-- args: actor id, first_shelf int, last_shelf int, n int
-- cols: n int
select count(x.talk) as n
  from (select s.talk from talk_side s
         where s.actor = $actor and s.shelf >= $first_shelf and s.shelf <= $last_shelf
           and s.by_other and s.newest > s.seen and s.newest > s.cleared
           and not exists(select 1 from block_edge b where b.actor = s.actor and b.other = s.other)
           and not exists(select 1 from block_edge b where b.actor = s.other and b.other = s.actor)
           and not exists(select 1 from mute_edge u where u.actor = s.actor and u.other = s.other)
         limit $n) x;

-- name: talk_written run
-- doc: Both sides learn of a new message.
-- args: talk id, author id, newest id
update talk_side set newest = $newest, by_other = actor <> $author where talk = $talk;

-- name: talk_shelve run
-- doc: Put a conversation on another shelf.
-- args: actor id, other id, shelf int
update talk_side set shelf = $shelf where actor = $actor and other = $other;

-- name: talk_see run
-- doc: Read up to a message.
-- args: actor id, other id, seen id
update talk_side set seen = $seen
 where actor = $actor and other = $other and seen < $seen and newest >= $seen;

-- name: talk_clear_side run
-- doc: Delete it for oneself, up to the newest message.
-- args: actor id, other id
update talk_side set cleared = newest, seen = newest where actor = $actor and other = $other;

-- name: talk_cleared one
-- doc: Up to which message everybody who has a conversation deleted it, and how many have it.
-- args: talk id
-- cols: cleared int?, n int
select min(cleared) as cleared, count(*) as n from talk_side where talk = $talk;

-- name: message_insert run
-- doc: A new message.
-- args: id id, talk id, author id, body text, media id?, product id?, note id?
insert into message(id, talk, author, body, media, product, note)
values ($id, $talk, $author, $body, $media, $product, $note);

-- name: message_before many
-- doc: Messages older than a given one, newest first.
-- args: talk id, cleared id, before id, n int
-- cols: gone bool, hash text?, width int?, height int?, colour int?, alt text?
select m.id, m.author, m.body, m.media, m.product, m.note, m.gone or m.hidden as gone,
       p.hash, p.width, p.height, p.colour, p.alt
  from message m left join media_shown p on p.id = m.media
 where m.talk = $talk and m.id > $cleared and m.id < $before
 order by m.id desc limit $n;

-- name: message_after many
-- doc: Messages newer than a given one, newest first.
-- args: talk id, cleared id, after id, n int
-- cols: gone bool, hash text?, width int?, height int?, colour int?, alt text?
select m.id, m.author, m.body, m.media, m.product, m.note, m.gone or m.hidden as gone,
       p.hash, p.width, p.height, p.colour, p.alt
  from message m left join media_shown p on p.id = m.media
 where m.talk = $talk and m.id > $cleared and m.id > $after
 order by m.id desc limit $n;

-- name: message_row one
-- doc: One message, whoever asks.
-- args: id id
-- cols: hash text?, width int?, height int?, colour int?, alt text?
select m.id, m.talk, m.author, m.body, m.media, m.product, m.note, m.gone, m.hidden,
       p.hash, p.width, p.height, p.colour, p.alt
  from message m left join media_shown p on p.id = m.media where m.id = $id;

-- name: message_photo_mine one
-- doc: A photo that its owner may send.
-- args: id id, owner id
select id from media_shown where id = $id and owner = $owner and kind = 1;

-- name: message_wipe run
-- doc: Empty a message; its line stays.
-- args: id id
update message set body = '', media = null, product = null, note = null, gone = true
 where id = $id;

-- name: message_set_hidden run
-- doc: Moderation hides a message, or brings it back.
-- args: id id, hidden bool
update message set hidden = $hidden where id = $id;

-- name: message_upto many
-- doc: Messages up to one, oldest first, of a conversation that nobody has any more so far.
-- args: talk id, upto id, n int
select id, author, media from message where talk = $talk and id <= $upto order by id limit $n;

-- name: message_remove run
-- doc: Remove messages up to one.
-- args: talk id, upto id
delete from message where talk = $talk and id <= $upto;

-- name: talk_remove run
-- doc: Remove a conversation that nobody has any more.
-- args: id id
delete from conversation where id = $id;


-- name: message_of_media many
-- doc: Which of these photos stand in a message that a reader has.
-- args: ids ids, reader id
select m.media from message m join talk_side s on s.talk = m.talk and s.actor = $reader
 where m.media in $ids and m.id > s.cleared and not m.hidden
   and not exists(select 1 from block_edge b where b.actor = s.actor and b.other = s.other)
   and not exists(select 1 from block_edge b where b.actor = s.other and b.other = s.actor)
 limit 100;

-- name: message_media_judged many
-- doc: Which of these photos stand in a message that was reported.
-- args: ids ids
select m.media from message m join message_case c on c.message = m.id
 where m.media in $ids limit 100;

-- name: message_judged one
-- doc: Whether somebody has to judge a message.
-- args: message id
-- cols: found bool
select exists(select 1 from message_case c where c.message = $message) as found;

-- name: talk_mine many
-- doc: Somebody's conversations: with whom, how far read, how far deleted.
-- args: actor id, after id, n int
select s.other, s.talk, s.shelf, s.newest, s.by_other, s.seen, s.cleared from talk_side s
 where s.actor = $actor and s.other > $after order by s.other limit $n;

-- name: message_mine many
-- doc: Everything that somebody wrote in conversations.
-- args: author id, after id, n int
select id, talk, body, media, product, note from message
 where author = $author and not gone and id > $after order by id limit $n;

-- name: talk_side_remove run
-- doc: Their side of a conversation goes.
-- args: actor id, other id
delete from talk_side where actor = $actor and other = $other;

-- name: message_doctor_counts one
-- doc: How many conversations and messages there are.
-- cols: n int
select (select count(*) from conversation) + (select count(*) from message) as n;

-- name: message_doctor_sides many
-- doc: Sides whose newest message is not the newest there is, or is said to be by the wrong one.
select s.talk, s.actor from talk_side s join conversation c on c.id = s.talk
 where (s.newest > s.cleared and not exists(select 1 from message m where m.id = s.newest
           and m.talk = s.talk and (m.author <> s.actor) = s.by_other))
    or exists(select 1 from message m where m.talk = s.talk and m.id > s.newest)
    or s.seen > s.newest or s.cleared > s.newest
    or not ((c.one = s.actor and c.two = s.other) or (c.one = s.other and c.two = s.actor))
 order by s.talk, s.actor limit 100;

-- name: message_doctor_lost many
-- doc: Conversations that nobody has, and messages by somebody who is not of the two.
-- cols: what text
select c.id, 'conversation' as what from conversation c
 where not exists(select 1 from talk_side s where s.talk = c.id)
union all
select m.id, 'message' as what from message m
  join conversation c on c.id = m.talk
 where m.author <> c.one and m.author <> c.two
limit 100;

-- name: message_doctor_gone many
-- doc: Empty lines that still say something.
select id from message
 where gone and (length(body) > 0 or media is not null or product is not null or note is not null)
 order by id limit 100;
