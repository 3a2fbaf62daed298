import type { Problem } from '@sapan/kernel'
import { memberOf, type ServiceId, type SubsystemId } from '../identifier.ts'
import { type ExchangeProblemCode, exchangeProblem } from '../problems.ts'
import type { Grant, GrantedOperation } from './grant.ts'

/** What a caller wants to do. */
export interface GrantQuestion {
  readonly consumer: SubsystemId
  readonly service: ServiceId
  /** operationId. */
  readonly operation: string
  /** As the caller named it; undefined where it named none. */
  readonly purpose?: string | undefined
  /** Decoded names of the query parameters. */
  readonly queryNames: readonly string[]
  /** Milliseconds since 1970, UTC. */
  readonly at: number
}

export interface ChosenGrant<G extends Grant = Grant> {
  readonly grant: G
  readonly operation: GrantedOperation
  /** The purpose is the only live grant's, not the caller's word. */
  readonly impliedPurpose: boolean
}

/**
 * The one grant under which a call is made. Where several live ones serve the same purpose, the one that allows the
 * query, needs no consent and lasts longest. Throws Problem `no-grant`, `purpose-not-granted`,
 * `operation-not-granted`, `grant-expired`, `grant-not-yet-valid`, `purpose-required` (with the purposes),
 * or `query-not-granted` (with the names); each says what to ask for. A consent is the next step's to check.
 */
export function chooseGrant<G extends Grant>(grants: readonly G[], question: GrantQuestion): ChosenGrant<G> {
  const { consumer, service, purpose } = question
  const own = grants.filter((grant) => grant.consumer === consumer && grant.service === service)
  if (own.length === 0) throw notAllowed('no-grant', question)
  const live = liveGrants(own, question)
  const impliedPurpose = purpose === undefined || purpose === ''
  const purposes = [...new Set(live.map((grant) => grant.purpose))].sort()
  if (impliedPurpose && purposes.length > 1) throw purposeRequired(purposes, question)
  const grant = allowingQuery(live, question).sort(byConsentThenExpiry)[0]
  const operation = grant?.operations[question.operation]
  if (!grant || !operation) throw notAllowed('no-grant', question)
  return { grant, operation, impliedPurpose }
}

function liveGrants<G extends Grant>(own: readonly G[], question: GrantQuestion): G[] {
  const { purpose, operation, at } = question
  const forPurpose = purpose ? own.filter((grant) => grant.purpose === purpose) : own
  if (forPurpose.length === 0) throw purposeNotGranted(own, question)
  const forOperation = forPurpose.filter((grant) => Object.hasOwn(grant.operations, operation))
  if (forOperation.length === 0) throw notAllowed('operation-not-granted', question)
  const live = forOperation.filter(
    ({ notBefore, expires }) => Date.parse(notBefore) <= at && at < Date.parse(expires),
  )
  if (live.length > 0) return live
  const future = forOperation
    .map((grant) => grant.notBefore)
    .filter((notBefore) => Date.parse(notBefore) > at)
  const first = future.sort()[0]
  if (first !== undefined) throw notAllowed('grant-not-yet-valid', question, { notBefore: first })
  const last = forOperation
    .map((grant) => grant.expires)
    .sort()
    .at(-1)
  throw notAllowed('grant-expired', question, { expired: last })
}

function allowingQuery<G extends Grant>(live: readonly G[], question: GrantQuestion): G[] {
  const missing = new Set<string>()
  const allowing = live.filter((grant) => {
    const allowed = grant.operations[question.operation]?.query ?? []
    const refused = question.queryNames.filter((name) => !allowed.includes(name))
    for (const name of refused) missing.add(name)
    return refused.length === 0
  })
  if (allowing.length === 0) throw queryNotGranted([...missing], question)
  return allowing
}

function byConsentThenExpiry(a: Grant, b: Grant): number {
  if (a.consent !== b.consent) return a.consent ? 1 : -1
  return Date.parse(b.expires) - Date.parse(a.expires) || (a.id < b.id ? -1 : 1)
}

function notAllowed(
  code: ExchangeProblemCode,
  { consumer, service, operation }: GrantQuestion,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem {
  const provider = memberOf(service)
  return exchangeProblem(code, {
    detail: {
      en: `Ask ${provider} for a grant to ${consumer} on ${service}, operation ${operation}.`,
      th: `ขอสิทธิเข้าถึงจาก ${provider} ให้แก่ ${consumer} สำหรับบริการ ${service} การทำงาน ${operation}`,
    },
    extensions: { provider, consumer, service, operation, ...extensions },
  })
}

function purposeNotGranted(own: readonly Grant[], question: GrantQuestion): Problem {
  const purposes = [...new Set(own.map((grant) => grant.purpose))].sort()
  return notAllowed('purpose-not-granted', question, { purposes })
}

function purposeRequired(purposes: readonly string[], question: GrantQuestion): Problem {
  const { consumer, service, operation } = question
  return exchangeProblem('purpose-required', {
    detail: {
      en: `Grants fit for these purposes: ${purposes.join(', ')}.`,
      th: `มีสิทธิเข้าถึงสำหรับวัตถุประสงค์เหล่านี้: ${purposes.join(', ')}`,
    },
    extensions: { provider: memberOf(service), consumer, service, operation, purposes },
  })
}

/** A name that looks like one; what stands in a name's place may be anything, also an identifier. */
const plainName = /^[A-Za-z_][A-Za-z_.[\]-]{0,39}$/

function queryNotGranted(missing: readonly string[], question: GrantQuestion): Problem {
  const parameters = missing.filter((name) => plainName.test(name)).sort()
  const { consumer, service, operation } = question
  const provider = memberOf(service)
  const list = parameters.join(', ') || '?'
  return exchangeProblem('query-not-granted', {
    detail: {
      en: `Ask ${provider} to allow ${consumer} the query parameters ${list} in ${operation}, or leave them out.`,
      th: `ขอให้ ${provider} อนุญาต ${consumer} ใช้พารามิเตอร์ ${list} ใน ${operation} หรือไม่ต้องส่ง`,
    },
    extensions: { provider, consumer, service, operation, parameters },
  })
}
