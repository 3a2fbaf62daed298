import type { Sealer } from '@sapan/trust'
import type { TopicReader } from './followed.ts'

/** Seals what was read for a system: it does not open as what was read for another. */
export function sealBatch(sealer: Sealer, reader: TopicReader, content: Buffer): Buffer {
  return sealer.seal(content, boundTo(reader))
}

/** Throws `sealed-unreadable`. */
export function openBatch(sealer: Sealer, reader: TopicReader, sealed: Uint8Array): Buffer {
  return sealer.open(sealed, boundTo(reader))
}

function boundTo({ client, service, operation }: TopicReader): Buffer {
  return Buffer.from(`sapan-queue followed\n${client}\n${service}\n${operation}`)
}
