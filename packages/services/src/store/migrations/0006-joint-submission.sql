-- What several must hand in together: the joint act that they confirm, by the draft and what it said then.
create table joint_submission (
  draft_id uuid primary key,
  -- SHA-256 of what is handed in.
  digest bytea not null,
  joint_act uuid not null,
  prepared_at timestamptz not null
);
