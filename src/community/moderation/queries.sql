-- name: case_insert run
-- doc: A new case; nothing happens when there is one of the thing.
-- args: id id, kind int, object id, owner id, section text, complaint bool, rank int, opened time, title text, seen text
insert into mod_case(id, kind, object, owner, section, complaint, state, rank, round, opened, title, seen)
values ($id, $kind, $object, $owner, $section, $complaint, 1, $rank, 1, $opened, $title, $seen)
on conflict do nothing;

-- name: case_of one
-- doc: The case of a thing.
-- args: kind int, object id
select id, kind, object, owner, section, complaint, state, rank, round, opened, first_act, due, corrected,
       hidden, held, holder, held_until, title, seen
  from mod_case where kind = $kind and object = $object;

-- name: case_row one
-- doc: One case.
-- args: id id
select id, kind, object, owner, section, complaint, state, rank, round, opened, first_act, due, corrected,
       hidden, held, holder, held_until, title, seen
  from mod_case where id = $id;

-- name: case_reopen run
-- doc: Open a closed case for another round.
-- args: id id, rank int, opened time, title text, seen text
update mod_case set state = 1, rank = $rank, round = mod_case.round + 1, opened = $opened, first_act = null,
       due = null, corrected = false, holder = 0, held_until = 0, title = $title, seen = $seen
 where id = $id;

-- name: case_add run
-- doc: One more report on an open case: it may be urgent now.
-- args: id id, rank int, title text, seen text
update mod_case set rank = @least(mod_case.rank, $rank), title = $title, seen = $seen where id = $id;

-- name: case_hold run
-- doc: What it is about waits, unseen by others.
-- args: id id
update mod_case set held = true where id = $id;

-- name: case_claim run
-- doc: Take a case for a while, unless somebody else has it.
-- args: id id, actor id, until time, now time
update mod_case set holder = $actor, held_until = $until
 where id = $id and (holder = $actor or held_until <= $now);

-- name: case_settle run
-- doc: What an act made of a case; who held it lets go.
-- args: id id, state int, hidden bool, held bool, due time?, now time
update mod_case set state = $state, hidden = $hidden, held = $held, due = $due, first_act = coalesce(mod_case.first_act, $now),
       corrected = false, holder = 0, held_until = 0
 where id = $id;

-- name: case_corrected run
-- doc: The author says that it is corrected: back into the queue.
-- args: id id
update mod_case set state = 1, corrected = true where id = $id and state = 2;

-- name: case_answered run
-- doc: The author answered: back into the queue.
-- args: id id
update mod_case set state = 5 where id = $id;

-- name: case_queue many
-- doc: What waits for a moderator, urgent and oldest first, beyond a place in that list;
--      corrections whose time is over among them. Of all sections, or of a moderator's own.
-- args: everywhere bool, moderator id, now time, rank int, opened time, id id, n int
-- cols: reports int, brands int
select c.id, c.kind, c.object, c.owner, c.section, c.complaint, c.state, c.rank, c.round, c.opened, c.due,
       c.corrected, c.held, c.holder, c.held_until, c.title, c.seen,
       (select count(*) from report r where r.thing_case = c.id and r.round = c.round) as reports,
       (select count(*) from report r where r.thing_case = c.id and r.round = c.round and r.brand) as brands
  from mod_case c
 where (c.state = 1 or c.state = 5 or (c.state = 2 and c.due < $now))
   and ($everywhere or exists(select 1 from section_moderator m
                               where m.actor = $moderator and m.section = c.section))
   and (c.rank > $rank or (c.rank = $rank and (c.opened > $opened or (c.opened = $opened and c.id > $id))))
 order by c.rank, c.opened, c.id limit $n;

-- name: case_done many
-- doc: What was decided, newest case first, below an id.
-- args: everywhere bool, moderator id, id id, now time, n int
-- cols: reports int, brands int
select c.id, c.kind, c.object, c.owner, c.section, c.complaint, c.state, c.rank, c.round, c.opened, c.due,
       c.corrected, c.held, c.holder, c.held_until, c.title, c.seen,
       (select count(*) from report r where r.thing_case = c.id and r.round = c.round) as reports,
       (select count(*) from report r where r.thing_case = c.id and r.round = c.round and r.brand) as brands
  from mod_case c
 where (c.state in (3, 4, 6) or (c.state = 2 and c.due >= $now))
   and ($everywhere or exists(select 1 from section_moderator m
                               where m.actor = $moderator and m.section = c.section))
   and c.id < $id
 order by c.id desc limit $n;

-- name: case_waiting one
-- doc: How many cases wait, and how long the first act took lately, in microseconds.
-- args: now time, since time
-- cols: waiting int, looked int, took int
select (select count(*) from mod_case c
         where c.state = 1 or c.state = 5 or (c.state = 2 and c.due < $now)) as waiting,
       (select count(*) from mod_case c where c.first_act is not null and c.opened > $since) as looked,
       (select coalesce(cast(avg(c.first_act - c.opened) as int), 0) from mod_case c
         where c.first_act is not null and c.opened > $since) as took;

-- name: case_waiting_here one
-- doc: How many cases wait for a moderator: everywhere, or in their sections.
-- args: everywhere bool, moderator id, now time
-- cols: n int
select count(*) as n from mod_case c
 where (c.state = 1 or c.state = 5 or (c.state = 2 and c.due < $now))
   and ($everywhere or exists(select 1 from section_moderator m
                               where m.actor = $moderator and m.section = c.section));

-- name: report_insert run
-- doc: A report; nothing happens when this reader reported the thing already in this round.
-- args: id id, thing_case id, round int, reporter id, visitor id, harm int, brand bool, body text
insert into report(id, thing_case, round, reporter, visitor, harm, brand, body)
values ($id, $thing_case, $round, $reporter, $visitor, $harm, $brand, $body)
on conflict do nothing;

-- name: report_list many
-- doc: The reports of a round, oldest first.
-- args: thing_case id, round int
select id, harm, brand, body, reporter from report where thing_case = $thing_case and round = $round
 order by id limit 200;

-- name: report_reporters many
-- doc: Who reported in a round.
-- args: thing_case id, round int
select reporter from report where thing_case = $thing_case and round = $round and reporter <> 0
 order by id limit 200;

-- name: report_by one
-- doc: Whether this reader is among those who reported a thing in a round.
-- args: thing_case id, round int, reporter id
-- cols: reported bool
select exists(select 1 from report r where r.thing_case = $thing_case and r.round = $round
                 and r.reporter = $reporter) as reported;

-- name: report_mine many
-- doc: What somebody reported, newest first below an id, with what came of it.
-- args: reporter id, id id, n int
-- cols: outcome int?
select r.id, r.harm, r.body, r.round, c.kind, c.object, c.title, c.state, c.round as now_round,
       (select a.act from mod_act a
         where a.thing_case = r.thing_case and a.round = r.round and a.act <> 7
         order by a.id desc limit 1) as outcome
  from report r join mod_case c on c.id = r.thing_case
 where r.reporter = $reporter and r.id < $id order by r.id desc limit $n;

-- name: mod_act_insert run
-- doc: What a moderator did.
-- args: id id, thing_case id, round int, actor id, owner id, act int, rule int, until time, body text
insert into mod_act(id, thing_case, round, actor, owner, act, rule, until, body)
values ($id, $thing_case, $round, $actor, $owner, $act, $rule, $until, $body);

-- name: mod_act_list many
-- doc: What was done in a case, oldest first.
-- args: thing_case id
select id, round, actor, owner, act, rule, until, body from mod_act where thing_case = $thing_case
 order by id limit 200;

-- name: mod_act_sanction one
-- doc: The last act of a round that took something from the author.
-- args: thing_case id, round int
select id, actor, act, rule, until, body from mod_act
 where thing_case = $thing_case and round = $round and act in (3, 5, 6)
 order by id desc limit 1;

-- name: mod_act_asked one
-- doc: The last correction asked for in a round.
-- args: thing_case id, round int
select id, actor, act, rule, until, body from mod_act
 where thing_case = $thing_case and round = $round and act = 2
 order by id desc limit 1;

-- name: mod_record one
-- doc: How often what somebody made was corrected, hidden, restored; how often they were warned and limited.
-- args: owner id
-- cols: corrections int, hidden int, restored int, warned int, limited int
select (select count(*) from mod_act a where a.owner = $owner and a.act = 2) as corrections,
       (select count(*) from mod_act a where a.owner = $owner and a.act = 3) as hidden,
       (select count(*) from mod_act a where a.owner = $owner and a.act = 4) as restored,
       (select count(*) from mod_act a where a.owner = $owner and a.act = 5) as warned,
       (select count(*) from mod_act a where a.owner = $owner and a.act = 6) as limited;

-- name: case_owned many
-- doc: Cases about what somebody made that they are to know of, newest first below an id.
-- args: owner id, id id, n int
select id, kind, object, owner, section, complaint, state, rank, round, opened, first_act, due, corrected,
       hidden, held, holder, held_until, title, seen
  from mod_case c
 where c.owner = $owner and c.id < $id
   and exists(select 1 from mod_act a where a.thing_case = c.id and a.act <> 1)
 order by c.id desc limit $n;

-- name: mod_answer_insert run
-- doc: The author's answer; once a round.
-- args: thing_case id, round int, at time, body text
insert into mod_answer(thing_case, round, at, body) values ($thing_case, $round, $at, $body)
on conflict do nothing;

-- name: mod_answer_row one
-- doc: The author's answer of a round.
-- args: thing_case id, round int
select at, decided, restored, body from mod_answer where thing_case = $thing_case and round = $round;

-- name: mod_answer_decide run
-- doc: What was decided about an answer.
-- args: thing_case id, round int, at time, restored bool
update mod_answer set decided = $at, restored = $restored
 where thing_case = $thing_case and round = $round;

-- name: held_words many
-- doc: The held words of a section and those of everywhere.
-- args: section text
select words, tight from held_word where section = $section or section = '' order by id limit 5000;

-- name: held_word_list many
-- doc: All held words, by section.
select id, section, word from held_word order by section, word, id limit 5000;

-- name: held_word_insert run
-- doc: One more held word; nothing happens when it is there.
-- args: id id, section text, word text, words text, tight text
insert into held_word(id, section, word, words, tight) values ($id, $section, $word, $words, $tight)
on conflict do nothing;

-- name: held_word_delete run
-- doc: Let a held word go.
-- args: id id
delete from held_word where id = $id;

-- name: section_moderator_add run
-- doc: Let somebody moderate a section.
-- args: actor id, section text
insert into section_moderator(actor, section) values ($actor, $section) on conflict do nothing;

-- name: section_moderator_remove run
-- doc: Take a section from a moderator.
-- args: actor id, section text
delete from section_moderator where actor = $actor and section = $section;

-- name: section_moderator_list many
-- doc: Who moderates which section.
select m.actor, m.section, p.handle, p.name from section_moderator m
  join person_shown p on p.actor = m.actor order by m.section, p.handle limit 500;

-- name: section_moderator_of one
-- doc: How many sections somebody moderates, and whether one of them is this.
-- args: actor id, section text
-- cols: sections int, here bool
select (select count(*) from section_moderator m where m.actor = $actor) as sections,
       exists(select 1 from section_moderator m
               where m.actor = $actor and m.section = $section) as here;

-- name: report_forget run
-- doc: Forget who reported, and in which words.
-- args: actor id
update report set reporter = -report.id, body = '' where reporter = $actor;

-- name: case_forget run
-- doc: Forget the texts of what somebody made.
-- args: actor id
update mod_case set title = '', seen = '' where owner = $actor;

-- name: mod_act_forget run
-- doc: Forget what somebody was told.
-- args: actor id
update mod_act set body = '' where owner = $actor;

-- name: mod_answer_forget run
-- doc: Forget what somebody answered.
-- args: actor id
update mod_answer set body = '' where thing_case in (select c.id from mod_case c where c.owner = $actor);

-- name: section_moderator_forget run
-- doc: Take all sections from somebody.
-- args: actor id
delete from section_moderator where actor = $actor;

-- name: visitor_forget run
-- doc: Forget which browsers reported before an id, some at a time.
-- args: before id, n int
update report set visitor = -report.id
 where id in (select r.id from report r where r.visitor > 0 and r.id < $before
               order by r.visitor limit $n);

-- name: mod_doctor_rows many
-- doc: Cases after an id, with what hangs on them.
-- args: after id, n int
-- cols: ahead int, hides int
select c.id, c.state, c.held,
       (select count(*) from report r where r.thing_case = c.id and r.round > c.round)
       + (select count(*) from mod_act a where a.thing_case = c.id and a.round > c.round) as ahead,
       (select count(*) from mod_act a where a.thing_case = c.id and a.act = 3) as hides
  from mod_case c where c.id > $after order by c.id limit $n;

-- name: report_own many
-- doc: What somebody reported, after an id: for their own data.
-- args: actor id, after id, n int
select r.id, r.harm, r.body, c.kind, c.title from report r join mod_case c on c.id = r.thing_case
 where r.reporter = $actor and r.id > $after order by r.id limit $n;

-- name: case_own many
-- doc: Cases about what somebody made, after an id: for their own data.
-- args: actor id, after id, n int
select id, kind, object, section, state, round, opened, title, seen from mod_case
 where owner = $actor and id > $after order by id limit $n;

-- name: mod_act_own many
-- doc: What was decided about somebody, after an id: for their own data.
-- args: actor id, after id, n int
select id, thing_case, act, rule, until, body from mod_act
 where owner = $actor and id > $after order by id limit $n;

-- name: mod_answer_own many
-- doc: What somebody answered, after a case: for their own data.
-- args: actor id, after id, n int
select w.thing_case, w.round, w.at, w.decided, w.restored, w.body
  from mod_answer w join mod_case c on c.id = w.thing_case
 where c.owner = $actor and w.thing_case > $after order by w.thing_case, w.round limit $n;

-- name: section_moderator_own many
-- doc: The sections that somebody looks after: for their own data.
-- args: actor id, after id, n int
select actor, section from section_moderator where actor = $actor and actor > $after
 order by actor, section limit $n;
