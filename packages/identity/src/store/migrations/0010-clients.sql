-- Who may let people sign in here: clients of the OpenID provider. Never removed, since grants and evidence name them.
create table oidc_client (
  id text primary key,
  -- The agency that runs it; it is the sector of its pairwise subjects. None for the house's own faces.
  member text,
  -- The checked settings, as registered.
  settings jsonb not null,
  -- SHA-256 of the secret, where the client has one: it was drawn by us and shown once.
  secret_hash bytea,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  disabled_at timestamptz
);
create index oidc_client_member on oidc_client (member);
