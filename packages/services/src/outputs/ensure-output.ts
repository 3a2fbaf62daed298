import { inTransaction, type PoolClient } from '@sapan/kernel'
import type { Output } from '../definition/definition.ts'
import type { Carrying } from '../effects/carrying.ts'
import type { ServicesGround } from '../ground.ts'
import {
  findOutput,
  holdSeries,
  insertOutput,
  type OutputRecord,
  renewOutput,
  takeNumber,
} from '../store/outputs.ts'
import { type OutputSigner, outputData } from './data.ts'
import { formatNumber, seriesOf } from './number.ts'

/** A document with its number, or why it cannot be made. */
export type EnsuredOutput =
  | { readonly kind: 'output'; readonly record: OutputRecord }
  | { readonly kind: 'returned'; readonly why: string }

/**
 * Gives a document its number and its data, once; a decision that was made anew gives it other data under its number. The
 * number is taken in the transaction that writes it down, and not at all for data that the template does not take.
 */
export async function ensureOutput(
  ground: ServicesGround,
  carrying: Carrying,
  output: Output,
  signer: OutputSigner,
): Promise<EnsuredOutput> {
  const { pool } = ground
  return await inTransaction(
    pool,
    async (client) => await ensured(ground, client, carrying, { output, signer }),
  )
}

async function ensured(
  ground: ServicesGround,
  client: PoolClient,
  carrying: Carrying,
  { output, signer }: { readonly output: Output; readonly signer: OutputSigner },
): Promise<EnsuredOutput> {
  const { sealer, clock, days } = ground
  const { agency } = carrying.course.case
  const createdAt = clock()
  const on = days.dateOf(createdAt)
  const series = seriesOf({ agency, output: output.id, on })
  const at = { case: carrying.course.case.id, stage: carrying.stage, output: output.id }
  // Held before it is looked whether there is one: of two at once, the second waits here and then finds the first's.
  const last = await holdSeries(client, series)
  const found = await findOutput(client, sealer, at, { isHeld: true })
  const decidedAt = carrying.course.case.decision?.at ?? createdAt
  if (found && !isOutdated(found, decidedAt, signer)) return { kind: 'output', record: found }
  const number = found?.number ?? formatNumber(series, last + 1)
  const own = { number, on, agency: agencyName(ground, agency), signer }
  const made = outputData(ground, carrying, output, own)
  if (made.kind === 'returned') return made
  const record = { ...at, agency, number, data: made.data, decidedAt, createdAt }
  if (found === undefined) {
    await takeNumber(client, series)
    await insertOutput(client, sealer, record)
  } else {
    await renewOutput(client, sealer, at, record)
  }
  return { kind: 'output', record: { ...record, signatures: 0, state: 'numbered' } }
}

/** Whether it must be made anew: the decision is another one, or another officer is about to sign first. */
function isOutdated({ state, decidedAt, signatures, data }: OutputRecord, now: number, signer: OutputSigner) {
  if (state === 'delivered') return false
  if (state === 'void' || decidedAt !== now) return true
  return signatures === 0 && !JSON.stringify(data).includes(JSON.stringify(signer.name))
}

export function agencyName({ memberName }: Pick<ServicesGround, 'memberName'>, agency: string): string {
  return memberName(agency)?.th ?? agency
}
