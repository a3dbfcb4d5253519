-- name: console_unshipped one
-- doc: Orders that were paid before a time and are still not on their way; null when there is none.
-- args: before time
-- cols: n int, oldest int?
select count(*) as n, min(paid) as oldest from order_seen where state = 2 and paid < $before;

-- name: console_reports one
-- doc: Cases that wait for a moderator; null when there is none.
-- cols: n int, oldest int?
select count(*) as n, min(opened) as oldest from case_waiting;

-- name: console_asking one
-- doc: People who wait to be let in; null when there is none.
-- cols: n int, oldest int?
select count(*) as n, min(created) as oldest from asking_waiting;
