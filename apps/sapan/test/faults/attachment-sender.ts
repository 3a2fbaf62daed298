import { createHash, randomBytes } from 'node:crypto'
import { client, service } from './country.ts'

const tus = { 'x-road-client': client, 'tus-resumable': '1.0.0' }
const partBytes = 16 * 1024 * 1024
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A large file of which no two pieces are alike, made anew whenever it is read. */
export class LargeFile {
  readonly length: number
  readonly #seed = randomBytes(4096)

  constructor(megabytes: number) {
    this.length = megabytes * 1024 * 1024
  }

  /** At most 16 MiB from there on. */
  part(from: number): Buffer {
    const bytes = Buffer.alloc(Math.min(partBytes, this.length - from), this.#seed)
    for (let at = 0; at < bytes.length; at += 4096) bytes.writeBigUInt64BE(BigInt(from + at), at)
    return bytes
  }

  /** Hex. */
  sha256(): string {
    const hash = createHash('sha256')
    for (let from = 0; from < this.length; from += partBytes) hash.update(this.part(from))
    return hash.digest('hex')
  }
}

/** Uploads by tus as a patient client does: where something breaks, it asks how far it is and goes on. Gives the id. */
export async function upload(edge: string, file: LargeFile): Promise<string> {
  const about = `service=${encodeURIComponent(service)}&operation=tellMove`
  const begun = await patiently(() =>
    fetch(`${edge}/m1/attachments?${about}`, {
      method: 'POST',
      headers: { ...tus, 'upload-length': String(file.length) },
    }),
  )
  const path = begun.headers.get('location') ?? ''
  const url = `${edge}${path}`
  for (let at = 0; at < file.length; ) {
    const standing = await patiently(() => fetch(url, { method: 'HEAD', headers: tus }))
    at = Number(standing.headers.get('upload-offset'))
    if (at < file.length) at = await add(url, file, at)
  }
  return path.split('/').at(-1) ?? ''
}

async function add(url: string, file: LargeFile, at: number): Promise<number> {
  const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) }
  const answer = await fetch(url, {
    method: 'PATCH',
    headers,
    body: new Uint8Array(file.part(at)),
    signal: AbortSignal.timeout(60_000),
  }).catch(() => undefined)
  await answer?.arrayBuffer().catch(() => {})
  return answer?.status === 204 ? Number(answer.headers.get('upload-offset')) : at
}

async function patiently(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const answer = await ask().catch(() => undefined)
    if (answer && answer.status < 300) return answer
    if (tries > 600) throw new Error(`${answer?.status}: ${await answer?.text()}`)
    await pause(200)
  }
}
