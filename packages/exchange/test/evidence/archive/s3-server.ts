import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const keys = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

/** What a test has the server answer instead; undefined: as a store does. */
export type Instead = (
  request: IncomingMessage,
) => { status: number; headers?: Record<string, string>; body?: string } | 'hang up' | undefined

/** A small S3 store that refuses what is not signed as AWS Signature Version 4 says. */
export class S3Server {
  readonly objects = new Map<string, Buffer>()
  /** Method and path of each request. */
  readonly asked: string[] = []
  instead: Instead = () => undefined
  readonly #server = createServer((request, response) => void this.#answer(request, response))

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts)
    const path = request.url ?? ''
    this.asked.push(`${request.method} ${path}`)
    const instead = this.instead(request)
    if (instead === 'hang up') return void request.socket.destroy()
    if (instead) return void response.writeHead(instead.status, instead.headers).end(instead.body)
    const refused = refusedSignature(request, body)
    if (refused) return void response.writeHead(403).end(errorXml(refused))
    this.#asStore(request, response, path, body)
  }

  #asStore({ method, headers }: IncomingMessage, response: ServerResponse, path: string, body: Buffer): void {
    if (method === 'PUT') {
      this.objects.set(path, body)
      return void response.writeHead(200, { etag: '"1"' }).end()
    }
    const object = this.objects.get(path)
    if (method === 'DELETE') {
      this.objects.delete(path)
      return void response.writeHead(204).end()
    }
    if (!object) return void response.writeHead(404).end(errorXml('NoSuchKey'))
    const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
    if (Number(from) >= object.length) return void response.writeHead(416).end(errorXml('InvalidRange'))
    const last = Math.min(Number(to), object.length - 1)
    const range = `bytes ${from}-${last}/${object.length}`
    response.writeHead(206, { 'content-range': range }).end(object.subarray(Number(from), last + 1))
  }
}

export function errorXml(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>no</Message></Error>`
}

/** The check from the server's side, from what came alone. */
function refusedSignature({ method, url, headers }: IncomingMessage, body: Buffer): string | undefined {
  const [, id, scope = '', names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? []
  if (id !== keys.accessKeyId) return 'InvalidAccessKeyId'
  const digest = createHash('sha256').update(body).digest('hex')
  if (headers['x-amz-content-sha256'] !== digest) return 'XAmzContentSHA256Mismatch'
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`)
  const canonical = `${method}\n${url}\n\n${lines.join('')}\n${names}\n${digest}`
  const hashed = createHash('sha256').update(canonical).digest('hex')
  let key = Buffer.from(`AWS4${keys.secretAccessKey}`)
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest()
  const text = `AWS4-HMAC-SHA256\n${String(headers['x-amz-date'])}\n${scope}\n${hashed}`
  const right = createHmac('sha256', key).update(text).digest('hex')
  return right === signature ? undefined : 'SignatureDoesNotMatch'
}
