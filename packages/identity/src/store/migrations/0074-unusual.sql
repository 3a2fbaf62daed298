-- How far each gateway's list of unusual accesses has been read: each becomes a task once.
create table unusual_read (
  gateway text primary key,
  number bigint not null
);
