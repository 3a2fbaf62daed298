-- One row for each human being, whatever they come as: citizen, foreigner, director, officer.
create table account (
  id uuid primary key,
  -- open; frozen by its owner ("this wasn't me") until proved anew; closed for good.
  state text not null check (state in ('open', 'frozen', 'closed')),
  language text not null default 'th' check (language in ('th', 'en')),
  -- The identity assurance level that proofing has reached, as the country's list has it.
  ial text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);

-- By what a person is known elsewhere. The value lies sealed; it is found by its keyed hash.
create table identifier (
  account_id uuid not null references account (id),
  -- national-id, foreigner-number, passport, email, or external:<provider>
  scheme text not null,
  value_hash bytea not null,
  value_sealed bytea not null,
  -- Whether it was proved, or only said.
  proved boolean not null,
  added_at timestamptz not null,
  primary key (account_id, scheme)
);
-- What is proved belongs to one account alone.
create unique index identifier_proved on identifier (scheme, value_hash) where proved;
create index identifier_value on identifier (scheme, value_hash);

-- What is known of the person (names, birth date, …), with where it comes from and when it was fetched; sealed JSON.
create table profile (
  account_id uuid primary key references account (id),
  content_sealed bytea not null,
  source text not null,
  fetched_at timestamptz not null
);
