export interface Answer {
  readonly status: number
  /** By names in lower case; each line of a name by itself. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: Buffer
}

/** Cuts a stream of HTTP/1.1 answers into answers, with headers and bodies. */
export class AnswerReader {
  #pending: Buffer = Buffer.alloc(0)

  /** Those that end in this piece. */
  read(piece: Buffer): Answer[] {
    this.#pending = this.#pending.length === 0 ? piece : Buffer.concat([this.#pending, piece])
    const answers: Answer[] = []
    for (;;) {
      const found = first(this.#pending)
      if (found === undefined) return answers
      answers.push(found.answer)
      this.#pending = this.#pending.subarray(found.end)
    }
  }
}

/** The first answer of the data and where it ends; undefined while it is incomplete. */
function first(data: Buffer): { answer: Answer; end: number } | undefined {
  const headEnd = data.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const [start = '', ...lines] = data.toString('latin1', 0, headEnd).split('\r\n')
  const headers = headersOf(lines)
  const status = Number(start.slice(9, 12))
  const rest = bodyOf(data, headEnd + 4, status, headers)
  return rest && { answer: { status, headers, body: rest.body }, end: rest.end }
}

function headersOf(lines: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = headers.get(name)
    if (before) before.push(value)
    else headers.set(name, [value])
  }
  return headers
}

interface Body {
  readonly body: Buffer
  readonly end: number
}

function bodyOf(data: Buffer, from: number, status: number, headers: Answer['headers']): Body | undefined {
  if (headers.get('transfer-encoding')?.[0] === 'chunked') return chunks(data, from)
  const length = headers.get('content-length')?.[0]
  if (length === undefined && status !== 204 && status !== 304)
    throw new Error(`an answer ${status} without a length`)
  const end = from + Number(length ?? 0)
  return data.length < end ? undefined : { body: data.subarray(from, end), end }
}

function chunks(data: Buffer, from: number): Body | undefined {
  const parts: Buffer[] = []
  for (let at = from; ; ) {
    const line = data.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(data.toString('latin1', at, line), 16)
    const end = line + 2 + size + 2
    if (data.length < end) return undefined
    if (size === 0) return { body: Buffer.concat(parts), end }
    parts.push(data.subarray(line + 2, line + 2 + size))
    at = end
  }
}
