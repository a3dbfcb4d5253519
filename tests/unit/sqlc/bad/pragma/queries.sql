-- name: thing_try run
-- doc: Refused.
pragma foreign_keys = off;
