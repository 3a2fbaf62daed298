import type { Database } from '../transaction.ts'
import { ofNoExtension, ownSchema, statementsOf } from './own.ts'

/** What is in a database and has no statement here that would make it again, in words. */
export const findUnsupported = (client: Database) =>
  statementsOf(
    client,
    `select format('%s %I.%I', case c.relkind when 'm' then 'materialized view' when 'f' then 'foreign table'
         else 'composite type' end, n.nspname, c.relname) as sql
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('m', 'f', 'c') and ${ownSchema} and ${ofNoExtension('pg_class', 'c')}
     union all
     select format('inherited table %I.%I', n.nspname, c.relname)
     from pg_inherits h join pg_class c on c.oid = h.inhrelid join pg_namespace n on n.oid = c.relnamespace
     where not c.relispartition and ${ownSchema}
     union all
     select format('type %I.%I', n.nspname, t.typname) from pg_type t join pg_namespace n on n.oid = t.typnamespace
     where t.typtype in ('d', 'r', 'm') and ${ownSchema} and ${ofNoExtension('pg_type', 't')}
     union all
     select format('function %I.%I', n.nspname, p.proname) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where (p.prokind in ('a', 'w') or p.prosqlbody is not null) and ${ownSchema} and ${ofNoExtension('pg_proc', 'p')}
     union all
     select format('collation %I.%I', n.nspname, l.collname) from pg_collation l join pg_namespace n on n.oid = l.collnamespace
     where ${ownSchema} and ${ofNoExtension('pg_collation', 'l')}
     union all
     select format('policy %I', polname) from pg_policy
     union all
     select format('event trigger %I', evtname) from pg_event_trigger
     union all
     select format('rule %I of %I.%I', r.rulename, n.nspname, c.relname) from pg_rewrite r
     join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
     where r.rulename <> '_RETURN' and ${ownSchema}
     union all
     select format('statistics %I.%I', n.nspname, s.stxname) from pg_statistic_ext s
     join pg_namespace n on n.oid = s.stxnamespace where ${ownSchema}
     union all
     select 'large object ' || oid from pg_largeobject_metadata
     order by 1`,
  )
