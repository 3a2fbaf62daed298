-- Epochs of a log that another gateway began, under a key of its own, before the member moved here. `mac` covers the row.
create table foreign_epoch (
  member text not null,
  epoch int not null,
  vkey text not null,
  mac bytea not null,
  primary key (member, epoch)
);
-- Set when the member moved away with its log: what still lies here is told to nobody.
alter table log add column moved_at timestamptz;
