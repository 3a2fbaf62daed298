-- Something that several must do together: directors of a company, both parents of a child.
create table joint_act (
  id uuid primary key,
  source text not null check (source in ('company', 'child')),
  -- Keyed hash of the company's or child's number.
  subject_hash bytea not null,
  scope text not null,
  -- JSON: number, name, the act, and the act in words.
  content_sealed bytea not null,
  -- SHA-256 over the canonical JSON of the act (RFC 8785).
  act_hash bytea not null,
  prepared_by uuid not null references account (id),
  state text not null check (state in ('open', 'complete', 'used', 'void', 'withdrawn')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  completed_at timestamptz,
  used_at timestamptz
);
create index joint_act_subject on joint_act (subject_hash, created_at);
create index joint_act_prepared on joint_act (prepared_by, created_at);

-- One person confirms once, from a sign-in of their own.
create table joint_confirmation (
  joint_act_id uuid not null references joint_act (id),
  account_id uuid not null references account (id),
  session text not null,
  seal boolean not null,
  authenticated_at timestamptz not null,
  confirmed_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (joint_act_id, account_id)
);
create unique index joint_confirmation_session on joint_confirmation (joint_act_id, session)
  where withdrawn_at is null;
create index joint_confirmation_account on joint_confirmation (account_id);
