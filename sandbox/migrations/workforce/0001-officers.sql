-- The synthetic civil servants of the sandbox. Nobody in it exists.
create table officer (
  national_id text primary key,
  position_th text not null,
  position_en text not null,
  level_th text not null,
  level_en text not null,
  agency_th text not null,
  agency_en text not null,
  appointed_on date not null
);

create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
