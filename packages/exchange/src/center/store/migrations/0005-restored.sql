-- That this center came out of a backup: it publishes nothing before it was told the newest directory that anybody holds.
create table center.restored (
  only_row boolean primary key default true check (only_row),
  made timestamptz not null       -- when the backup was made
);
