-- Births that were registered here, what registrars entered in their books, and copies of house registrations.
create index person_father on person (father) where father is not null;
create index person_mother on person (mother) where mother is not null;

-- Numbers of children who are born after the register was filled.
create sequence birth_serial start 200000;

create table birth (
  national_id text primary key,
  certificate_number text not null unique,
  -- Each notice of a hospital brings one child.
  notice_number text not null unique,
  birth_time text not null,
  weight integer,
  house_id text not null,
  notified_on date not null,
  late boolean not null,
  reference text,
  registered_at timestamptz not null
);

-- A registrar is named by the four digits of its district.
create table book_entry (
  registrar text not null,
  number text not null,
  kind text not null,
  national_id text not null,
  house_id text not null,
  happened_on date not null,
  recorded_at timestamptz not null,
  ordinal bigint generated always as identity,
  primary key (registrar, number)
);
create index book_entry_person on book_entry (national_id, registrar);
create index book_entry_latest on book_entry (registrar, ordinal);

-- The last number of each kind and year: taken in the transaction that writes the entry, so that none is left out.
create table book_serial (
  registrar text not null,
  kind text not null,
  year integer not null,
  last integer not null,
  primary key (registrar, kind, year)
);

create table house_copy (
  number text primary key,
  national_id text not null,
  house_id text not null,
  reference text,
  recorded_at timestamptz not null
);
create index house_copy_person on house_copy (national_id, recorded_at);
