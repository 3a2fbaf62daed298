import type { JsonValue } from '@sapan/casework'
import type { Sealer } from '@sapan/trust'

/** JSON, sealed for one place: `step.request <case>/<step>`. */
export function sealJson(sealer: Sealer, value: JsonValue, place: string): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(value)), Buffer.from(place))
}

/** What `sealJson` sealed for that place. Throws where it was altered or moved. */
export function openJson(sealer: Sealer, sealed: Uint8Array, place: string): JsonValue {
  return JSON.parse(sealer.open(sealed, Buffer.from(place)).toString('utf8')) as JsonValue
}
