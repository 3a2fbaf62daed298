import type { Pool, PoolClient, Text } from '@sapan/kernel'
import type { MemberClass } from '../../directory/document.ts'

export interface MemberRow {
  readonly id: string
  readonly class: MemberClass
  readonly name: Text
  readonly subsystems: readonly { readonly code: string; readonly name: Text }[]
}

/** False where the member, or one whose codes differ only in case, is there already. */
export async function insertMember(
  client: PoolClient,
  member: { readonly id: string; readonly class: MemberClass; readonly name: Text },
  now: number,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into center.member (id, class, name_th, name_en, created_at)
     values ($1, $2, $3, $4, to_timestamp($5 / 1000.0)) on conflict do nothing`,
    [member.id, member.class, member.name.th, member.name.en, now],
  )
  return rowCount === 1
}

/** False where the subsystem, or one whose code differs only in case, is there already. */
export async function insertSubsystem(
  client: PoolClient,
  subsystem: { readonly member: string; readonly code: string; readonly name: Text },
  now: number,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into center.subsystem (member, code, name_th, name_en, created_at)
     values ($1, $2, $3, $4, to_timestamp($5 / 1000.0)) on conflict do nothing`,
    [subsystem.member, subsystem.code, subsystem.name.th, subsystem.name.en, now],
  )
  return rowCount === 1
}

/** Those of the members that are not registered. */
export async function unknownMembers(client: PoolClient, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'select id from unnest($1::text[]) id where not exists (select from center.member m where m.id = id.id)',
    [ids],
  )
  return rows.map((row) => row.id)
}

export async function subsystemExists(client: PoolClient, member: string, code: string): Promise<boolean> {
  const { rowCount } = await client.query('select from center.subsystem where member = $1 and code = $2', [
    member,
    code,
  ])
  return rowCount === 1
}

export async function readMembers(client: Pool | PoolClient): Promise<MemberRow[]> {
  const members = await client.query<{ id: string; class: MemberClass; th: string; en: string }>(
    'select id, class, name_th th, name_en en from center.member order by id',
  )
  const subsystems = await client.query<{ member: string; code: string; th: string; en: string }>(
    'select member, code, name_th th, name_en en from center.subsystem order by member, code',
  )
  const byMember = Map.groupBy(subsystems.rows, (row) => row.member)
  return members.rows.map(({ id, class: memberClass, th, en }) => ({
    id,
    class: memberClass,
    name: { th, en },
    subsystems: (byMember.get(id) ?? []).map((row) => ({
      code: row.code,
      name: { th: row.th, en: row.en },
    })),
  }))
}
