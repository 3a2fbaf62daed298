import type { Sealer } from '@sapan/trust'

/** Which row an event belongs to: sealed bytes do not open in another. */
export interface EventPlace {
  readonly service: string
  readonly operation: string
  readonly message: string
}

export function sealEvent(sealer: Sealer, place: EventPlace, event: Buffer): Buffer {
  return sealer.seal(event, boundTo(place))
}

/** Throws `sealed-unreadable`. */
export function openEvent(sealer: Sealer, place: EventPlace, sealed: Uint8Array): Buffer {
  return sealer.open(sealed, boundTo(place))
}

function boundTo({ service, operation, message }: EventPlace): Buffer {
  return Buffer.from(`sapan-queue topic\n${service}\n${operation}\n${message}`)
}
