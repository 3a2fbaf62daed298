import { Type } from 'typebox'

/** Where a server listens: `127.0.0.1:4101`, `[::1]:4101`, `0.0.0.0:4102`. */
export const ListenAt = Type.String({ pattern: '^(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9.-]+):\\d{1,5}$' })

/** Where the tables are: an address of PostgreSQL, or a folder in which an embedded one keeps its data. */
export const DatabasePlace = Type.Union([
  Type.Object({ url: Type.String({ pattern: '^postgres(ql)?://' }) }, { additionalProperties: false }),
  Type.Object(
    { embedded: Type.String({ minLength: 1 }), name: Type.String({ pattern: '^[a-z][a-z0-9_]{0,62}$' }) },
    { additionalProperties: false },
  ),
])

export const LogLevel = Type.Union(
  [Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')],
  { default: 'info' },
)

/** Host and port of a listening address. */
export function splitPlace(place: string): { host: string; port: number } {
  const colon = place.lastIndexOf(':')
  return { host: place.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(place.slice(colon + 1)) }
}

/** True where only programs on this machine can reach a listening address. */
export function isLoopback(place: string): boolean {
  const { host } = splitPlace(place)
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}
