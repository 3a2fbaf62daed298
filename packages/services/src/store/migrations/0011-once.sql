-- What may be applied for once: by the hash of service, applicant and what the definition says it is counted by. Whoever is
-- first has it; another takes it over once the case of the first came to nothing.
create table once (
  key bytea primary key,
  draft_id uuid not null,
  case_id uuid not null
);
create index once_case on once (case_id);
