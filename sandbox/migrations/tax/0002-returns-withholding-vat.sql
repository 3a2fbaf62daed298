-- What employers told in form PND 1 Kor, returns with their amounts, and VAT registrations. Amounts are in satang.
create table withholding (
  national_id text not null,
  tax_year integer not null,
  employer_id text not null,
  employer_th text not null,
  employer_en text not null,
  months integer not null,
  income bigint not null,
  tax bigint not null,
  provident_fund bigint not null,
  primary key (national_id, tax_year, employer_id)
);

alter table filing
  add column reference text,
  add column income bigint,
  add column net_income bigint,
  add column tax_due bigint,
  add column tax_withheld bigint,
  add column refund bigint,
  add column payable bigint;

create table assessment (
  taxpayer_id text not null,
  tax_year integer not null,
  ordinal integer not null,
  kind text not null,
  decided_on date not null,
  tax_due bigint not null,
  refund bigint not null,
  payable bigint not null,
  reference text,
  recorded_at timestamptz not null,
  primary key (taxpayer_id, tax_year, ordinal)
);

create table place_of_business (
  taxpayer_id text not null,
  branch text not null,
  certificate text not null unique,
  name text not null,
  house_number text not null,
  moo integer,
  subdistrict text not null,
  postal_code text not null,
  primary key (taxpayer_id, branch)
);

-- The last certificate of each year: taken in the transaction that gives it, so that none is left out.
create table certificate_serial (
  year integer primary key,
  last integer not null
);

create table answered (
  key text primary key,
  request bytea not null,
  answer text not null,
  at timestamptz not null
);
