-- Operators for a while: officers who came from their desk. Null: until they are removed.
alter table gateway.operator add expires_at timestamptz;
