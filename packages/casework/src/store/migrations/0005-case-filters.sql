-- What queues are filtered by: few of a state among many, and what nobody has yet, which is due last of all. Without them
-- all of a queue was looked through.
create index case_of_state on service_case (agency, duty, state, due_key, id)
  where state in ('awaiting-payment', 'awaiting-consent', 'in-review', 'awaiting-information', 'awaiting-endorsement',
    'awaiting-decision', 'awaiting-signature', 'carrying-out', 'appealed');
create index case_ended_of_state on service_case (agency, duty, state, ended_at, id) where ended_at is not null;
create index case_of_nobody on service_case (agency, duty, due_key, id)
  where assignee is null
    and state in ('in-review', 'awaiting-endorsement', 'awaiting-decision', 'awaiting-signature', 'appealed');
