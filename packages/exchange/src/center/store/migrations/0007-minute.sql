-- How the center was in each minute, by each of its processes: for plots over days. Numbers alone, of nobody.
create table minute (
  at timestamptz not null,
  process uuid not null,
  answered integer not null,        -- what gateways and everybody else asked of the public listener, by how it ended
  refused integer not null,
  failed integer not null,
  durations integer[] not null,     -- by how long that took, in classes; the last one has no end
  directory_left integer not null,  -- seconds until the newest directory ends
  directory_version bigint not null,
  primary key (at, process)
);
