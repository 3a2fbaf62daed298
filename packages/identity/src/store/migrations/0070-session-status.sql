-- Where gateways learn that a sign-in session is over in which somebody acts for themselves at an agency.
create table session_status (
  session text primary key,
  account_id uuid not null references account (id),
  status_uri text not null,
  status_index integer not null,
  made_at timestamptz not null
);
create index session_status_made on session_status (made_at);
