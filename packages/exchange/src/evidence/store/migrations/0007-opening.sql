-- Statements that the content of an exchange was opened, by the exchange: a person who asks who looked is told of each, and other
-- statements (erasures above all) are many.
create index statement_opening on statement (member, substring(note from '"exchange":"([0-9a-f-]{36})"'))
  where position('"type":"opening"' in note) > 0;
