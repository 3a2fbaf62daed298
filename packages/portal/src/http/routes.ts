import type { IncomingMessage } from 'node:http'
import { type Language, Problem, preferredLanguage } from '@sapan/kernel'
import { portalProblems } from '../problems.ts'

const reading = ['GET', 'HEAD'] as const

/** The portal's own addresses, beside files and the frame's pages, and what each takes. */
export const routes = {
  '/': reading,
  '/check': [...reading, 'POST'],
  '/api/check': ['POST'],
  '/api/openapi.json': reading,
} as const satisfies Record<string, readonly string[]>

export type Route = keyof typeof routes

/** Throws `portal-page-unknown`, and `portal-method-not-allowed` where the address takes others. */
export function routeOf(path: string, method: string): Route {
  if (!isRoute(path)) throw new Problem(portalProblems['portal-page-unknown'])
  const taken: readonly string[] = routes[path]
  if (!taken.includes(method)) throw new Problem(portalProblems['portal-method-not-allowed'])
  return path
}

function isRoute(path: string): path is Route {
  return Object.hasOwn(routes, path)
}

/** Fields that an answer with that problem has to have (RFC 9110 §10.2.1, §10.2.3). */
export function problemHeaders(problem: Problem, path: string): Record<string, string> {
  if (problem.code === 'portal-method-not-allowed' && isRoute(path)) return { allow: routes[path].join(', ') }
  return problem.code === 'checker-busy' ? { 'retry-after': '5' } : {}
}

export const isReading = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD'

/** Of a request, without what follows a question mark. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/'
}

export function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url.split('?')[1] ?? '')
}

/** `?lang=` decides, else `Accept-Language`. */
export function languageOf(request: IncomingMessage): Language {
  const named = queryOf(request).get('lang')
  return named === 'th' || named === 'en' ? named : preferredLanguage(request.headers['accept-language'])
}
