import { dirname, resolve } from 'node:path'
import type { AlertSettings } from '@sapan/exchange'
import { Problem } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { problems } from '../problems.ts'

const port = '(6553[0-5]|655[0-2]\\d|65[0-4]\\d{2}|6[0-4]\\d{3}|[1-5]\\d{4}|\\d{1,4})'
const listenAt = `^(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9.-]+):${port}$`
/** Where a server listens: `127.0.0.1:4101`, `[::1]:4101`, `0.0.0.0:4102`. */
export const ListenAt = Type.String({ pattern: listenAt, description: 'host:port, such as 127.0.0.1:4101' })

const loopbackAt = `^(127(?:\\.\\d{1,3}){3}|\\[::1\\]|localhost):${port}$`
/** Where a door of operators listens: it speaks plain HTTP with a token, which must not leave this machine. */
export const LoopbackAt = Type.String({
  pattern: loopbackAt,
  description: 'a place on this machine only, such as 127.0.0.1:4103',
})

/** Where the tables are: an address of PostgreSQL, or a folder in which an embedded one keeps its data. */
export const DatabasePlace = Type.Union([
  Type.Object({ url: Type.String({ pattern: '^postgres(ql)?://' }) }, { additionalProperties: false }),
  Type.Object(
    { embedded: Type.String({ minLength: 1 }), name: Type.String({ pattern: '^[a-z][a-z0-9_]{0,62}$' }) },
    { additionalProperties: false },
  ),
])

type DatabasePlace = Static<typeof DatabasePlace>

/** A path that a configuration names, absolute: it is read from the folder of that file. */
export function fromFolderOf(file: string, path: string): string {
  return resolve(dirname(resolve(file)), path)
}

/** The folders that a configuration names, absolute. */
export function absolutePlaces(file: string, places: { keys: string; database: DatabasePlace }) {
  const { keys, database } = places
  const embedded = 'embedded' in database && { embedded: fromFolderOf(file, database.embedded) }
  return { keys: fromFolderOf(file, keys), database: { ...database, ...embedded } }
}

/** The file that alerts name, absolute. */
export function absoluteAlerts(file: string, { alerts }: { readonly alerts: AlertSettings }): AlertSettings {
  const { email } = alerts
  if (email?.passwordFile === undefined) return alerts
  return { ...alerts, email: { ...email, passwordFile: fromFolderOf(file, email.passwordFile) } }
}

export const LogLevel = Type.Union(
  [Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')],
  { default: 'info' },
)

/** Throws `misuse` where what was typed for this option is no place to listen at. */
export function checkPlace(option: string, place: string): void {
  if (new RegExp(listenAt).test(place)) return
  throw new Problem(problems.misuse, {
    detail: {
      th: `${option} ต้องเป็น โฮสต์:พอร์ต เช่น 127.0.0.1:4101`,
      en: `${option} must be host:port, such as 127.0.0.1:4101`,
    },
  })
}

/** The same for a door of operators. Throws `misuse` where it could be reached from elsewhere. */
export function checkLoopback(option: string, place: string): void {
  checkPlace(option, place)
  if (new RegExp(loopbackAt).test(place)) return
  throw new Problem(problems.misuse, {
    detail: {
      th: `${option} ต้องเป็นที่อยู่ในเครื่องนี้เท่านั้น เช่น 127.0.0.1:4103`,
      en: `${option} must be a place on this machine only, such as 127.0.0.1:4103`,
    },
  })
}

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
