-- name: console_unshipped one
-- doc: Orders that were paid before a time and are still not on their way; null when there is none.
-- args: before time
-- cols: n int, oldest int?
select count(*) as n, min(paid) as oldest from order_seen where state = 2 and paid < $before;
