import type { JsonValue } from '@sapan/casework'
import type { AgencyAnswer } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { Fact } from '../application/fact.ts'
import type { Evidence } from '../definition/definition.ts'
import type { ServicesGround } from '../ground.ts'
import { cutToFields } from './paths.ts'

export interface OneQuestion {
  readonly consumer: string
  readonly evidence: Evidence
  readonly path: string
  readonly actor?: string
  readonly issue?: string
}

export type AskGround = Pick<ServicesGround, 'ask' | 'clock' | 'log'>

/** Bytes of JSON that are taken of one answer. */
const mostBytes = 256 * 1024

/**
 * Asks one register once. Never throws for what a register or a gateway does: what did not come is unavailable. `over`
 * ends the waiting; nothing personal is logged.
 */
export async function askOne(
  { ask, clock, log }: AskGround,
  { evidence, ...question }: OneQuestion,
  over: Promise<'late'>,
): Promise<Fact> {
  const { service, method, purpose } = evidence
  const askedAt = clock()
  try {
    const answer = await Promise.race([ask({ service, method, purpose, ...question }), over])
    if (answer !== 'late') return factOf(evidence, answer, askedAt)
    log.warn({ evidence: evidence.id, service }, 'a register did not answer in time')
    return { state: 'unavailable', askedAt, problem: 'late' }
  } catch (error) {
    if (!(error instanceof Problem))
      log.error({ err: error, evidence: evidence.id, service }, 'asking a register failed')
    else log.warn({ evidence: evidence.id, service, problem: error.code }, 'a register could not be asked')
    const isRefused = error instanceof Problem && error.type.status < 500
    return { state: 'unavailable', askedAt, problem: isRefused ? 'refused' : 'failed' }
  }
}

/** What an answer says, cut to what the definition takes. */
function factOf({ fields, none }: Evidence, { status, body, exchange }: AgencyAnswer, askedAt: number): Fact {
  const asked = { askedAt, ...(exchange === '' ? {} : { exchange }) }
  if (status === 404 && none !== undefined) return { state: 'none', ...asked }
  const data = status >= 200 && status < 300 ? jsonOf(body) : undefined
  if (data !== undefined) return { state: 'fetched', ...asked, data: cutToFields(data, fields) }
  const isRefused = status >= 400 && status < 500
  return { state: 'unavailable', ...asked, problem: isRefused ? 'refused' : 'failed' }
}

/** An object or a list; undefined for anything else, and for more than a form can hold. */
function jsonOf(body: unknown): JsonValue | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const text = JSON.stringify(body)
  return text.length > mostBytes ? undefined : (JSON.parse(text) as JsonValue)
}
