-- The synthetic company register of the sandbox. None of these companies exists.
create table juristic_person (
  juristic_id text primary key,
  form text not null,
  name_th text not null,
  name_en text not null,
  trade_th text not null,
  trade_en text not null,
  registered_on date not null,
  status text not null,
  capital bigint not null,
  house_number text not null,
  moo integer,
  subdistrict text not null,
  postal_code text not null,
  signing text not null,
  signing_th text not null,
  signing_en text not null
);
create index juristic_person_name_en on juristic_person (lower(name_en));

create table director (
  juristic_id text not null,
  ordinal integer not null,
  national_id text not null,
  given_th text not null,
  given_en text not null,
  family_th text,
  family_en text,
  appointed_on date not null,
  primary key (juristic_id, ordinal)
);
create index director_person on director (national_id);

create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
