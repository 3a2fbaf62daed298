import type { Database } from '../transaction.ts'
import { ofNoExtension, ownSchema, statementsOf } from './own.ts'

const table = `pg_class c join pg_namespace n on n.oid = c.relnamespace`
const ownTable = `${ownSchema} and ${ofNoExtension('pg_class', 'c')}`

export const ownedSequences = (client: Database) =>
  statementsOf(
    client,
    `select format('alter sequence %I.%I owned by %I.%I.%I', sn.nspname, s.relname, n.nspname, c.relname, a.attname) as sql
     from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
     join pg_namespace sn on sn.oid = s.relnamespace join pg_class c on c.oid = d.refobjid
     join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
     where d.classid = 'pg_class'::regclass and d.deptype = 'a' and ${ownTable} order by 1`,
  )

/** Those with an index. Of a table of partitions they are its own: each partition's stand beside them, and are attached. */
export const constraints = (client: Database) =>
  statementsOf(
    client,
    `select format('alter table %s%I.%I add constraint %I %s', case c.relkind when 'p' then 'only ' end, n.nspname,
       c.relname, k.conname, pg_get_constraintdef(k.oid)) as sql
     from pg_constraint k join ${table} on true
     where k.conrelid = c.oid and k.contype in ('p', 'u', 'x') and ${ownTable}
     order by n.nspname, c.relname, k.conname`,
  )

export const indexes = (client: Database) =>
  statementsOf(
    client,
    `select pg_get_indexdef(x.indexrelid) as sql
     from pg_index x join ${table} on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
     where c.relkind in ('r', 'p') and ${ownTable}
       and not exists (select from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
     order by n.nspname, c.relname, i.relname`,
  )

/** Before their indexes are there: the table's would else be given others. */
export const attachedTables = (client: Database) =>
  attached(
    client,
    `c.relkind in ('r', 'p')`,
    `format('alter table only %I.%I attach partition %I.%I %s', pn.nspname, p.relname, n.nspname, c.relname,
       pg_get_expr(c.relpartbound, c.oid))`,
  )

export const attachedIndexes = (client: Database) =>
  attached(
    client,
    `c.relkind in ('i', 'I')`,
    `format('alter index %I.%I attach partition %I.%I', pn.nspname, p.relname, n.nspname, c.relname)`,
  )

function attached(client: Database, kind: string, sql: string): Promise<string[]> {
  return statementsOf(
    client,
    `select ${sql} as sql from pg_inherits h join ${table} on c.oid = h.inhrelid
     join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace
     where c.relispartition and ${kind} and ${ownTable} order by n.nspname, c.relname`,
  )
}

export const foreignKeys = (client: Database) =>
  statementsOf(
    client,
    `select format('alter table %I.%I add constraint %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid))
       as sql
     from pg_constraint k join ${table} on c.oid = k.conrelid
     where k.contype = 'f' and k.conparentid = 0 and ${ownTable} order by n.nspname, c.relname, k.conname`,
  )

/** In the order in which they were made, since one may stand on another. */
export const views = (client: Database) =>
  statementsOf(
    client,
    `select format('create view %I.%I%s as %s', n.nspname, c.relname, ' with (' || array_to_string(c.reloptions, ', ') || ')',
       pg_get_viewdef(c.oid)) as sql
     from ${table} where c.relkind = 'v' and ${ownTable} order by c.oid`,
  )

export const triggers = (client: Database) =>
  statementsOf(
    client,
    `select pg_get_triggerdef(t.oid) as sql from pg_trigger t join ${table} on c.oid = t.tgrelid
     where not t.tgisinternal and t.tgparentid = 0 and ${ownTable} order by n.nspname, c.relname, t.tgname`,
  )
