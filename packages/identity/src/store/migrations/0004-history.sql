-- What happened to an account, for its owner. It outlives authenticators and sessions.
create table history (
  id uuid primary key,
  account_id uuid not null references account (id),
  kind text not null,
  detail_sealed bytea not null,
  session text,
  at timestamptz not null
);
create index history_account on history (account_id, id desc);

create function history_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'history is append-only';
end
$$;
create trigger history_append_only before update or delete on history
  for each row execute function history_is_append_only();
create trigger history_not_truncated before truncate on history
  for each statement execute function history_is_append_only();
