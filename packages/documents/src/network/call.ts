/** Where calls go out: `fetch`, or what a caller puts in its place. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface CallOptions {
  /** How long one attempt may take, its body included. */
  readonly timeoutMs?: number
  /** How often a call that failed on the way, or was answered with 429 or 5xx, is made again. */
  readonly retries?: number
  /** The pause before the first repetition; doubled for each further one. */
  readonly pauseMs?: number
  /** An answer with more bytes is refused. */
  readonly mostBytes?: number
  readonly fetch?: Fetch
}

/** Why a call gave nothing. `status`: what the other side answered, where it answered. */
export class CallError extends Error {
  /** `refused`: by our own rule about where calls may go. */
  readonly kind: 'timeout' | 'unreachable' | 'status' | 'too-large' | 'refused'
  readonly status: number | undefined

  constructor(kind: CallError['kind'], message: string, status?: number, cause?: unknown) {
    super(message, { cause })
    this.name = 'CallError'
    this.kind = kind
    this.status = status
  }
}

export interface Call {
  readonly url: string
  readonly body?: Uint8Array
  readonly contentType?: string
  readonly accept?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls over HTTP and gives the body of the answer. Rejects with CallError. */
export async function call(request: Call, options: CallOptions = {}): Promise<Uint8Array> {
  const { retries = 2, pauseMs = 200 } = options
  for (let attempt = 0; ; attempt++) {
    try {
      return await attemptCall(request, options)
    } catch (error) {
      if (!(error instanceof CallError) || attempt >= retries || !mayPass(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** attempt))
    }
  }
}

/** Whom a call went to, without what may be secret in an address. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

/** Whether the same call may have another end the next time. */
function mayPass({ kind, status = 0 }: CallError): boolean {
  if (kind === 'status') return status === 429 || status >= 500
  return kind === 'timeout' || kind === 'unreachable'
}

async function attemptCall(request: Call, options: CallOptions): Promise<Uint8Array> {
  const { timeoutMs = 10_000, mostBytes = 1024 * 1024, fetch = globalThis.fetch } = options
  const { url, body, contentType, accept, headers = {} } = request
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const answer = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      // A copy, since a pooled buffer would be sent whole by some implementations.
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      headers: {
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
        ...(accept === undefined ? {} : { accept }),
        ...headers,
      },
      signal,
    })
    if (!answer.ok) {
      await answer.body?.cancel()
      throw new CallError('status', `HTTP ${answer.status}`, answer.status)
    }
    return await readBody(answer, mostBytes)
  } catch (cause) {
    if (cause instanceof CallError) throw cause
    if (signal.aborted) throw new CallError('timeout', `no answer within ${timeoutMs} ms`, undefined, cause)
    throw new CallError('unreachable', 'cannot be reached', undefined, cause)
  }
}

async function readBody(answer: Response, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.body ?? []) {
    length += chunk.length
    if (length > mostBytes) throw new CallError('too-large', `more than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}
