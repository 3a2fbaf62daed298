-- Questions that reach a person outside the page they arise on: sign-ins by CIBA, a helper at a counter, a signature.
create table backchannel_question (
  id uuid primary key,
  account_id uuid not null,
  client_id text,
  kind text not null,
  -- JSON of what is shown, and of the provider's own request where there is one.
  content_sealed bytea not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  -- Null until the person was told, where there is one: a question by a hint that means nobody is kept all the same.
  announced_at timestamptz,
  decision text check (decision in ('approve', 'deny')),
  decided_at timestamptz
);
create index backchannel_question_account on backchannel_question (account_id, asked_at) where decision is null;
create index backchannel_question_announce on backchannel_question (asked_at)
  where announced_at is null and decision is null;

-- Clients that are yet to hear that a session has ended (OpenID Connect Back-Channel Logout 1.0).
create table logout_notice (
  id uuid primary key,
  client_id text not null,
  account_id uuid not null,
  sid text not null,
  attempts integer not null default 0,
  next_at timestamptz not null
);
create index logout_notice_next on logout_notice (next_at);
