import type { Database } from '@sapan/kernel'
import type { LogHead } from '../store/log-heads.ts'
import { type Collector, said } from './collector.ts'

/**
 * The head of the log says, under a key outside the database, whether all of it was witnessed and stamped: then the
 * signatures that say so must be there. Without this, who removes every signature could make the tree anew.
 */
export async function checkMarks(
  database: Database,
  { member, epoch, size, unwitnessedSince, unstampedSince }: LogHead,
  collector: Collector,
): Promise<void> {
  if (size === 0) return
  const { rows } = await database.query<Record<'checkpoint' | 'cosignature' | 'stamp', string | null>>(
    `select (select max(size) from evidence.checkpoint where member = $1 and epoch = $2) as checkpoint,
       (select max(size) from evidence.cosignature where member = $1 and epoch = $2) as cosignature,
       (select max(size) from evidence.stamp where member = $1 and epoch = $2) as stamp`,
    [member, epoch],
  )
  const reached = (table: 'checkpoint' | 'cosignature' | 'stamp') => Number(rows[0]?.[table] ?? 0)
  const expected = [
    ...(unwitnessedSince === null ? (['checkpoint', 'cosignature'] as const) : []),
    ...(unstampedSince === null ? (['stamp'] as const) : []),
  ]
  for (const table of expected) {
    if (reached(table) < size) collector.add('removed', { table, epoch, index: size - 1 }, said.removed)
  }
  const signed = reached('checkpoint')
  if (signed >= size || unwitnessedSince === null) return
  collector.notes.push({
    th: `รายการที่ ${signed} ถึง ${size - 1} ยังไม่มีจุดตรวจที่ลงนาม จึงตรวจได้เพียงว่าสอดคล้องกันเอง`,
    en: `Entries ${signed} to ${size - 1} have no signed checkpoint yet: they were only held against each other.`,
  })
}

/** Grants and directories that records name, but that are gone: without them no export of such a record holds. */
export async function checkNamedDocuments(
  database: Database,
  member: string,
  collector: Collector,
  most: number,
): Promise<void> {
  const { rows } = await database.query<{ kind: string; key: string }>(
    `with named as (
       select distinct grant_hash, directory_version from evidence.whole_record where member = $1)
     select distinct n.kind, n.key from (
       select 'grant' as kind, grant_hash as key from named where grant_hash <> ''
       union all select 'directory', directory_version::text from named where directory_version > 0) n
     where not exists (select from evidence.document d where d.kind = n.kind and d.key = n.key)
     order by n.kind, n.key limit $2`,
    [member, most],
  )
  for (const { kind, key } of rows) {
    collector.add('removed', { table: 'document', exchange: `${kind} ${key}` }, said.removed)
  }
}
