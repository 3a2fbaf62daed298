-- How the gateway was in each minute, by each of its processes: for plots over days. Numbers alone, of nobody.

create table minute (
  at timestamptz not null,
  process uuid not null,
  succeeded integer not null,
  refused integer not null,
  failed integer not null,
  -- Exchanges by how long they took, in the classes of the histogram; the last one has no end.
  durations integer[] not null,
  queued integer not null,
  dead integer not null,
  -- Seconds since the directory that is held was issued.
  directory_age integer not null,
  primary key (at, process)
);
