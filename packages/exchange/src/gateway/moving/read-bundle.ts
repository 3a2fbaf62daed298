import { createHash } from 'node:crypto'
import { inTransaction, type PoolClient } from '@sapan/kernel'
import { fingerprint, readJws } from '@sapan/trust'
import { insertForeignEpoch } from '../../evidence/store/foreign-epochs.ts'
import { createLogHead, readLogHead, saveLogHead } from '../../evidence/store/log-heads.ts'
import { exchangeProblem } from '../../problems.ts'
import type { GatewayGround } from '../ground.ts'
import { memberKey } from '../member-key.ts'
import { type FirstLine, firstLineShape, lastLineShape, movingType, rowLineShape } from './bundle.ts'
import { movedTables, type Row } from './tables.ts'

const rowsAtOnce = 200
const tables = new Map(movedTables.map((table) => [table.name, table]))

/**
 * Puts what came with a member into the database, all or nothing. Throws Problem `moving-file-unreadable` for what is not a whole
 * file, `moving-file-for-another` for another member's or gateway's, `member-has-moved-in` where there is something of the
 * member already.
 */
export async function readBundle(
  ground: GatewayGround,
  member: string,
  lines: AsyncIterable<string>,
): Promise<FirstLine> {
  return inTransaction(ground.pool, async (client) => {
    const hash = createHash('sha256')
    let first: FirstLine | undefined
    let end: string | undefined
    const rows = new Rows(ground, client)
    for await (const line of lines) {
      if (end !== undefined) throw exchangeProblem('moving-file-unreadable')
      const value = parsed(line)
      if (lastLineShape.Check(value)) end = value.end
      else if (!first) {
        first = await begin(ground, client, member, value)
        hash.update(`${line}\n`)
      } else {
        if (!rowLineShape.Check(value)) throw exchangeProblem('moving-file-unreadable')
        await rows.put(value.table, value.row)
        hash.update(`${line}\n`)
      }
    }
    if (!first || end === undefined) throw exchangeProblem('moving-file-unreadable')
    checkEnd(ground, first, end, hash.digest('hex'))
    await rows.flush()
    await goOnCounting(client)
    return first
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw exchangeProblem('moving-file-unreadable', { cause })
  }
}

async function begin(
  ground: GatewayGround,
  client: PoolClient,
  member: string,
  value: unknown,
): Promise<FirstLine> {
  if (!firstLineShape.Check(value)) throw exchangeProblem('moving-file-unreadable')
  const { sealer, settings, directory } = ground
  if (value.member !== member || value.to !== settings.id) throw exchangeProblem('moving-file-for-another')
  const published = directory.current().member(member)?.log ?? []
  for (const { epoch, vkey } of value.epochs) {
    if (!published.some((key) => key.epoch === epoch && key.vkey === vkey)) {
      throw exchangeProblem('moving-file-for-another')
    }
    await insertForeignEpoch(client, sealer, { member, epoch, vkey })
  }
  if (await readLogHead(client, sealer, member)) throw exchangeProblem('member-has-moved-in')
  await createLogHead(client, sealer, member)
  const fresh = await readLogHead(client, sealer, member, true)
  if (!fresh) throw new Error('a log that was just made is not there')
  await saveLogHead(client, sealer, { ...fresh.head, ...value.log })
  return value
}

/** The first line of a file that was put into the database before. Throws as `readBundle`. */
export async function readFirstLine(
  { settings }: GatewayGround,
  member: string,
  lines: AsyncIterable<string>,
): Promise<FirstLine> {
  for await (const line of lines) {
    const value = parsed(line)
    if (!firstLineShape.Check(value)) break
    if (value.member !== member || value.to !== settings.id) throw exchangeProblem('moving-file-for-another')
    return value
  }
  throw exchangeProblem('moving-file-unreadable')
}

/** The member's own word that these lines, and no others, move to this gateway. */
function checkEnd(ground: GatewayGround, { member, to }: FirstLine, end: string, sha256: string): void {
  const { chain, payload, verify } = readJws(end, { type: movingType })
  const view = ground.directory.current()
  const key = memberKey(view, { root: fingerprint(ground.root()), member, chain })
  const isWhole = payload.member === member && payload.to === to && payload.sha256 === sha256
  if (!key || !verify(key) || !isWhole) throw exchangeProblem('moving-file-unreadable')
}

/** Rows on their way into the database, many of a table at once. */
class Rows {
  readonly #ground: GatewayGround
  readonly #client: PoolClient
  #table = ''
  #waiting: Row[] = []

  constructor(ground: GatewayGround, client: PoolClient) {
    this.#ground = ground
    this.#client = client
  }

  async put(name: string, row: Row): Promise<void> {
    const table = tables.get(name)
    if (!table) throw exchangeProblem('moving-file-unreadable')
    const { atOnce = rowsAtOnce } = table
    if (name !== this.#table || this.#waiting.length >= atOnce) await this.flush()
    this.#table = name
    this.#waiting.push(table.seal ? table.seal(this.#ground.sealer, row) : row)
  }

  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return
    const rows = JSON.stringify(this.#waiting)
    this.#waiting = []
    // What all gateways have alike, such as a directory, may be there.
    await this.#client.query(
      `insert into ${this.#table} overriding system value
       select * from jsonb_populate_recordset(null::${this.#table}, $1::jsonb) on conflict do nothing`,
      [rows],
    )
  }
}

async function goOnCounting(client: PoolClient): Promise<void> {
  for (const { name, counted, highest = 'select 0' } of movedTables) {
    if (counted === undefined) continue
    await client.query(
      `select setval(pg_get_serial_sequence('${name}', '${counted}'),
         (select greatest(max(${counted}), (${highest}), 0) + 1 from ${name}), false)`,
    )
  }
}
