import type { Problem, Text } from '@sapan/kernel'
import { isFieldPath } from '../fields/field-set.ts'
import { memberOf, parseMember, parseService, parseSubsystem } from '../identifier.ts'
import { exchangeProblem } from '../problems.ts'
import { type ActorKind, actorKinds } from '../tokens/actor-token.ts'
import type { Grant, GrantedOperation } from './grant.ts'

type Members = Readonly<Record<string, unknown>>

const known = [
  'id',
  'consumer',
  'service',
  'provider',
  'operations',
  'purpose',
  'law',
  'rate',
  'notBefore',
  'expires',
  'consent',
  'withheldUntil',
  'actor',
]
const purposePattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const operationPattern = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/
const timePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

/**
 * The grant in a JSON object. Members that are not known are refused, because a condition that one side does not
 * understand would silently not apply. Throws Problem `grant-malformed`.
 */
export function readGrantPayload(payload: object): Grant {
  const members = only(payload, 'grant', known)
  const service = parseService(text(members, 'service'))
  const provider = parseMember(text(members, 'provider')).id
  if (memberOf(service.id) !== provider) throw malformed('provider')
  const notBefore = time(members, 'notBefore')
  const expires = time(members, 'expires')
  if (Date.parse(expires) <= Date.parse(notBefore)) throw malformed('expires')
  if (typeof members.consent !== 'boolean') throw malformed('consent')
  return {
    id: text(members, 'id'),
    consumer: parseSubsystem(text(members, 'consumer')).id,
    service: service.id,
    provider,
    operations: operations(members),
    purpose: matching(members, 'purpose', purposePattern),
    law: law(members),
    rate: rate(members),
    notBefore,
    expires,
    consent: members.consent,
    ...(members.withheldUntil === undefined ? {} : { withheldUntil: time(members, 'withheldUntil') }),
    ...(members.actor === undefined ? {} : { actor: actor(members) }),
  }
}

function actor(members: Members): ActorKind {
  const kind = actorKinds.find((known) => known === members.actor)
  if (kind === undefined) throw malformed('actor')
  return kind
}

function operations(grant: Members): Record<string, GrantedOperation> {
  const entries = Object.entries(asMembers(grant.operations, 'operations'))
  if (entries.length === 0) throw malformed('operations')
  return Object.fromEntries(
    entries.map(([id, value]) => {
      if (!operationPattern.test(id)) throw malformed('operations')
      return [id, operation(value, `operations.${id}`)]
    }),
  )
}

function operation(granted: unknown, at: string): GrantedOperation {
  const value = only(granted, at, ['fields', 'query', 'headers'])
  const fields = names(value.fields, `${at}.fields`)
  if (!fields.every(isFieldPath)) throw malformed(`${at}.fields`)
  const query = names(value.query, `${at}.query`)
  return value.headers === undefined
    ? { fields, query }
    : { fields, query, headers: names(value.headers, `${at}.headers`) }
}

function names(value: unknown, at: string): string[] {
  if (!Array.isArray(value) || value.length > 10_000) throw malformed(at)
  return value.map((name: unknown) => {
    if (typeof name !== 'string' || name === '' || name.length > 500) throw malformed(at)
    return name
  })
}

function law(grant: Members): { act: Text; section: string } {
  const value = only(grant.law, 'law', ['act', 'section'])
  const act = only(value.act, 'law.act', ['th', 'en'])
  return { act: { th: text(act, 'th'), en: text(act, 'en') }, section: text(value, 'section') }
}

function rate(grant: Members): Grant['rate'] {
  if (grant.rate === null) return null
  const { calls, seconds } = only(grant.rate, 'rate', ['calls', 'seconds'])
  if (!isCount(calls) || !isCount(seconds)) throw malformed('rate')
  return { calls, seconds }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 1_000_000_000
}

function text(members: Members, name: string): string {
  const value = members[name]
  if (typeof value !== 'string' || value.trim() === '' || value.length > 1000) throw malformed(name)
  return value
}

function matching(members: Members, name: string, pattern: RegExp): string {
  const value = text(members, name)
  if (!pattern.test(value)) throw malformed(name)
  return value
}

function time(members: Members, name: string): string {
  const value = matching(members, name, timePattern)
  if (Number.isNaN(Date.parse(value))) throw malformed(name)
  return value
}

function asMembers(value: unknown, at: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(at)
  return Object.fromEntries(Object.entries(value))
}

/** The object's members, of which there are none but these. */
function only(value: unknown, at: string, names: readonly string[]): Members {
  const members = asMembers(value, at)
  for (const name of Object.keys(members)) if (!names.includes(name)) throw malformed(`${at}.${name}`)
  return members
}

function malformed(at: string): Problem {
  const place = at.slice(0, 100)
  return exchangeProblem('grant-malformed', {
    detail: { en: `The grant’s “${place}” is not as it must be.`, th: `“${place}” ของสิทธิเข้าถึงไม่ถูกต้อง` },
  })
}
