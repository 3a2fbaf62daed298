import type { Database } from '../transaction.ts'
import { ofNoExtension, ownSchema, statementsOf } from './own.ts'

export const schemas = (client: Database) =>
  statementsOf(
    client,
    `select format('create schema if not exists %I', n.nspname) as sql from pg_namespace n
     where ${ownSchema} order by n.nspname`,
  )

export const extensions = (client: Database) =>
  statementsOf(
    client,
    `select format('create extension if not exists %I with schema %I', e.extname, n.nspname) as sql
     from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql' order by e.extname`,
  )

export const types = (client: Database) =>
  statementsOf(
    client,
    `select format('create type %I.%I as enum (%s)', n.nspname, t.typname,
       string_agg(quote_literal(l.enumlabel), ', ' order by l.enumsortorder)) as sql
     from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_enum l on l.enumtypid = t.oid
     where ${ownSchema} and ${ofNoExtension('pg_type', 't')} group by n.nspname, t.typname order by n.nspname, t.typname`,
  )

export const functions = (client: Database) =>
  statementsOf(
    client,
    `select pg_get_functiondef(p.oid) as sql from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where ${ownSchema} and p.prokind in ('f', 'p') and ${ofNoExtension('pg_proc', 'p')}
     order by n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)`,
  )

const sequenceOptions = `format('increment %s minvalue %s maxvalue %s start %s cache %s%s', q.seqincrement, q.seqmin,
  q.seqmax, q.seqstart, q.seqcache, case when q.seqcycle then ' cycle' else '' end)`

/** Not those of identity columns, which are made with their tables. */
export const sequences = (client: Database) =>
  statementsOf(
    client,
    `select format('create sequence %I.%I as %s %s', n.nspname, s.relname, format_type(q.seqtypid, null),
       ${sequenceOptions}) as sql
     from pg_class s join pg_namespace n on n.oid = s.relnamespace join pg_sequence q on q.seqrelid = s.oid
     where s.relkind = 'S' and ${ownSchema} and ${ofNoExtension('pg_class', 's')}
       and not exists (select from pg_depend i where i.classid = 'pg_class'::regclass and i.objid = s.oid and i.deptype = 'i')
     order by n.nspname, s.relname`,
  )

export interface MadeTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly holdsRows: boolean
  readonly statements: readonly string[]
}

const identity = `(select format(' generated %s as identity (sequence name %I.%I %s)',
    case a.attidentity when 'a' then 'always' else 'by default' end, sn.nspname, s.relname, ${sequenceOptions})
  from pg_depend i join pg_class s on s.oid = i.objid and s.relkind = 'S' join pg_namespace sn on sn.oid = s.relnamespace
  join pg_sequence q on q.seqrelid = s.oid
  where i.classid = 'pg_class'::regclass and i.refobjid = a.attrelid and i.refobjsubid = a.attnum and i.deptype = 'i')`

const column = `format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
  (select format(' collate %I.%I', cn.nspname, co.collname) from pg_collation co
   join pg_namespace cn on cn.oid = co.collnamespace join pg_type ty on ty.oid = a.atttypid
   where co.oid = a.attcollation and a.attcollation <> ty.typcollation),
  case when a.attidentity <> '' then ${identity}
    when a.attgenerated = 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
    when a.attgenerated = 'v' then format(' generated always as (%s) virtual', pg_get_expr(d.adbin, d.adrelid))
    when d.adbin is not null then format(' default %s', pg_get_expr(d.adbin, d.adrelid)) end,
  case when a.attnotnull then ' not null' end)`

const columnsOf = `from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  join pg_type ct on ct.oid = a.atttypid
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`

/** Tables with their columns and checks; a partition as a table of its own, which is attached afterwards. */
export async function tables(client: Database): Promise<MadeTable[]> {
  const { rows } = await client.query<{
    name: string
    columns: string[]
    kind: string
    made: string
    stored: string[]
  }>(
    `select format('%I.%I', n.nspname, c.relname) as name, c.relkind as kind,
       format('create %stable %I.%I (%s)%s%s', case c.relpersistence when 'u' then 'unlogged ' end, n.nspname, c.relname,
         concat_ws(', ', (select string_agg(${column}, ', ' order by a.attnum) ${columnsOf}),
           (select string_agg(format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), ', ' order by k.conname)
            from pg_constraint k where k.conrelid = c.oid and k.contype = 'c')),
         case c.relkind when 'p' then ' partition by ' || pg_get_partkeydef(c.oid) end,
         ' with (' || array_to_string(c.reloptions, ', ') || ')') as made,
       array(select format('%I', a.attname) ${columnsOf} and a.attgenerated = '' order by a.attnum) as columns,
       array(select format('alter table %I.%I alter column %I set storage %s', n.nspname, c.relname, a.attname,
           case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end)
         ${columnsOf} and a.attstorage <> ct.typstorage order by a.attnum) as stored
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and ${ownSchema} and ${ofNoExtension('pg_class', 'c')}
     order by n.nspname, c.relname`,
  )
  return rows.map(({ name, columns, kind, made, stored }) => ({
    name,
    columns,
    holdsRows: kind === 'r',
    statements: [made, ...stored],
  }))
}
