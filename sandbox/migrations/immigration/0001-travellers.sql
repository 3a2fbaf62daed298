-- The synthetic travellers of the sandbox. Nobody in it exists.
create table traveller (
  traveller_id integer primary key,
  family text not null,
  given text,
  sex text not null,
  nationality text not null,
  -- ISO 8601, whole or without day or month, as the passport has it.
  birth_date text not null,
  stay_kind text not null,
  stay_until date not null,
  -- Given when it is asked for, and kept whatever passport follows.
  foreigner_number text unique,
  numbered_at timestamptz
);

create table passport (
  -- Issuing state and number: GBR:123456789
  passport text primary key,
  traveller_id integer not null references traveller (traveller_id),
  expires_on date not null
);

-- The last serial that was given: taken in the transaction that writes the number, so that none is left out.
create table number_serial (
  only_row boolean primary key default true check (only_row),
  last integer not null
);
insert into number_serial (last) values (0);

create table loaded (
  only_row boolean primary key default true check (only_row),
  edition text not null,
  at timestamptz not null
);
