-- The synthetic insured people and employers of the sandbox. Nobody in it exists. Amounts are in satang.
create table employer (
  employer_id text primary key,
  name_th text not null,
  name_en text not null,
  registered_on date not null
);

create table employment (
  national_id text not null,
  employer_id text not null,
  started_on date not null,
  ended_on date,
  primary key (national_id, employer_id, started_on)
);
create index employment_employer on employment (employer_id) where ended_on is null;

create table contribution (
  national_id text not null,
  tax_year integer not null,
  employer_id text not null,
  months integer not null,
  amount bigint not null,
  primary key (national_id, tax_year, employer_id)
);

create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
