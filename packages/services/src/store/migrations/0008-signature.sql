-- Which document an officer was given to sign for which output of a case. The document lies with their signatures.
create table services.signature_asked (
  case_id uuid not null,
  output text not null,
  account_id uuid not null,
  document_id uuid not null,
  -- Of which decision it is: once that is another, what was signed counts no more.
  decided_at timestamptz not null,
  -- SHA-256 of what was given to sign: a signature counts only while the output still stands as it did.
  signs bytea not null check (length(signs) = 32),
  taken_at timestamptz,
  primary key (case_id, output, account_id)
);
