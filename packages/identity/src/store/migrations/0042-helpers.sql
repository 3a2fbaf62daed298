-- A helper at a counter who asked to act for the person in front of them.
create table helper_request (
  id uuid primary key,
  helper_id uuid not null references account (id),
  -- Null where nobody has the number: the helper sees no difference.
  person_id uuid references account (id),
  -- JSON: appointment, agency, case, scopes, name.
  content_sealed bytea not null,
  -- The question at the provider.
  question text,
  state text not null check (state in ('open', 'approved', 'refused')),
  mandate_id uuid references mandate (id),
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  -- Null until the person was told.
  announced_at timestamptz
);
create index helper_request_helper on helper_request (helper_id, asked_at);
create index helper_request_person on helper_request (person_id, asked_at) where state = 'open';
create index helper_request_announce on helper_request (asked_at)
  where announced_at is null and person_id is not null and state = 'open';
