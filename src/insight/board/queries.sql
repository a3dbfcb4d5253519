-- name: board_deed_add run
-- doc: So many more of one deed.
-- args: day time, measure int, actor id, n int
insert into board_deed(day, measure, actor, n) values ($day, $measure, $actor, $n)
on conflict (day, actor, measure) do update set n = board_deed.n + excluded.n;

-- name: board_reset run
-- doc: Forget everything; the log tells it again.
delete from board_deed;

-- name: board_sums many
-- doc: Each measure from one day to before another: how often, and by how many.
-- args: since time, until time
-- cols: n int, actors int
select measure, cast(sum(n) as int) as n, count(distinct case when actor <> 0 then actor end) as actors
  from board_deed where day >= $since and day < $until
 group by measure order by measure limit 1000;

-- name: board_actors_of one
-- doc: How many did at least one of these.
-- args: measures ids, since time, until time
-- cols: actors int
select count(distinct actor) as actors
  from board_deed
 where day >= $since and day < $until and actor <> 0 and measure in $measures;

-- name: board_active one
-- doc: How many did anything at all that is a kind of the log.
-- args: since time, until time
-- cols: actors int
select count(distinct actor) as actors
  from board_deed where day >= $since and day < $until and actor <> 0 and measure < 10000;

-- name: board_money many
-- doc: What was posted from one time to before another, by account kind and currency; credit positive.
-- args: since time, until time
-- cols: total money, n int
select kind, currency, -cast(sum(amount) as int) as total, count(*) as n
  from posting_seen where at >= $since and at < $until
 group by kind, currency order by currency, kind limit 200;

-- name: board_seen one
-- doc: How many cards of notes were seen: single rows, and the sums of days whose rows went; of a day that has both, the greater.
-- args: since time, until time
-- cols: n int
select coalesce(cast(sum(whole.n) as int), 0) as n
  from (select part.day, max(part.n) as n
          from (select e.at - e.at % 86400000000 as day, count(*) as n
                  from exposure_seen e
                 where e.kind = 1 and e.at >= $since and e.at < $until
                 group by e.at - e.at % 86400000000
                 union all
                select d.day, cast(sum(d.seen) as int) as n
                  from exposure_by_day d
                 where d.kind = 1 and d.day >= $since and d.day < $until
                 group by d.day) as part
         group by part.day) as whole;

-- name: board_mine many
-- doc: What the board counted of one actor, by day and measure, beyond a place in that list.
-- args: actor id, day time, measure int, n int
select day, measure, n from board_deed
 where actor = $actor and (day, measure) > ($day, $measure)
 order by day, measure limit $n;

-- name: board_outlived run
-- doc: Forget single actors' days of before a time.
-- args: before time
delete from board_deed where day < $before;
