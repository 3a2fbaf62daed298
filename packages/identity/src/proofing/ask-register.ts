import { Problem, type Text } from '@sapan/kernel'
import type { AgencyAnswer } from '../exchange.ts'
import { proofingProblems } from '../problems/proofing.ts'
import type { AskedRegister } from './country.ts'
import type { ProofingGround } from './ground.ts'

export interface RegisterQuestion {
  readonly method: 'GET' | 'POST'
  /** What follows the service's code. Never logged. */
  readonly path: string
  readonly body?: unknown
}

/** An answer of a register that could be used: an object, and the number of its exchange. */
export interface RegisterAnswer {
  readonly found: boolean
  readonly body: Readonly<Record<string, unknown>>
  readonly exchange: string
}

/** How registers are called to people. */
const names: Readonly<Record<string, Text>> = {
  population: { th: 'ทะเบียนราษฎร กรมการปกครอง', en: 'the population register' },
  person: { th: 'ทะเบียนราษฎร กรมการปกครอง', en: 'the population register' },
  immigration: { th: 'ทะเบียนคนเข้าเมือง สำนักงานตรวจคนเข้าเมือง', en: 'the Immigration Bureau’s register' },
}

/**
 * Asks a register through the exchange. `found` is false where it has no such entry (404). Throws
 * `proofing-register-unavailable`, naming the register, for everything else that is no answer: what the register, a gateway
 * or the way between has is for the log.
 */
export async function askRegister(
  ground: ProofingGround,
  register: 'population' | 'person' | 'immigration',
  question: RegisterQuestion,
): Promise<RegisterAnswer> {
  const { service, purpose } = ground.country.proofing.registers[register]
  const answer = await ground.ask({ service, purpose, ...question }).catch((cause: unknown) => {
    throw unavailable(ground, register, cause)
  })
  if (answer.status === 404) return { found: false, body: {}, exchange: answer.exchange }
  if (answer.status < 200 || answer.status > 299 || !isObject(answer.body))
    throw unavailable(ground, register, new Error(`the register answered ${answer.status}`))
  return { found: true, body: answer.body, exchange: answer.exchange }
}

function unavailable({ log, country }: ProofingGround, register: string, cause: unknown): Problem {
  const { service }: Partial<AskedRegister> = country.proofing.registers[register as 'population'] ?? {}
  log.warn({ err: cause, service }, 'a register could not be asked while somebody proved who they are')
  const name = names[register] ?? { th: register, en: register }
  return new Problem(proofingProblems['proofing-register-unavailable'], {
    detail: {
      th: `${name.th} ยังตอบไม่ได้ ข้อมูลของคุณไม่ได้เปลี่ยนแปลง`,
      en: `${name.en[0]?.toUpperCase()}${name.en.slice(1)} cannot answer now. Nothing of yours was changed.`,
    },
    cause,
  })
}

function isObject(value: AgencyAnswer['body']): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of an answer that must be text; anything else is as if the register had not answered. */
export function textIn(body: unknown, ...path: readonly string[]): string | undefined {
  let value = body
  for (const name of path) value = isObject(value) ? value[name] : undefined
  return typeof value === 'string' ? value : undefined
}
