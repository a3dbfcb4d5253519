-- name: like_add run
-- doc: Like a note; nothing happens when it is liked.
-- args: actor id, note id
-- changes: likes($actor)
insert into note_like(actor, note) values ($actor, $note) on conflict do nothing;

-- name: like_remove run
-- doc: Take a like back.
-- args: actor id, note id
-- changes: likes($actor)
delete from note_like where actor = $actor and note = $note;

-- name: save_add run
-- doc: Save a note; nothing happens when it is saved.
-- args: actor id, note id, at time
insert into note_save(actor, note, at) values ($actor, $note, $at) on conflict do nothing;

-- name: save_remove run
-- doc: Let a saved note go.
-- args: actor id, note id
delete from note_save where actor = $actor and note = $note;

-- name: follow_add run
-- doc: Follow somebody; nothing happens when they are followed.
-- args: follower id, followed id, at time
-- changes: follows($follower), follow_counts($follower), follow_counts($followed)
insert into follow(follower, followed, at) values ($follower, $followed, $at)
on conflict do nothing;

-- name: follow_remove run
-- doc: Stop following.
-- args: follower id, followed id
-- changes: follows($follower), follow_counts($follower), follow_counts($followed)
delete from follow where follower = $follower and followed = $followed;

-- name: follow_count one
-- doc: How many follow somebody, and how many they follow.
-- args: actor id
-- cols: followers int, follows int
-- remembered: follow_counts($actor)
select (select count(*) from follow f where f.followed = $actor) as followers,
       (select count(*) from follow f where f.follower = $actor) as follows;

-- name: follow_stands one
-- doc: Whether a reader follows somebody.
-- args: reader id, actor id
-- cols: followed bool
select exists(select 1 from follow f where f.follower = $reader and f.followed = $actor) as followed;

-- name: given_to one
-- doc: How many public notes a person has, and what others gave them.
-- args: actor id
-- cols: notes int, likes int, saves int
-- remembered: author($actor)
select count(*) as notes, cast(coalesce(sum(n.likes), 0) as int) as likes,
       cast(coalesce(sum(n.saves), 0) as int) as saves
  from note_card n where n.author = $actor;

-- name: social_marks one
-- doc: What a reader did with a note and its author.
-- args: note id, author id, reader id
-- cols: liked bool, saved bool, followed bool
select exists(select 1 from note_like l where l.actor = $reader and l.note = $note) as liked,
       exists(select 1 from note_save s where s.actor = $reader and s.note = $note) as saved,
       exists(select 1 from follow f where f.follower = $reader and f.followed = $author) as followed;

-- name: saved_newest many
-- doc: What somebody saved, last saved first, beyond a place in that list.
-- args: actor id, at time, note id, n int
select note, at from note_save
 where actor = $actor and (at < $at or (at = $at and note < $note))
 order by at desc, note desc limit $n;

-- name: comment_insert run
-- doc: A new comment.
-- args: id id, note id, author id, thread id, parent id?, body text
insert into comment(id, note, author, thread, parent, body)
values ($id, $note, $author, $thread, $parent, $body);

-- name: comment_words one
-- doc: The words that an author wants to look at first.
-- args: author id
select words from comment_word where author = $author;

-- name: comment_words_set run
-- doc: Other words.
-- args: author id, words text
insert into comment_word(author, words) values ($author, $words)
on conflict (author) do update set words = $words;

-- name: word_mine many
-- doc: Somebody's words, as a list of one.
-- args: actor id, after id, n int
select author, words from comment_word where author = $actor and author > $after limit $n;

-- name: comment_words_erase run
-- doc: The author is gone.
-- args: author id
delete from comment_word where author = $author;

-- name: follow_is one
-- doc: Whether somebody follows another.
-- args: follower id, followed id
-- cols: found bool
select exists(select 1 from follow where follower = $follower and followed = $followed) as found;

-- name: comment_waiting many
-- doc: Comments that wait for the author of the note, oldest first.
-- args: note id
select id, author, thread, body from comment
 where note = $note and state = 6 and not deleted order by id limit 50;

-- name: comment_row one
-- doc: One comment, whoever asks.
-- args: id id
-- cols: answered bool
select c.id, c.note, c.author, c.thread, c.parent, c.body, c.deleted, c.state,
       exists(select 1 from comment r where r.note = c.note and r.thread = c.thread
                 and r.parent = c.id) as answered
  from comment c where c.id = $id;

-- name: comment_said many
-- doc: What some comments say and where they stand; those that are gone or hidden are left out.
-- args: ids ids
select id, note, author, body from comment where id in $ids and state = 1 and not deleted limit 1000;

-- name: comment_newest many
-- doc: Comments that began a thread and that a reader sees, newest first, below an id. Of a hidden
--      one that was answered a line stays, as of a deleted one.
-- args: note id, reader id, before id, n int
-- cols: liked bool
select c.id, c.author, c.body, c.likes, c.deleted, c.state,
       exists(select 1 from comment_like l where l.actor = $reader and l.comment = c.id) as liked
  from comment c
 where c.note = $note and c.parent is null and c.id < $before
   and (c.state = 1 or c.author = $reader
        or (c.state = 3 and exists(select 1 from comment r where r.note = c.note
                                      and r.thread = c.thread and r.parent = c.id)))
 order by c.id desc limit $n;

-- name: comment_most_liked many
-- doc: The same, the most liked first, below a place in that list.
-- args: note id, reader id, likes int, before id, n int
-- cols: liked bool
select c.id, c.author, c.body, c.likes, c.deleted, c.state,
       exists(select 1 from comment_like l where l.actor = $reader and l.comment = c.id) as liked
  from comment c
 where c.note = $note and c.parent is null and (c.likes, c.id) < ($likes, $before)
   and (c.state = 1 or c.author = $reader
        or (c.state = 3 and exists(select 1 from comment r where r.note = c.note
                                      and r.thread = c.thread and r.parent = c.id)))
 order by c.likes desc, c.id desc limit $n;

-- name: comment_replies many
-- doc: What a reader sees below a comment that began a thread, oldest first, beyond an id.
-- args: note id, reader id, thread id, after id, n int
-- cols: liked bool, answered int?
select c.id, c.author, c.body, c.likes, c.deleted, c.state, p.author as answered,
       exists(select 1 from comment_like l where l.actor = $reader and l.comment = c.id) as liked
  from comment c left join comment p on p.id = c.parent
 where c.note = $note and c.thread = $thread and c.id > $after and c.parent is not null
   and (c.state = 1 or c.author = $reader
        or (c.state = 3 and exists(select 1 from comment r where r.note = c.note
                                      and r.thread = c.thread and r.parent = c.id)))
 order by c.id limit $n;

-- name: comment_first_replies many
-- doc: The first ones below each of some threads, and how many there are below it.
-- args: note id, reader id, threads ids, each int
-- cols: liked bool, answered int?, place int, total int
select t.id, t.thread, t.author, t.body, t.likes, t.deleted, t.state, t.answered, t.total, t.place,
       exists(select 1 from comment_like l where l.actor = $reader and l.comment = t.id) as liked
  from (select c.id, c.thread, c.author, c.body, c.likes, c.deleted, c.state,
               (select p.author from comment p where p.id = c.parent) as answered,
               row_number() over (partition by c.thread order by c.id) as place,
               count(*) over (partition by c.thread) as total
          from comment c
         where c.note = $note and c.thread in $threads and c.parent is not null
           and (c.state = 1 or c.author = $reader
        or (c.state = 3 and exists(select 1 from comment r where r.note = c.note
                                      and r.thread = c.thread and r.parent = c.id)))) t
 where t.place <= $each order by t.thread, t.id limit 500;

-- name: comment_like_add run
-- doc: Like a comment; nothing happens when it is liked.
-- args: actor id, comment id
insert into comment_like(actor, comment) values ($actor, $comment) on conflict do nothing;

-- name: comment_like_remove run
-- doc: Take such a like back.
-- args: actor id, comment id
delete from comment_like where actor = $actor and comment = $comment;

-- name: comment_likes_add one
-- doc: Move the likes of a comment.
-- args: id id, delta int
update comment set likes = comment.likes + $delta where id = $id returning likes;

-- name: comment_likes_clear run
-- doc: Nobody likes a comment that is gone.
-- args: comment id
delete from comment_like where comment = $comment;

-- name: comment_like_mine many
-- doc: The comments that somebody likes.
-- args: actor id, after id, n int
select comment from comment_like where actor = $actor and comment > $after order by comment limit $n;

-- name: social_doctor_comment_likes many
-- doc: Comments whose likes are not the rows behind them.
-- cols: found int
select c.id, c.likes, coalesce(l.found, 0) as found
  from comment c
  left join (select k.comment, count(*) as found from comment_like k group by k.comment) l
    on l.comment = c.id
 where c.likes <> coalesce(l.found, 0) order by c.id limit 100;

-- name: comment_set_state run
-- doc: Hide a comment, hold it, or show it again.
-- args: id id, state int
update comment set state = $state where id = $id;

-- name: comment_told one
-- doc: What the log is told of a comment: whose note it is on, and whether a simulated person wrote it.
-- args: id id
-- cols: note_author int, answered int?, simulated bool?
select c.note, c.author, c.parent, c.body, n.author as note_author, a.author as answered, p.simulated
  from comment c join note_counted n on n.id = c.note
  left join comment a on a.id = c.parent
  left join person_shown p on p.actor = c.author
 where c.id = $id;

-- name: comment_wipe run
-- doc: Empty a comment that was answered; its line stays.
-- args: id id
update comment set body = '', deleted = true, likes = 0 where id = $id;

-- name: comment_remove run
-- doc: Remove a comment that nobody answered.
-- args: id id
delete from comment where id = $id;

-- name: social_doctor_likes many
-- doc: Notes whose likes are not the rows behind them.
-- cols: counted int, found int
select n.id, n.likes as counted, coalesce(l.found, 0) as found
  from note_counted n left join (select k.note, count(*) as found from note_like k group by k.note) l
    on l.note = n.id
 where n.likes <> coalesce(l.found, 0) order by n.id limit 100;

-- name: social_doctor_saves many
-- doc: Notes whose saves are not the rows behind them.
-- cols: counted int, found int
select n.id, n.saves as counted, coalesce(l.found, 0) as found
  from note_counted n left join (select k.note, count(*) as found from note_save k group by k.note) l
    on l.note = n.id
 where n.saves <> coalesce(l.found, 0) order by n.id limit 100;

-- name: social_doctor_comments many
-- doc: Notes whose comments are not the rows behind them.
-- cols: counted int, found int
select n.id, n.comments as counted, coalesce(l.found, 0) as found
  from note_counted n
  left join (select k.note, count(*) as found from comment k
              where not k.deleted and k.state = 1 group by k.note) l
    on l.note = n.id
 where n.comments <> coalesce(l.found, 0) order by n.id limit 100;

-- name: social_doctor_lost many
-- doc: Notes that somebody liked, saved or commented on and that are not there.
-- cols: what text
select l.note, 'like' as what from note_like l
 where not exists (select n.author from note_counted n where n.id = l.note)
union all
select s.note, 'save' as what from note_save s
 where not exists (select n.author from note_counted n where n.id = s.note)
union all
select c.note, 'comment' as what from comment c
 where not exists (select n.author from note_counted n where n.id = c.note)
limit 100;

-- name: social_doctor_links one
-- doc: How many likes, saves and comments there are.
-- cols: n int
select (select count(*) from note_like) + (select count(*) from note_save)
       + (select count(*) from comment) as n;

-- name: social_doctor_threads many
-- doc: Comments whose thread or parent is not there, or not on the same note.
select c.id from comment c
 where not exists (select 1 from comment t where t.id = c.thread and t.note = c.note)
    or (c.parent is not null
        and not exists (select 1 from comment p where p.id = c.parent and p.thread = c.thread))
 order by c.id limit 100;

-- name: social_doctor_looked one
-- doc: How many notes the rules above look at.
-- cols: n int
select count(author) as n from note_counted;

-- name: like_mine many
-- doc: The notes that somebody likes, and whose they are.
-- args: actor id, after id, n int
select l.note, c.author from note_like l join note_counted c on c.id = l.note
 where l.actor = $actor and l.note > $after order by l.note limit $n;

-- name: save_kept one
-- doc: Where somebody keeps a note that they saved.
-- args: actor id, note id
select collection from note_save where actor = $actor and note = $note;

-- name: save_keep run
-- doc: Keep a saved note elsewhere.
-- args: actor id, note id, collection id
update note_save set collection = $collection where actor = $actor and note = $note;

-- name: collection_insert run
-- doc: A new collection; nothing happens when its owner has one of that name.
-- args: id id, owner id, name text, open bool
insert into collection(id, owner, name, open) values ($id, $owner, $name, $open) on conflict do nothing;

-- name: collection_row one
-- doc: One collection, whoever asks.
-- args: id id
select id, owner, name, open from collection where id = $id;

-- name: collection_named one
-- doc: Somebody's collection of that name.
-- args: owner id, name text
select id from collection where owner = $owner and name = $name;

-- name: collection_update run
-- doc: Another name, or for other eyes.
-- args: id id, name text, open bool
update collection set name = $name, open = $open where id = $id;

-- name: collection_let_go run
-- doc: What was kept in a collection is simply saved.
-- args: id id
update note_save set collection = 0 where collection = $id and collection > 0;

-- name: collection_delete run
-- doc: A collection is gone.
-- args: id id
delete from collection where id = $id;

-- name: collection_list many
-- doc: Somebody's collections, newest first: all of them, or those that others may look at.
-- args: owner id, whole bool
select id, name, open from collection where owner = $owner and (open or $whole)
 order by id desc limit 50;

-- name: collection_any one
-- doc: Whether somebody has a collection that others may look at.
-- args: owner id
-- cols: found bool
select exists(select 1 from collection where owner = $owner and open) as found;

-- name: collection_count one
-- doc: How many collections somebody has.
-- args: owner id
-- cols: n int
select count(*) as n from collection where owner = $owner;

-- name: collection_tops many
-- doc: The newest notes of some collections, so many of each.
-- args: ids ids, each int
select t.collection, t.note
  from (select s.collection, s.note,
               row_number() over (partition by s.collection order by s.at desc, s.note desc) as place
          from note_save s where s.collection in $ids and s.collection > 0) t
 where t.place <= $each order by t.collection, t.place limit 5000;

-- name: collection_notes many
-- doc: What a collection holds, last saved first, beyond a place in that list.
-- args: id id, at time, note id, n int
select note, at from note_save
 where collection = $id and collection > 0 and (at < $at or (at = $at and note < $note))
 order by at desc, note desc limit $n;

-- name: collection_mine many
-- doc: Somebody's collections, for their copy of them.
-- args: owner id, after id, n int
select id, name, open from collection where owner = $owner and id > $after order by id limit $n;

-- name: collection_erase run
-- doc: The owner is gone.
-- args: owner id
delete from collection where owner = $owner;

-- name: social_doctor_kept many
-- doc: Saved notes that are kept in a collection that is not there, or not their owner's.
select s.actor, s.note from note_save s
 where s.collection > 0
   and not exists (select 1 from collection c where c.id = s.collection and c.owner = s.actor)
 order by s.actor, s.note limit 100;

-- name: save_mine many
-- doc: The notes that somebody saved, and whose they are.
-- args: actor id, after id, n int
select s.note, s.at, s.collection, c.author from note_save s join note_counted c on c.id = s.note
 where s.actor = $actor and s.note > $after order by s.note limit $n;

-- name: comment_mine many
-- doc: Everything that somebody commented, and whose note it is on.
-- args: author id, after id, n int
-- cols: answered bool
select c.id, c.note, c.thread, c.parent, c.body, c.deleted, c.state, n.author as note_author,
       exists(select 1 from comment r where r.note = c.note and r.thread = c.thread
                 and r.parent = c.id) as answered
  from comment c join note_counted n on n.id = c.note
 where c.author = $author and not c.deleted and c.id > $after order by c.id limit $n;

-- name: follows_mine many
-- doc: Whom somebody follows.
-- args: actor id, after id, n int
select followed, at from follow where follower = $actor and followed > $after order by followed limit $n;

-- name: followers_mine many
-- doc: Who follows somebody.
-- args: actor id, after id, n int
select follower, at from follow where followed = $actor and follower > $after order by follower limit $n;
