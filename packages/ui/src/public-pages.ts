import { type Language, preferredLanguage } from '@sapan/kernel'
import { uiAssets } from './assets.ts'
import { type ProblemPagesOptions, renderProblemPages } from './problem-pages.ts'

/** What of an HTTP request the public pages look at. */
export interface PageRequest {
  readonly method: string
  /** The raw request target: path and query. */
  readonly target: string
  readonly acceptLanguage?: string | undefined
  readonly ifNoneMatch?: string | undefined
}

export interface PageAnswer {
  readonly status: 200 | 304 | 404
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const policy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"

/**
 * Every page and file that any listener of Sapan shows without a credential: `/problems`, `/problems/<code>`,
 * `/assets/*`. Returns `undefined` for a path or method that is none of these, so that the listener goes on with its own.
 * The language is `?lang=th|en`, else `Accept-Language`, else Thai.
 */
export function publicPages(options: ProblemPagesOptions): (request: PageRequest) => PageAnswer | undefined {
  const problems = renderProblemPages({ ...options, base: '/problems' })

  return ({ method, target, acceptLanguage, ifNoneMatch }) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined
    const [path = '', query = ''] = target.split('?', 2)
    const asset = uiAssets().get(path)
    if (asset !== undefined) {
      const headers = {
        'content-type': asset.contentType,
        etag: asset.etag,
        'cache-control': 'public, max-age=3600',
      }
      if (ifNoneMatch === asset.etag) return { status: 304, headers, body: Buffer.alloc(0) }
      return { status: 200, headers, body: asset.bytes }
    }
    const match = /^\/problems(?:\/([^/]*))?$/.exec(path)
    if (match === null) return undefined
    const language = chosenLanguage(query, acceptLanguage)
    const html = problems(match[1] === '' ? undefined : match[1], language)
    const page = html ?? problems(undefined, language) ?? ''
    return { status: html === undefined ? 404 : 200, headers: pageHeaders(language), body: Buffer.from(page) }
  }
}

function chosenLanguage(query: string, acceptLanguage: string | undefined): Language {
  const named = new URLSearchParams(query).get('lang')
  return named === 'th' || named === 'en' ? named : preferredLanguage(acceptLanguage)
}

function pageHeaders(language: Language): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-language': language,
    vary: 'accept-language',
    'cache-control': 'public, max-age=300',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}
