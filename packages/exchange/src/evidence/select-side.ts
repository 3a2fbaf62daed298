import { type Pool, Problem } from '@sapan/kernel'
import { exchangeProblems } from '../problems.ts'
import type { Which } from './evidence.ts'
import { membersOf } from './list.ts'
import { isUuid, readExchange, sideKeyText } from './store/exchanges.ts'
import type { StoredRecord } from './stored.ts'

/**
 * The records of one exchange as one member's one side keeps them. Throws `exchange-unknown` where there are none,
 * `exchange-ambiguous` where several sides are here and the choice was left open.
 */
export async function selectSide(
  pool: Pool,
  members: readonly string[],
  exchange: string,
  which: Which,
): Promise<[StoredRecord, ...StoredRecord[]]> {
  const wanted = membersOf(members, which)
  const id = exchange.toLowerCase()
  const records = isUuid(id) ? await readExchange(pool, wanted, id, which.side) : []
  const sides = new Set(records.map(sideKeyText))
  if (sides.size > 1) {
    const named = [...sides].map((side) => side.split(' ').slice(1).reverse().join(' ')).join(', ')
    throw new Problem(exchangeProblems['exchange-ambiguous'], {
      detail: { th: `มีหลักฐานของ: ${named}`, en: `Evidence is kept of: ${named}.` },
      extensions: {
        sides: [...sides].map((side) => ({ side: side.split(' ')[1], member: side.split(' ')[2] })),
      },
    })
  }
  const [first, ...rest] = records
  if (!first) throw new Problem(exchangeProblems['exchange-unknown'])
  return [first, ...rest]
}
