-- Jobs, as job.c adds them and runner.c does them.

-- name: job_insert run
-- doc: Add a job; changes nothing when one of its kind and key waits already.
-- args: id id, kind text, key text?, due time, body text
insert into job(id, kind, key, due, body) values ($id, $kind, $key, $due, $body)
on conflict do nothing;

-- name: job_ready many
-- doc: Jobs that are due and that nobody has, the longest due first.
-- args: now time, n int
select id, kind, key, due, tries, body
  from job
 where failed is null and due <= $now and lease <= $now
 order by due, id limit $n;

-- name: job_lease run
-- doc: Take a job until a time, unless another worker has it.
-- args: id id, now time, lease time
update job set lease = $lease, tries = tries + 1
 where id = $id and failed is null and due <= $now and lease <= $now;

-- name: job_release run
-- doc: Give a job back untouched; it was taken and not begun.
-- args: id id, lease time
update job set lease = 0, tries = tries - 1 where id = $id and lease = $lease;

-- name: job_extend run
-- doc: Keep a job that this lease holds until another time.
-- args: id id, lease time, until time
update job set lease = $until where id = $id and lease = $lease;

-- name: job_finish run
-- doc: Remove a job that this lease holds.
-- args: id id, lease time
delete from job where id = $id and lease = $lease;

-- name: job_again run
-- doc: Let a job wait for another time: after a failure, or for its next round.
-- args: id id, lease time, due time, tries int, error text
update job set due = $due, lease = 0, tries = $tries, error = $error
 where id = $id and lease = $lease;

-- name: job_give_up run
-- doc: Note that a job failed for good.
-- args: id id, lease time, failed time, error text
update job set failed = $failed, lease = 0, error = $error where id = $id and lease = $lease;

-- name: job_counts one
-- doc: How many jobs wait, are due, and have failed for good.
-- args: now time
-- cols: waiting int, due int, failed int
select count(*) filter (where failed is null) as waiting,
       count(*) filter (where failed is null and due <= $now) as due,
       count(*) filter (where failed is not null) as failed
  from job;

-- name: job_failed_list many
-- doc: Jobs that failed for good, newest first.
-- args: before id, n int
select id, kind, key, due, tries, failed, error, body
  from job
 where failed is not null and id < $before
 order by id desc limit $n;

-- name: job_revive run
-- doc: Let a job that failed for good be tried again from the start.
-- args: id id, due time
update job set failed = null, due = $due, lease = 0, tries = 0
 where id = $id and failed is not null;

-- name: job_drop run
-- doc: Forget a job that failed for good.
-- args: id id
delete from job where id = $id and failed is not null;

-- name: job_remove run
-- doc: Remove the waiting job of a kind and key.
-- args: kind text, key text
delete from job where kind = $kind and key = $key and failed is null;
