-- By which the age of the oldest message is found without going through all.
create index outgoing_queued_by_age on queue.outgoing (queued_at) where state = 'queued';
create index incoming_waiting on queue.incoming (number) where state = 'waiting';
