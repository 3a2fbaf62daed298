-- How often each officer asked in each hour, by which it is judged what is usual. Kept for some weeks.
create table gateway.officer_hour (
  consumer text not null,           -- the member for which the officer acts
  officer text not null,            -- opaque, as the token has it
  hour timestamptz not null,
  calls integer not null,
  primary key (consumer, officer, hour)
);
create index officer_hour_by_age on gateway.officer_hour (hour);

-- Accesses of officers that are out of the usual, for the member's data-protection officer and the person's page.
create table gateway.unusual_access (
  number bigint generated always as identity primary key,
  exchange uuid not null unique,
  at timestamptz not null,
  member text not null,             -- whose data it was
  client text not null,
  service text not null,
  purpose text not null,
  officer text not null,
  duty text not null,
  rules text[] not null,
  calls integer not null            -- of the officer in that hour, until then
);
