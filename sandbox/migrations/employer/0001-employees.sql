-- The synthetic employees of the sandbox's example company. Nobody in it exists.
create table employment (
  national_id text primary key,
  position_th text not null,
  position_en text not null,
  kind text not null,
  started_on date not null,
  ended_on date
);

create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
