-- name: thing_a one
-- doc: Two faults in one statement,
select ifnull(said, 0) as said,
       name like 'a' as b
  from thing where id = 1;

-- name: thing_b one
-- doc: and one in the next, found by SQLite on its third line.
select id
  from thing
 where nmae = 'a';
