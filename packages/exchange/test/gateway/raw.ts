import { connect } from 'node:net'

/** What comes back for bytes that no HTTP library would send, until the other side ends the connection or a whole answer is there. */
export function sendRaw(
  origin: string,
  bytes: string | Buffer | readonly (string | Buffer)[],
  { thenEnd = false, answers = 1 } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    const chunks: Uint8Array[] = []
    const done = () => {
      socket.destroy()
      resolve(readAnswer(Buffer.concat(chunks)))
    }
    socket.setTimeout(20_000, () => {
      socket.destroy()
      reject(new Error('no answer'))
    })
    socket.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk)
      if (answers === 1 && isWhole(Buffer.concat(chunks))) done()
    })
    socket.on('error', (error) => (chunks.length > 0 ? done() : reject(error)))
    socket.on('close', done)
    const parts = typeof bytes === 'string' || Buffer.isBuffer(bytes) ? [bytes] : bytes
    for (const part of parts) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)
    if (thenEnd) socket.end()
  })
}

export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  readonly status: number
  readonly head: string
  /** Everything that came. */
  readonly text: string
  readonly body: string
  /** A problem's code, in whichever shape. */
  readonly code: string
  /** How many answers came. */
  readonly answers: number
}

function isWhole(bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  if (end === -1 || text.startsWith('HTTP/1.1 100')) return false
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1]
  return length !== undefined && bytes.length >= end + 4 + Number(length)
}

function readAnswer(bytes: Buffer): RawAnswer {
  const text = bytes.toString()
  const last = text.startsWith('HTTP/1.1 100') ? text.slice(text.indexOf('\r\n\r\n') + 4) : text
  const end = last.indexOf('\r\n\r\n')
  const body = end === -1 ? '' : last.slice(end + 4)
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(last)?.[1] ?? 0),
    head: end === -1 ? last : last.slice(0, end),
    text,
    body,
    code: codeIn(body),
    answers: text.match(/^HTTP\/1\.1 [2-5]\d\d/gm)?.length ?? 0,
  }
}

function codeIn(body: string): string {
  try {
    const { code, message } = JSON.parse(body)
    return code ?? /\(([a-z0-9-]+)\)$/.exec(message ?? '')?.[1] ?? ''
  } catch {
    return ''
  }
}
