-- What a person agreed to tell a client when signing in: claim by claim, for a time, until withdrawn.
create table claims_consent (
  id uuid primary key,
  account_id uuid not null,
  client_id text not null references oidc_client (id),
  scopes text[] not null,
  -- Claims asked for one by one, beside scopes.
  claims text[] not null,
  refused text[] not null,
  given_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index claims_consent_live on claims_consent (account_id, client_id) where withdrawn_at is null;
