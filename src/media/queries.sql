-- name: media_insert_row run
-- doc: A new photo of its owner; nothing happens when they brought it before.
-- args: id id, owner id, kind int, hash text, width int, height int, colour int, machine_made int, credentials bool, alt text, bytes int, now time
insert into media(id, owner, kind, state, hash, width, height, colour, machine_made, credentials,
                  alt, bytes, created, touched)
values ($id, $owner, $kind, 1, $hash, $width, $height, $colour, $machine_made, $credentials,
        $alt, $bytes, $now, $now)
on conflict do nothing;

-- name: media_insert_rendition run
-- doc: One rendition of a photo.
-- args: media id, purpose int, format text, width int, height int, hash text, bytes int
insert into media_rendition(media, purpose, format, width, height, hash, bytes)
values ($media, $purpose, $format, $width, $height, $hash, $bytes);

-- name: media_of_owner one
-- doc: The owner's row of these bytes.
-- args: hash text, owner id
select id, alt from media where hash = $hash and owner = $owner;

-- name: media_touch run
-- doc: The owner brought it again: it is young once more, and its text may be new.
-- args: id id, alt text, now time
update media set touched = $now, alt = $alt where id = $id;

-- name: media_by_id one
-- doc: One photo with what its owner may know.
-- args: id id
select id, owner, kind, state, hash, width, height, colour, machine_made, credentials, alt,
       attached, created
  from media where id = $id;

-- name: media_attach_all run
-- doc: These photos of this owner are shown by one thing more, which is open or not.
-- args: ids ids, owner id, open int, now time
update media set attached = attached + 1, open_uses = open_uses + $open, touched = $now
 where id in $ids and owner = $owner and state = 1;

-- name: media_detach_all run
-- doc: These photos are shown by one thing less, which was open or not.
-- args: ids ids, open int, now time
update media set attached = attached - 1, open_uses = @greatest(open_uses - $open, 0),
       touched = $now
 where id in $ids and attached > 0;

-- name: media_open_all run
-- doc: What shows these photos becomes open, or stops being it.
-- args: ids ids, delta int
update media set open_uses = @greatest(open_uses + $delta, 0) where id in $ids;

-- name: media_is_open one
-- doc: Whether something that everyone sees shows these bytes. Read from the index alone.
-- args: hash text
-- cols: open bool
select exists(select 1 from media where hash = $hash and open_uses > 0) as open;

-- name: media_of_hash many
-- doc: Whoever brought these bytes.
-- args: hash text
select id, owner from media where hash = $hash order by id limit 20;

-- name: media_forget_owner run
-- doc: Everything of this owner is loose, and long since.
-- args: owner id
update media set attached = 0, open_uses = 0, touched = 0 where owner = $owner;

-- name: media_loose_before many
-- doc: Photos that nothing shows, untouched since a time.
-- args: before time, n int
select id, hash from media
 where attached = 0 and touched < $before order by touched limit $n;

-- name: media_delete_renditions run
-- doc: The renditions of photos that are about to be deleted.
-- args: ids ids
delete from media_rendition where media in $ids;

-- name: media_delete_loose run
-- doc: These photos, as far as nothing shows them still.
-- args: ids ids
delete from media where id in $ids and attached = 0;

-- name: media_hash_used one
-- doc: Whether anybody has these bytes.
-- args: hash text
-- cols: used bool
select exists(select 1 from media where hash = $hash) as used;

-- name: media_renditions_after many
-- doc: Renditions in order of their photo, for checking the files.
-- args: media id, purpose int, n int
select r.media, r.purpose, r.format, r.hash, r.bytes, m.hash as photo
  from media_rendition r join media m on m.id = r.media
 where (r.media, r.purpose) > ($media, $purpose)
 order by r.media, r.purpose limit $n;

-- name: media_mine many
-- doc: The photos of an owner, for their copy of them, with the widest size there is.
-- args: owner id, after id, n int
-- cols: widest int
select m.id, m.kind, m.hash, m.width, m.height, m.duration, m.machine_made, m.credentials, m.alt,
       m.bytes, m.attached, m.created, m.touched,
       coalesce((select max(r.purpose) from media_rendition r
                  where r.media = m.id and r.purpose <= 2), 0) as widest
  from media m where m.owner = $owner and m.id > $after order by m.id limit $n;
