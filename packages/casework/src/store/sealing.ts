import type { Sealer } from '@sapan/trust'
import type { JsonValue } from '../task/task.ts'

/** JSON, sealed for one place: `task.detail <id>`. */
export function sealJson(sealer: Sealer, value: JsonValue, place: string): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(value)), Buffer.from(place))
}

/** What `sealJson` sealed for that place. Throws where it was altered or moved. */
export function openJson(sealer: Sealer, sealed: Uint8Array, place: string): JsonValue {
  return JSON.parse(sealer.open(sealed, Buffer.from(place)).toString('utf8')) as JsonValue
}
