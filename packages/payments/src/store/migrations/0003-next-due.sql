-- When the first part that is still owed is due; null where nothing is. Who pays is told once before each such time, and
-- once after it where the debt stays.
alter table payment
  add column next_due_at timestamptz,
  add column reminded_for timestamptz,
  add column overdue_told_for timestamptz;
update payment p set next_due_at = coalesce((
  select to_timestamp(min(due) / 1000.0) from (
    select (part ->> 'dueAt')::bigint as due, sum((part ->> 'amount')::bigint) over (order by n) as until
    from event e, jsonb_array_elements(e.parts) with ordinality as of_parts (part, n)
    where e.payment = p.id and e.kind = 'split'
  ) as parts where until > p.paid
), p.due_at) where p.state in ('waiting', 'partly-paid');
create index payment_next_due on payment (next_due_at) where next_due_at is not null;
create index payment_owed on payment (payee, next_due_at) where next_due_at is not null;
-- Whose last day may become a holiday: the days of their parts, and the day until which all of it may be paid.
create index payment_open_due on payment (due_at) where next_due_at is not null;
create index payment_open_parts on payment (id) where next_due_at is not null and instalments is not null;
