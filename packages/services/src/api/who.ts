import type { Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteRequest } from '@sapan/ui'
import type { ServiceDefinition } from '../definition/definition.ts'
import { headerOf } from './answer.ts'
import type { ApiCaller, ApiRefusal, ServicesApiOptions } from './options.ts'
import { apiProblems } from './problems.ts'

const refusals = {
  'token-missing': 'api-token-needed',
  'token-invalid': 'api-token-invalid',
  'scope-missing': 'api-scope-missing',
} as const satisfies Record<ApiRefusal, keyof typeof apiProblems>

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/**
 * Whose program calls; `Sapan-Mandate` names the mandate under which they act. Throws `api-token-needed`,
 * `api-token-invalid`, `api-scope-missing`, `api-mandate-malformed`.
 */
export async function callerOf(
  { authenticate, ground }: Pick<ServicesApiOptions, 'authenticate' | 'ground'>,
  request: Pick<SiteRequest<Visitor>, 'raw' | 'method' | 'path'>,
): Promise<ApiCaller> {
  const who = await authenticate({
    method: request.method,
    url: `${ground.portal}${request.path}`,
    authorization: headerOf(request, 'authorization'),
    dpop: headerOf(request, 'dpop'),
  })
  if (typeof who === 'string') throw new Problem(apiProblems[refusals[who]])
  const mandate = headerOf(request, 'sapan-mandate')
  if (mandate !== undefined && !uuid.test(mandate)) throw new Problem(apiProblems['api-mandate-malformed'])
  return mandate === undefined ? who : { ...who, acting: { mandate, name: '' } }
}

/** Throws `api-level-too-low`, with the `acr` that a program asks the person for (RFC 9470 §3). */
export function assertLevel(
  { meets, acrOf }: Pick<ServicesApiOptions, 'meets' | 'acrOf'>,
  { level }: ServiceDefinition,
  who: Visitor,
): void {
  if (meets(who.level, level)) return
  throw new Problem(apiProblems['api-level-too-low'], {
    extensions: { level: { ...level }, acr: acrOf(level) },
  })
}
