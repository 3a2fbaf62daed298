-- The synthetic taxpayers of the sandbox. Nobody in it exists.
create table taxpayer (
  taxpayer_id text primary key,
  kind text not null,
  status text not null,
  registered_since date not null,
  vat_since date
);

create table filing (
  taxpayer_id text not null,
  tax_year integer not null,
  form text not null,
  state text not null,
  filed_on date,
  primary key (taxpayer_id, tax_year)
);

create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
