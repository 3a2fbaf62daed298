import { createHash } from 'node:crypto'
import { inTransaction, type PoolClient } from '@sapan/kernel'
import { signJws } from '@sapan/trust'
import type { KeyOfEpoch } from '../../evidence/epoch-keys.ts'
import { readLogHead } from '../../evidence/store/log-heads.ts'
import { exchangeProblem } from '../../problems.ts'
import type { GatewayGround } from '../ground.ts'
import { type FirstLine, movingType } from './bundle.ts'
import { type MovedTable, movedTables, type Row } from './tables.ts'

export interface BundleOrder {
  readonly member: string
  /** The gateway that waits for it. */
  readonly to: string
  readonly subjectKeys: readonly Buffer[]
  readonly keyOf: KeyOfEpoch
}

const rowsAtOnce = 200

/** The lines of everything that is a member's, as one moment of the database has it. */
export async function writeBundle(
  ground: GatewayGround,
  order: BundleOrder,
  write: (line: string) => Promise<void>,
): Promise<void> {
  const hash = createHash('sha256')
  const put = async (value: object) => {
    const line = `${JSON.stringify(value)}\n`
    hash.update(line)
    await write(line)
  }
  await inTransaction(ground.pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only')
    await put(await first(ground, client, order))
    for (const table of movedTables) await putRows(ground, client, { table, member: order.member, put })
  })
  const { signer, certificate, chain } = ground.signers.of(order.member)
  const payload = { member: order.member, to: order.to, sha256: hash.digest('hex') }
  const end = signJws(payload, { signer, type: movingType, chain: [certificate, ...chain] })
  await write(`${JSON.stringify({ end })}\n`)
}

async function first(
  { sealer, settings }: GatewayGround,
  client: PoolClient,
  { member, to, subjectKeys, keyOf }: BundleOrder,
): Promise<FirstLine> {
  const head = (await readLogHead(client, sealer, member))?.head
  if (!head) throw exchangeProblem('member-unknown')
  const { epoch, size, txid, ordinal } = head
  return {
    format: 'sapan-member-1',
    member,
    from: settings.id,
    to,
    subjectKeys: subjectKeys.map((key) => key.toString('base64')),
    epochs: Array.from({ length: epoch }, (_, i) => ({ epoch: i + 1, vkey: keyOf(member, i + 1) })),
    log: { epoch, size, txid, ordinal },
  }
}

async function putRows(
  { sealer, evidence }: GatewayGround,
  client: PoolClient,
  { table, member, put }: { table: MovedTable; member: string; put: (value: object) => Promise<void> },
): Promise<void> {
  const { name, whose, order, atOnce = rowsAtOnce } = table
  const contents = evidence.contentsInOrder()
  await client.query(
    `declare moving no scroll cursor for select to_jsonb(t) as row from ${name} t where ${whose} order by ${order}`,
    [member],
  )
  for (;;) {
    const { rows } = await client.query<{ row: Row }>(`fetch ${atOnce} from moving`)
    for (const { row } of rows) {
      await put({ table: name, row: (await table.open?.(sealer, row, contents)) ?? row })
    }
    if (rows.length < atOnce) break
  }
  await client.query('close moving')
}
