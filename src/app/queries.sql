-- What `sward export` reads, in pages, through the views that rooms publish.

-- name: export_log many
-- doc: Facts of the log after an id, in order.
-- args: after id, n int
select id, kind, actor, object, about, at, simulated, body
  from event_seen where id > $after order by id limit $n;

-- name: export_ledger many
-- doc: Postings after one, in order, with their journal and account.
-- args: journal id, position int, n int
select journal, position, journal_kind, journal_cause, at, kind, party, currency, custody, amount, cause
  from posting_seen where (journal, position) > ($journal, $position)
 order by journal, position limit $n;

-- name: export_exposure many
-- doc: Single exposures after one, in order of time, reader, kind and thing.
-- args: at time, who id, kind int, thing id, n int
select at, who, kind, thing, place, position, dwell
  from exposure_seen where (at, who, kind, thing) > ($at, $who, $kind, $thing)
 order by at, who, kind, thing limit $n;

-- name: export_exposure_day many
-- doc: Sums of whole days after one, in order of day, kind, thing and place.
-- args: day time, kind int, thing id, place int, n int
select day, kind, thing, place, seen, people, dwell
  from exposure_by_day where (day, kind, thing, place) > ($day, $kind, $thing, $place)
 order by day, kind, thing, place limit $n;
