import type { Sealer } from '@sapan/trust'

/** What may be sealed: as it was before, the same comes out. */
export type Sealable =
  | string
  | number
  | boolean
  | null
  | readonly Sealable[]
  | { readonly [key: string]: Sealable | undefined }

/** Seals a value as JSON for one place, `<table>.<column> <row id>`; it opens nowhere else. */
export function sealValue(sealer: Sealer, place: string, value: Sealable): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(value)), Buffer.from(place))
}

/** The value that `sealValue` sealed for the place. Throws `sealed-unreadable`. */
export function openValue(sealer: Sealer, place: string, sealed: Uint8Array): unknown {
  return JSON.parse(sealer.open(sealed, Buffer.from(place)).toString())
}
