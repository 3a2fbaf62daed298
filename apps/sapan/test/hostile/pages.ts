import type { FaceName, FaceRoute, OpenHouse } from './house.ts'
import type { HostileVisitor } from './visitor.ts'

/** A route as a page led to it: its address with real ids in it, and what its form would send. */
export interface Found {
  readonly target: string
  readonly fields: Readonly<Record<string, string>>
}

export interface Walked {
  /** By `keyOf` of the route. */
  readonly found: ReadonlyMap<string, Found>
  /** Each page's text by its address. */
  readonly pages: ReadonlyMap<string, string>
}

export const keyOf = ({ face, method, path }: FaceRoute): string => `${face} ${method} ${path}`

/** The same for what differs in nothing but the service: each service has routes of its own. */
export const kindOf = (route: FaceRoute): string =>
  keyOf(route).replace(/\/services\/[^/]+/, '/services/:service')

/**
 * Goes to every page that pages lead to, as who is signed in, and sends nothing. One page of a kind is enough, where
 * `kind` says so: another row is the same page.
 */
export async function walk(
  open: OpenHouse,
  visitor: HostileVisitor,
  begin: [FaceName, string][],
  kind: (route: FaceRoute) => string,
): Promise<Walked> {
  const found = new Map<string, Found>()
  const pages = new Map<string, string>()
  const queue = [...begin]
  const seen = new Set<string>()
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [face, target] = next
    const bare = target.split('?')[0] ?? ''
    const route = routeAt(open, face, 'GET', bare)
    if (route === undefined || seen.has(kind(route)) || /sign-out|outside/.test(bare)) continue
    const key = keyOf(route)
    seen.add(kind(route))
    const { status, text, headers } = await visitor.send(face, { method: 'GET', target })
    if (status !== 200) continue
    found.set(key, { target, fields: queryFields(target) })
    if (headers['content-type']?.startsWith('text/html') !== true) continue
    pages.set(`${face} ${target}`, text)
    for (const link of linksOf(text)) queue.push([face, link])
    for (const form of formsOf(text)) {
      const at = routeAt(open, face, 'POST', form.target)
      if (at && !found.has(keyOf(at))) found.set(keyOf(at), form)
    }
  }
  return { found, pages }
}

function routeAt(
  { routes }: OpenHouse,
  face: FaceName,
  method: FaceRoute['method'],
  path: string,
): FaceRoute | undefined {
  const fits = routes.filter(
    (one) =>
      one.face === face &&
      one.method === method &&
      new RegExp(`^${one.path.replace(/:\w+/g, '[^/]+')}$`).test(path),
  )
  // What is named goes before what is any.
  return fits.sort((a, b) => a.path.split(':').length - b.path.split(':').length)[0]
}

function linksOf(page: string): string[] {
  return [...page.matchAll(/<a [^>]*href="(\/[^"#]*)/g)].map(([, href = '']) => unescaped(href))
}

function formsOf(page: string): Found[] {
  return [...page.matchAll(/<form [^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(
    ([, action = '', inside = '']) => ({
      target: unescaped(action).split('?')[0] ?? '',
      fields: Object.fromEntries(
        [...inside.matchAll(/<(?:input|select|textarea|button) ([^>]*)>/g)].flatMap(([, attributes = '']) => {
          const name = attribute(attributes, 'name')
          return name === undefined || name === 'form-key'
            ? []
            : [[name, attribute(attributes, 'value') ?? '']]
        }),
      ),
    }),
  )
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]
  return value === undefined ? undefined : unescaped(value)
}

function queryFields(target: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(target.split('?')[1] ?? ''))
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
