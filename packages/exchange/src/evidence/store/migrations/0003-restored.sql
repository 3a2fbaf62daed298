-- Logs that came out of a backup. Others may have seen more of them, so nothing is signed before their recovery.
create table restored (
  member text primary key,
  made timestamptz not null       -- when the backup was made
);
