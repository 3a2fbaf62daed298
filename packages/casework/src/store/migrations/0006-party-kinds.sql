-- Of what kinds the parties are: by it is known which registers say who acts for them. Null: not known, so of any.
alter table service_case add column party_kinds text[];
