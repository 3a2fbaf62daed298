import { Problem, preferredLanguage, problemDocument } from '@sapan/kernel'
import type { SiteFile, SiteRequest } from '@sapan/ui'
import { headerOf, json } from './answer.ts'
import { applicationsScope } from './options.ts'

/** What a program is told of a problem (RFC 9457), whatever it says that it accepts. Faults go to the site. */
export function refusal(
  error: unknown,
  portal: string,
  request: Pick<SiteRequest<unknown>, 'raw'>,
): SiteFile {
  if (!(error instanceof Problem) || error.type.status >= 500) throw error
  const language = preferredLanguage(headerOf(request, 'accept-language'))
  const { retryAfter } = error.extensions
  const challenge = challengeOf(error, portal)
  return json(problemDocument(error, portal, language), {
    status: error.type.status,
    contentType: 'application/problem+json',
    headers: {
      'content-language': language,
      ...(challenge !== undefined && { 'www-authenticate': challenge }),
      ...(typeof retryAfter === 'number' && { 'retry-after': String(retryAfter) }),
    },
  })
}

/** What is wrong with a token, in the words of RFC 6750 §3.1 and RFC 9470 §3. */
const errors: Readonly<Record<string, string>> = {
  'api-token-invalid': 'invalid_token',
  'api-scope-missing': 'insufficient_scope',
  'api-level-too-low': 'insufficient_user_authentication',
}

/**
 * The challenge of an answer (RFC 6750 §3, RFC 9449 §7.1): which scope is needed, where it is said who gives tokens out
 * (RFC 9728 §5.1), and what is wrong with the one that came. Absent where it is nothing of the token's.
 */
function challengeOf({ code, type, extensions }: Problem, portal: string): string | undefined {
  const error = errors[code]
  if (error === undefined && code !== 'api-token-needed') return undefined
  const { acr } = extensions
  const parameters = [
    `scope="${applicationsScope}"`,
    `resource_metadata="${portal}${metadataPath}"`,
    ...(error === undefined ? [] : [`error="${error}"`, `error_description="${type.title.en}"`]),
    ...(typeof acr === 'string' ? [`acr_values="${acr}"`] : []),
  ].join(', ')
  return `Bearer realm="sapan", ${parameters}, DPoP algs="ES256 PS256 EdDSA", ${parameters}`
}

/** Where it is said who gives tokens out for the API (RFC 9728 §3). */
export const metadataPath = '/.well-known/oauth-protected-resource'
