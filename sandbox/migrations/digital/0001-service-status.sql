-- The state of government digital services, invented for the sandbox.
create table service_status (
  code text primary key,
  name_th text not null,
  name_en text not null,
  agency_th text not null,
  agency_en text not null,
  status text not null,
  since timestamptz not null,
  availability double precision not null
);

create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
