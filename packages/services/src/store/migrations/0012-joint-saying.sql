-- What several must say together of a case: the joint act that they confirm, by the case, what it is, and its words.
create table joint_saying (
  case_id uuid not null,
  saying text not null check (saying in ('withdraw', 'appeal')),
  -- SHA-256 of what is said.
  digest bytea not null,
  joint_act uuid not null,
  prepared_at timestamptz not null,
  primary key (case_id, saying)
);
