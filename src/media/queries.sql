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
-- doc: These photos of this owner are shown by one thing more.
-- args: ids ids, owner id, now time
update media set attached = attached + 1, touched = $now
 where id in $ids and owner = $owner and state = 1;

-- name: media_detach_all run
-- doc: These photos are shown by one thing less.
-- args: ids ids, now time
update media set attached = attached - 1, touched = $now
 where id in $ids and attached > 0;

-- name: media_forget_owner run
-- doc: Everything of this owner is loose, and long since.
-- args: owner id
update media set attached = 0, touched = 0 where owner = $owner;

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
