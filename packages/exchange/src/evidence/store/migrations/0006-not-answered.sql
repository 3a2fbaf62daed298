-- Few exchanges are refused or fail, and whoever looks for them would read all others first.
create index record_not_answered on record (member, exchange) where kind = 'failure' or problem is not null;
