-- Birth notices (ท.ร.1/1) of the sandbox's hospital. Nobody in it exists.
create table notice (
  number text primary key,
  birth_date date not null,
  birth_time text not null,
  birth_subdistrict text not null,
  sex text not null,
  weight integer not null,
  birth_order integer not null,
  mother text not null,
  mother_th text not null,
  mother_en text not null,
  father text,
  father_th text,
  father_en text,
  issued_on date not null,
  used_on date,
  used_for text
);
create index notice_mother on notice (mother);
create index notice_father on notice (father) where father is not null;

-- A request that changes something, and what it was answered, so that it can be sent again.
create table answered (
  key text primary key,
  request bytea not null,
  answer text not null,
  at timestamptz not null
);

create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
