import type { SiteRoute } from './route.ts'

/** Which methods a site takes at a path that it has; empty where it has none. For `405` and its `Allow` (RFC 9110 §15.5.6). */
export function methodsByPath(
  routes: readonly Pick<SiteRoute, 'method' | 'path'>[],
): (path: string) => string[] {
  const patterns = routes.map(({ method, path }) => ({ method, pattern: patternOf(path) }))
  return (path) => {
    const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    const taken = new Set<string>(methods)
    if (taken.has('GET')) taken.add('HEAD')
    return [...taken].sort()
  }
}

/** Whether nobody but programs is at home at a path: it begins as addresses of theirs do, and none of pages does. */
export function programRooms(
  routes: readonly Pick<SiteRoute, 'path' | 'machine'>[],
): (path: string) => boolean {
  const rooms = new Set(routes.filter(({ machine }) => machine === true).map(({ path }) => roomOf(path)))
  for (const { path, machine } of routes) if (machine !== true) rooms.delete(roomOf(path))
  return (path) => rooms.has(roomOf(path))
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? ''
}

function patternOf(path: string): RegExp {
  const parts = path
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${parts.join('/')}$`)
}
