-- A person at a counter, and the officer who serves them.
create table counter_visit (
  id uuid primary key,
  appointment text not null,
  agency text not null,
  officer_account uuid not null references account (id),
  -- The person as the register has them; sealed JSON.
  person_sealed bytea not null,
  account_id uuid references account (id),
  state text not null check (state in ('open', 'proofed')),
  made_at timestamptz not null,
  expires_at timestamptz not null
);
create index counter_visit_expires on counter_visit (expires_at);

-- With it, and with the person present, a passkey is added on their own telephone: once, within minutes.
create table enrolment_code (
  code_hash bytea primary key,
  account_id uuid not null references account (id),
  visit_id uuid not null references counter_visit (id),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index enrolment_code_visit on enrolment_code (visit_id);
