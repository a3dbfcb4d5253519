-- name: section_entries many
-- doc: All sections, closed ones too, in the operator's order, with their notes that everyone may see.
-- remembered: sections()
select key, name_en, name_zh, position, rules_en, rules_zh, open
  from section_entry order by position, key limit 200;

-- name: section_entry_of one
-- doc: One section.
-- args: key text
-- remembered: sections()
select key, name_en, name_zh, position, rules_en, rules_zh, open from section_entry where key = $key;

-- name: section_entry_insert run
-- doc: A new section; nothing happens when its key is taken.
-- args: key text, name_en text, name_zh text, position int, rules_en text, rules_zh text, open bool
-- changes: sections()
insert into section_entry(key, name_en, name_zh, position, rules_en, rules_zh, open)
values ($key, $name_en, $name_zh, $position, $rules_en, $rules_zh, $open)
on conflict do nothing;

-- name: section_entry_set run
-- doc: Change a section.
-- args: key text, name_en text, name_zh text, position int, rules_en text, rules_zh text, open bool
-- changes: sections()
update section_entry
   set name_en = $name_en, name_zh = $name_zh, position = $position, rules_en = $rules_en,
       rules_zh = $rules_zh, open = $open
 where key = $key;

-- name: section_pin_insert run
-- doc: Pin a note over a section, or over Explore; nothing happens when it is there.
-- args: section text, note id, since time
-- changes: sections()
insert into section_pin(section, note, since) values ($section, $note, $since)
on conflict do nothing;

-- name: section_pin_delete run
-- doc: Take a pinned note down.
-- args: section text, note id
-- changes: sections()
delete from section_pin where section = $section and note = $note;

-- name: section_pins_of many
-- doc: The notes pinned over a section, or over Explore, newest first.
-- args: section text, n int
-- remembered: sections()
select note, since from section_pin where section = $section order by since desc, note desc limit $n;

-- name: section_pins_all many
-- doc: All pinned notes.
select section, note, since from section_pin order by section, since desc, note desc limit 500;
