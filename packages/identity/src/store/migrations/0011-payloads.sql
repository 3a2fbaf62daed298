-- What the OpenID provider keeps: sessions, grants, codes, tokens, pushed requests, proofs already seen.
create table oidc_payload (
  -- SHA-256 of "<model>:<id>". Whoever reads the database holds no token and no session by it.
  id bytea primary key,
  model text not null,
  -- The grant under which a code or token was given. It goes with its grant, and none can be added to one that is gone.
  grant_id bytea references oidc_payload (id) on delete cascade,
  uid text,
  user_code text,
  session_uid text,
  account_id uuid,
  client_id text,
  content_sealed bytea not null,
  consumed_at timestamptz,
  expires_at timestamptz
  -- What is used or goes on changes in its place, where its page has room.
) with (fillfactor = 70);
create index oidc_payload_grant on oidc_payload (grant_id) where grant_id is not null;
create unique index oidc_payload_uid on oidc_payload (uid) where uid is not null;
create unique index oidc_payload_user_code on oidc_payload (user_code) where user_code is not null;
create index oidc_payload_account on oidc_payload (account_id) where account_id is not null;
create index oidc_payload_expires on oidc_payload (expires_at);

-- What a person is shown of a session beside what the provider keeps of it; goes when the session is gone.
create table sign_in_session (
  uid text primary key,
  account_id uuid not null,
  -- What the browser calls itself.
  agent_sealed bytea not null,
  -- By what each client knows it (`sid`), as hashes: whether it lives is told without opening it.
  sids text[] not null default '{}',
  first_used_at timestamptz not null,
  last_used_at timestamptz not null
);
create index sign_in_session_account on sign_in_session (account_id);
