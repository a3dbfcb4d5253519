-- name: media_insert_row run
-- doc: A new photo of its owner; nothing happens when they brought it before.
-- args: id id, owner id, kind int, hash text, width int, height int, duration int, colour int, machine_made int, credentials bool, alt text, bytes int, now time
-- changes: none, no note shows it yet
insert into media(id, owner, kind, state, hash, width, height, duration, colour, machine_made, credentials,
                  alt, bytes, created, touched)
values ($id, $owner, $kind, 1, $hash, $width, $height, $duration, $colour, $machine_made, $credentials,
        $alt, $bytes, $now, $now)
on conflict do nothing;

-- name: media_insert_rendition run
-- doc: One rendition of a photo; nothing happens when it is there.
-- args: media id, purpose int, format text, width int, height int, hash text, bytes int
insert into media_rendition(media, purpose, format, width, height, hash, bytes)
values ($media, $purpose, $format, $width, $height, $hash, $bytes)
on conflict do nothing;

-- name: media_of_owner one
-- doc: The owner's row of these bytes.
-- args: hash text, owner id
select id, alt, state from media where hash = $hash and owner = $owner;

-- name: media_touch run
-- doc: The owner brought it again: it is young once more, and its text may be new.
-- args: id id, alt text, now time
-- changes: none, nothing of it is shown
update media set touched = $now, alt = $alt where id = $id;

-- name: media_by_id one
-- doc: One photo with what its owner may know.
-- args: id id
select id, owner, kind, state, hash, width, height, duration, colour, machine_made, credentials, alt,
       attached, open_uses, created
  from media where id = $id;

-- name: media_attach_all run
-- doc: These photos of this owner are shown by one thing more, which is open or not.
-- args: ids ids, owner id, open int, now time
-- changes: none, nothing of it is shown
update media set attached = attached + 1, open_uses = open_uses + $open, touched = $now
 where id in $ids and owner = $owner and state = 1;

-- name: media_hold_all run
-- doc: These photos and videos of this owner are kept by one thing more, that shows them to nobody yet.
-- args: ids ids, owner id, now time
-- changes: none, nothing of it is shown
update media set attached = attached + 1, touched = $now where id in $ids and owner = $owner;

-- name: media_detach_all run
-- doc: These photos are shown by one thing less, which was open or not.
-- args: ids ids, open int, now time
-- changes: none, nothing of it is shown
update media set attached = attached - 1, open_uses = @greatest(open_uses - $open, 0),
       touched = $now
 where id in $ids and attached > 0;

-- name: media_open_all run
-- doc: What shows these photos becomes open, or stops being it.
-- args: ids ids, delta int
-- changes: none, nothing of it is shown
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
-- changes: none, nothing of it is shown
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
-- changes: none, no note shows it any more
delete from media where id in $ids and attached = 0;

-- name: media_hash_used one
-- doc: Whether anybody has these bytes.
-- args: hash text
-- cols: used bool
select exists(select 1 from media where hash = $hash) as used;

-- name: media_file_used one
-- doc: Whether anybody's row names this file.
-- args: hash text, purpose int
-- cols: used bool
select exists(select 1 from media m join media_rendition r on r.media = m.id
               where m.hash = $hash and r.purpose = $purpose) as used;

-- name: media_set_state run
-- doc: How a video stands from now on.
-- args: id id, state int
-- changes: media_shown()
update media set state = $state where id = $id;

-- name: media_video_begin run
-- doc: A video is about to be made, perhaps again.
-- args: media id
-- changes: none, no note shows it yet
insert into media_video(media) values ($media)
on conflict (media) do update set percent = 0, failure = 0;

-- name: media_video_row one
-- doc: What a video has and a photo has not.
-- args: media id
select percent, failure, captions, captions_lang from media_video where media = $media;

-- name: media_video_percent run
-- doc: How much of a video is made.
-- args: media id, percent int
-- changes: none, nothing of it is shown
update media_video set percent = $percent where media = $media;

-- name: media_video_fail run
-- doc: Why nothing can be made of a video.
-- args: media id, failure int
-- changes: none, nothing of it is shown
update media_video set failure = $failure where media = $media;

-- name: media_video_caption run
-- doc: The captions of a video; empty = none any more.
-- args: media id, captions text, lang text
-- changes: media_shown()
update media_video set captions = $captions, captions_lang = $lang where media = $media;

-- name: media_video_twin one
-- doc: Another row of the same bytes that is ready.
-- args: hash text
select id from media where hash = $hash and state = 1 order by id limit 1;

-- name: media_copy_renditions run
-- doc: What is kept of one video is kept of another of the same bytes too.
-- args: media id, twin id
insert into media_rendition(media, purpose, format, width, height, hash, bytes)
select $media, t.purpose, t.format, t.width, t.height, t.hash, t.bytes
  from media_rendition t where t.media = $twin and t.purpose in (4, 5)
on conflict do nothing;

-- name: media_renditions_of many
-- doc: The MP4 of a video, smaller first, and the file it came as while that is kept.
-- args: media id
select purpose, width, height, bytes from media_rendition
 where media = $media and purpose >= 4 order by purpose limit 3;

-- name: media_spent many
-- doc: Videos that are made and still have the file they came as.
-- args: n int
select m.id, m.hash from media_rendition r join media m on m.id = r.media
 where r.purpose = 6 and m.state = 1 order by m.id limit $n;

-- name: media_delete_source run
-- doc: The file that a video came as is not needed any more.
-- args: media id
delete from media_rendition where media = $media and purpose = 6;

-- name: media_delete_videos run
-- doc: What these videos have beside their row.
-- args: ids ids
-- changes: none, no note shows it any more
delete from media_video where media in $ids;

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
-- cols: captions text, widest int
select m.id, m.kind, m.hash, m.width, m.height, m.duration, m.machine_made, m.credentials, m.alt,
       m.bytes, m.attached, m.created, m.touched,
       coalesce((select v.captions from media_video v where v.media = m.id), '') as captions,
       coalesce((select max(r.purpose) from media_rendition r
                  where r.media = m.id and r.purpose <= 2), 0) as widest
  from media m where m.owner = $owner and m.id > $after order by m.id limit $n;
