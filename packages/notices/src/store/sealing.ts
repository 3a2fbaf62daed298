import type { Text } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'

/** JSON, sealed for one place: `message.content <id>`. */
export function sealJson(sealer: Sealer, value: object, place: string): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(value)), Buffer.from(place))
}

/** What a notice says, as it lies in the database. */
export interface NoticeWords {
  readonly title: Text
  readonly body: Text
}

/**
 * What `sealJson` sealed for that place; its shape is what was given there, since a seal is bound to its place. Throws
 * where it was altered or moved.
 */
export function openJson<T extends object>(sealer: Sealer, sealed: Uint8Array, place: string): T {
  return JSON.parse(sealer.open(sealed, Buffer.from(place)).toString('utf8')) as T
}
