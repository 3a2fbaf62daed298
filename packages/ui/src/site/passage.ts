import type { Language } from '@sapan/kernel'
import type { FastifyRequest } from 'fastify'
import type { SiteCookies } from './cookies.ts'
import type { SentForm } from './form-body.ts'
import { isBrowser, newBrowser } from './form-key.ts'
import { chosenLanguage, languageOf } from './language.ts'
import type { SiteMethod } from './route.ts'
import type { Visit } from './visit.ts'

const languageSeconds = 365 * 24 * 3600

/** What of a request every page looks at. */
export type Asked = Pick<FastifyRequest, 'url' | 'headers' | 'ip'>

/** One request on its way through the site. */
export interface Passage<Who, Request extends Asked = FastifyRequest> {
  readonly request: Request
  readonly language: Language
  readonly path: string
  readonly query: URLSearchParams
  /** Names the browser to the keys of its forms. */
  readonly browser: string
  /** What the answer sets, whatever it is. */
  readonly cookies: string[]
  /** Set once it is known. */
  who?: Who
  /** The key of the answer's forms, once one is drawn. */
  formKey?: string
}

/** Begins a passage: language and browser, from the address, the cookies and the headers. */
export function enter<Who, Request extends Asked = FastifyRequest>(
  request: Request,
  siteCookies: SiteCookies,
): Passage<Who, Request> {
  const [path = '/', search = ''] = request.url.split('?', 2)
  const query = new URLSearchParams(search)
  const { cookie, 'accept-language': accepted } = request.headers
  const cookies: string[] = []
  const chosen = chosenLanguage(query)
  if (chosen !== undefined) {
    cookies.push(siteCookies.write('language', chosen, { maxAgeSeconds: languageSeconds }))
  }
  const known = siteCookies.read(cookie, 'browser')
  const browser = isBrowser(known) ? known : newBrowser()
  if (browser !== known) cookies.push(siteCookies.write('browser', browser))
  const language = languageOf(query, siteCookies.read(cookie, 'language'), accepted)
  return { request, language, path, query, browser, cookies }
}

/** What of a passage decides on admission. */
export function visitOf<Who>(
  method: SiteMethod,
  { request, language }: Passage<Who, Asked>,
  { fields }: SentForm,
): Visit {
  const { headers } = request
  return {
    method,
    target: request.url,
    language,
    cookies: headers.cookie,
    headers,
    form: fields,
    userAgent: userAgentOf(request),
    address: request.ip,
  }
}

export function userAgentOf({ headers }: Pick<Asked, 'headers'>): string {
  return (headers['user-agent'] ?? '').slice(0, 200)
}
