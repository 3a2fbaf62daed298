const parts = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/

interface Reference {
  readonly scheme: string | undefined
  readonly authority: string | undefined
  readonly path: string
  readonly query: string | undefined
}

function split(reference: string): Reference {
  const [, scheme, authority, path = '', query] = parts.exec(reference) ?? []
  return { scheme, authority, path, query }
}

/**
 * A URI reference against a base that may be relative itself: RFC 3986 §5.2 with the changes of Canonical XML 1.1 §2.4
 * (no fragment, leading `..` are kept, a last `.` or `..` keeps its slash).
 */
export function joinReferences(base: string, reference: string): string {
  const above = split(base)
  const below = split(reference)
  if (below.scheme !== undefined) return compose({ ...below, path: withoutDots(below.path) })
  const { scheme } = above
  if (below.authority !== undefined) return compose({ ...below, scheme, path: withoutDots(below.path) })
  const { authority } = above
  if (below.path === '')
    return compose({ scheme, authority, path: withoutDots(above.path), query: below.query ?? above.query })
  const path = below.path.startsWith('/') ? below.path : merged(above, below.path)
  return compose({ scheme, authority, path: withoutDots(path), query: below.query })
}

function merged({ authority, path }: Reference, below: string): string {
  if (authority !== undefined && path === '') return `/${below}`
  // Here a base that ends in `..` is a folder.
  const folder = path === '..' || path.endsWith('/..') ? `${path}/` : path
  return folder.slice(0, folder.lastIndexOf('/') + 1) + below
}

function withoutDots(path: string): string {
  const isRooted = path.startsWith('/')
  const segments = path.split('/')
  const kept: string[] = []
  for (const segment of segments) {
    const last = kept.at(-1)
    if (segment === '.' || segment === '') continue
    if (segment !== '..') kept.push(segment)
    else if (last !== undefined && last !== '..') kept.pop()
    else if (!isRooted) kept.push('..')
  }
  const last = segments.at(-1)
  const isFolder = kept.length > 0 && (last === '' || last === '.' || last === '..')
  return (isRooted ? '/' : '') + kept.join('/') + (isFolder ? '/' : '')
}

function compose({ scheme, authority, path, query }: Reference): string {
  const start = (scheme === undefined ? '' : `${scheme}:`) + (authority === undefined ? '' : `//${authority}`)
  return start + path + (query === undefined ? '' : `?${query}`)
}
