import type { Sealer } from '@sapan/trust'
import type { HeaderList } from '../gateway/transport/headers.ts'
import type { MessageContent } from './message.ts'

const lengthBytes = 4

/** Which row the content belongs to: sealed bytes do not open in another. */
export interface ContentPlace {
  readonly side: 'outgoing' | 'incoming'
  readonly client: string
  readonly message: string
}

/** Headers and body, sealed: length of the headers' JSON (4 bytes, big-endian), the JSON, the body. */
export function sealMessage(sealer: Sealer, place: ContentPlace, { headers, body }: MessageContent): Buffer {
  const head = Buffer.from(JSON.stringify(headers))
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(head.length)
  return sealer.seal(Buffer.concat([length, head, body]), boundTo(place))
}

/** Opens what is sealed; throws `sealed-unreadable`. */
export function openMessage(sealer: Sealer, place: ContentPlace, sealed: Uint8Array): MessageContent {
  const plain = sealer.open(sealed, boundTo(place))
  const bodyAt = lengthBytes + plain.readUInt32BE(0)
  return {
    headers: JSON.parse(plain.toString('utf8', lengthBytes, bodyAt)) as HeaderList,
    body: plain.subarray(bodyAt),
  }
}

function boundTo({ side, client, message }: ContentPlace): Buffer {
  return Buffer.from(`sapan-queue ${side}\n${client}\n${message}`)
}
