-- Which document an officer was given to sign for which output of a case. The document lies with their signatures.
create table services.signature_asked (
  case_id uuid not null,
  output text not null,
  account_id uuid not null,
  document_id uuid not null,
  taken_at timestamptz,
  primary key (case_id, output, account_id)
);
