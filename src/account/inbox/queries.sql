-- name: inbox_line_newest_of one
-- doc: The newest line of one kind about one thing.
-- args: person id, kind int, object id
select first, began, n from inbox_line
 where person = $person and kind = $kind and object = $object
 order by first desc limit 1;

-- name: inbox_line_insert run
-- doc: A new line; it is read already when it was before the log was read again.
-- args: person id, first id, kind int, tab int, object id, note id, state int, amount money, currency text, at time
-- changes: inbox($person)
insert into inbox_line(person, first, kind, tab, object, note, n, told, unread, state, amount, currency,
                       began, last, at)
values ($person, $first, $kind, $tab, $object, $note, 1, 1,
        not exists(select 1 from inbox_seen s
                    where s.person = $person and s.first = $first and s.told >= 1),
        $state, $amount, $currency, $at, $first, $at)
on conflict do nothing;

-- name: inbox_line_add run
-- doc: One more fact makes a line new.
-- args: person id, first id, more int, state int, amount money, currency text, last id, at time
-- changes: inbox($person)
update inbox_line
   set n = n + $more, told = told + 1, state = $state, amount = $amount, currency = $currency,
       last = $last, at = $at,
       unread = not exists(select 1 from inbox_seen s
                            where s.person = $person and s.first = $first
                              and s.told >= inbox_line.told + 1)
 where person = $person and first = $first;

-- name: inbox_line_count run
-- doc: People come back to a line or leave it; it is as new as it was.
-- args: person id, first id, more int
-- changes: inbox($person)
update inbox_line
   set n = n + $more,
       unread = n + $more > 0
            and not exists(select 1 from inbox_seen s
                            where s.person = $person and s.first = $first
                              and s.told >= inbox_line.told)
 where person = $person and first = $first;

-- name: inbox_line_hide_comment run
-- doc: Lines about a comment that is gone.
-- args: comment id
-- changes: inboxes()
update inbox_line set n = 0, unread = false where object = $comment and kind in (3, 4, 5, 11);

-- name: inbox_line_drop_one run
-- doc: One line.
-- args: person id, first id
-- changes: inbox($person)
delete from inbox_line where person = $person and first = $first;

-- name: inbox_line_hide_note run
-- doc: A person's lines about a note that is gone.
-- args: person id, note id
-- changes: inbox($person)
update inbox_line set n = 0, unread = false where person = $person and note = $note and kind <= 5;

-- name: inbox_line_drop_person run
-- doc: All lines of a person.
-- args: person id
-- changes: inbox($person)
delete from inbox_line where person = $person;

-- name: inbox_actor_drop_one run
-- doc: Those behind one line.
-- args: person id, first id
delete from inbox_actor where person = $person and first = $first;

-- name: inbox_seen_drop_one run
-- doc: How far one line was read.
-- args: person id, first id
delete from inbox_seen where person = $person and first = $first;

-- name: inbox_word_drop_one run
-- doc: A word told.
-- args: id id
delete from inbox_word where id = $id;

-- name: inbox_actor_put run
-- doc: Somebody stands behind a line; nothing happens when they did already.
-- args: person id, first id, actor id, fact id
insert into inbox_actor(person, first, actor, fact) values ($person, $first, $actor, $fact)
on conflict do nothing;

-- name: inbox_actor_back run
-- doc: Somebody who had left a line is back.
-- args: person id, first id, actor id
update inbox_actor set gone = false
 where person = $person and first = $first and actor = $actor and gone;

-- name: inbox_actor_leave run
-- doc: Somebody leaves a line.
-- args: person id, first id, actor id
update inbox_actor set gone = true
 where person = $person and first = $first and actor = $actor and not gone;

-- name: inbox_actor_lines many
-- doc: A person's lines that somebody stands behind.
-- args: person id, actor id
-- cols: kind int
select a.first, l.kind from inbox_actor a
  join inbox_line l on l.person = a.person and l.first = a.first
 where a.person = $person and a.actor = $actor and not a.gone order by a.first limit 100000;

-- name: inbox_actor_last many
-- doc: The last people behind a line.
-- args: person id, first id, n int
select actor from inbox_actor where person = $person and first = $first and not gone
 order by fact desc, actor limit $n;

-- name: inbox_actor_of many
-- doc: Whose lines somebody stands behind.
-- args: actor id
select person, first from inbox_actor where actor = $actor and not gone
 order by person, first limit 100000;

-- name: inbox_actor_forget run
-- doc: Somebody never stood behind any line.
-- args: actor id
delete from inbox_actor where actor = $actor;

-- name: inbox_order_put run
-- doc: Whose an order is.
-- args: id id, buyer id, supplier id, at time
insert into inbox_order(id, buyer, supplier, at) values ($id, $buyer, $supplier, $at)
on conflict do nothing;

-- name: inbox_order_of one
-- doc: Whose an order is.
-- args: id id
select buyer, supplier from inbox_order where id = $id;

-- name: inbox_quiet_put run
-- doc: Somebody makes no lines for a person from now on.
-- args: person id, other id, kind int
insert into inbox_quiet(person, other, kind) values ($person, $other, $kind) on conflict do nothing;

-- name: inbox_quiet_drop run
-- doc: They do again.
-- args: person id, other id, kind int
delete from inbox_quiet where person = $person and other = $other and kind = $kind;

-- name: inbox_is_quiet one
-- doc: Whether somebody makes no lines for a person: blocked either way, or muted by them.
-- args: person id, other id, block int
-- cols: quiet bool
select exists(select 1 from inbox_quiet q where q.person = $person and q.other = $other)
    or exists(select 1 from inbox_quiet q where q.person = $other and q.other = $person
                 and q.kind = $block) as quiet;

-- name: inbox_unread_count one
-- doc: How many lines are new, up to a number.
-- args: person id, since time, n int
-- cols: n int
-- remembered: inbox($person), inboxes()
select count(x.first) as n
  from (select l.first from inbox_line l
         where l.person = $person and l.unread and l.n > 0 and l.at >= $since
           and not exists(select 1 from inbox_off o where o.person = $person and o.kind = l.kind)
         limit $n) x;

-- name: inbox_list many
-- doc: A person's lines, newest first, below a fact; tab 0 = all.
-- args: person id, tab int, before id, since time, n int
select l.first, l.kind, l.object, l.note, l.n, l.unread, l.state, l.amount, l.currency, l.last, l.at
  from inbox_line l
 where l.person = $person and l.last < $before and l.n > 0 and l.at >= $since
   and ($tab = 0 or l.tab = $tab)
   and not exists(select 1 from inbox_off o where o.person = $person and o.kind = l.kind)
 order by l.last desc limit $n;

-- name: inbox_line_row one
-- doc: One line.
-- args: person id, first id
select first, kind, object, note, n, unread, state, amount, currency, last, at
  from inbox_line where person = $person and first = $first and n > 0;

-- name: inbox_word_put run
-- doc: A word for a person.
-- args: id id, person id, words text, n int, detail text, href text
insert into inbox_word(id, person, words, n, detail, href)
values ($id, $person, $words, $n, $detail, $href);

-- name: inbox_word_of one
-- doc: What was told.
-- args: id id
select words, n, detail, href from inbox_word where id = $id;

-- name: inbox_see_one run
-- doc: A line was read as far as it goes.
-- args: person id, first id
insert into inbox_seen(person, first, told)
select person, first, told from inbox_line where person = $person and first = $first
on conflict (person, first) do update set told = excluded.told;

-- name: inbox_see_all run
-- doc: All that is new was read.
-- args: person id
insert into inbox_seen(person, first, told)
select person, first, told from inbox_line where person = $person and unread
on conflict (person, first) do update set told = excluded.told;

-- name: inbox_mark_one run
-- doc: A line is not new any more.
-- args: person id, first id
-- changes: inbox($person)
update inbox_line set unread = false where person = $person and first = $first;

-- name: inbox_mark_all run
-- doc: No line is new any more.
-- args: person id
-- changes: inbox($person)
update inbox_line set unread = false where person = $person and unread;

-- name: inbox_off_list many
-- doc: What a person does not want to be told of.
-- args: person id
select kind from inbox_off where person = $person order by kind limit 100;

-- name: inbox_off_clear run
-- doc: A person is told of everything.
-- args: person id
-- changes: inbox($person)
delete from inbox_off where person = $person;

-- name: inbox_off_put run
-- doc: A person is not told of one kind.
-- args: person id, kind int
-- changes: inbox($person)
insert into inbox_off(person, kind) values ($person, $kind) on conflict do nothing;

-- name: inbox_old many
-- doc: Lines that nothing was added to since a time.
-- args: before time, n int
select person, first, kind from inbox_line where at < $before order by person, first limit $n;

-- name: inbox_old_orders run
-- doc: Forget whose old orders were.
-- args: before time
delete from inbox_order where at < $before;

-- name: inbox_reset_lines run
-- doc: Forget what was learnt; words told stay.
-- changes: inboxes()
delete from inbox_line where kind <> 10;

-- name: inbox_reset_actors run
-- doc: Forget who stood behind lines.
delete from inbox_actor;

-- name: inbox_reset_orders run
-- doc: Forget whose orders are.
delete from inbox_order;

-- name: inbox_reset_quiet run
-- doc: Forget who makes no lines.
delete from inbox_quiet;

-- name: inbox_forget_seen run
-- doc: What a person read.
-- args: person id
delete from inbox_seen where person = $person;

-- name: inbox_forget_words run
-- doc: What a person was told.
-- args: person id
delete from inbox_word where person = $person;

-- name: inbox_forget_actors run
-- doc: Who stood behind a person's lines.
-- args: person id
delete from inbox_actor where person = $person;

-- name: inbox_doctor_counts many
-- doc: Lines whose count is not the people behind them.
-- cols: counted int, found int
select l.person, l.first, l.n as counted, coalesce(c.found, 0) as found
  from inbox_line l
  left join (select a.person, a.first, count(*) as found from inbox_actor a where not a.gone
              group by a.person, a.first) c on c.person = l.person and c.first = l.first
 where l.kind in (1, 2, 6, 11) and l.n > 0 and l.n <> coalesce(c.found, 0)
 order by l.person, l.first limit 100;

-- name: inbox_doctor_looked one
-- doc: How many lines the rule above looks at.
-- cols: n int
select count(*) as n from inbox_line where kind in (1, 2, 6, 11);

-- name: inbox_forget_quiet run
-- doc: Whom a person is not told of, and who is not told of them.
-- args: person id
delete from inbox_quiet where person = $person or other = $person;

-- name: inbox_line_mine many
-- doc: What a person was told, for their copy of it.
-- args: person id, after id, n int
select first, kind, tab, object, note, n, unread, amount, currency, began, at from inbox_line
 where person = $person and first > $after order by first limit $n;

-- name: inbox_word_mine many
-- doc: What staff told a person.
-- args: person id, after id, n int
select id, words, n, detail, href from inbox_word where person = $person and id > $after order by id limit $n;

-- name: inbox_off_mine many
-- doc: What a person does not want to be told.
-- args: person id
select kind from inbox_off where person = $person order by kind limit 100;
