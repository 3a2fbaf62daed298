-- The synthetic population register of the sandbox. Nobody in it exists.
create table house (
  house_id text primary key,
  house_number text not null,
  moo integer,
  subdistrict text not null,
  postal_code text not null
);

-- Houses that are built after the register was filled.
create sequence house_serial start 500000;
create index house_place on house (subdistrict, house_number);

create table person (
  national_id text primary key,
  sex text not null,
  title text not null,
  given_th text not null,
  given_en text not null,
  family_th text,
  family_en text,
  birth_date date not null,
  birth_subdistrict text not null,
  death_date date,
  marital_status text not null,
  marriage_date date,
  father text,
  mother text,
  spouse text,
  house_id text not null,
  relationship text not null
);
create index person_house on person (house_id);
create index person_family_th on person (family_th, given_th);
create index person_family_en on person (lower(family_en), lower(given_en));

create table move (
  national_id text not null,
  ordinal integer not null,
  moved_on date not null,
  from_house text not null,
  to_house text not null,
  primary key (national_id, ordinal)
);

-- A request that changes something, and what it was answered, so that it can be sent again.
create table answered (
  key text primary key,
  request bytea not null,
  answer text not null,
  at timestamptz not null
);

-- One row, written by the transaction that fills the tables above.
create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
