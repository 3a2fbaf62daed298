import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { Server } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { freePort } from '../../ports.ts'

/** A key and its certificate for `localhost`, which nobody else signed; PEM. */
export interface DoorIdentity {
  readonly key: string
  readonly certificate: string
}

/** Makes one with openssl, in a folder. */
export function makeIdentity(folder: string): DoorIdentity {
  const at = (name: string) => join(folder, name)
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const made = ['-keyout', at('door.key'), '-out', at('door.crt'), '-days', '2']
  const order = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...made, ...name]
  execFileSync('openssl', order, { stdio: 'ignore' })
  const read = (one: string) => readFileSync(at(one), 'utf8')
  return { key: read('door.key'), certificate: read('door.crt') }
}

/** What may be changed of a request on the way in. */
export interface Sent {
  readonly method: string
  /** Path and query. */
  target: string
  body: Buffer
}

/** FAPI 2.0 §5.2.2: TLS 1.2 with these alone, or 1.3. */
const fapiTls = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES256-GCM-SHA384',
  ].join(':'),
} as const

/** A proxy with TLS before a server of this machine, as an operator has one. */
export interface Door {
  readonly origin: string
  /** The port of the server behind it. */
  readonly behind: number
  close(): Promise<void>
}

export async function openDoor(
  { key, certificate }: DoorIdentity,
  change: (sent: Sent) => void = () => {},
): Promise<Door> {
  const behind = await freePort()
  const server = createServer({ key, cert: certificate, ...fapiTls }, (asked, answered) => {
    forward(asked, answered, behind, change).catch(() => answered.destroy())
  })
  // Whoever keeps a connection finds it open.
  server.keepAliveTimeout = 0
  const port = await listening(server)
  return {
    origin: `https://localhost:${port}`,
    behind,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function forward(
  asked: IncomingMessage,
  answered: ServerResponse,
  port: number,
  change: (sent: Sent) => void,
): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of asked) pieces.push(piece)
  const sent: Sent = { method: asked.method ?? 'GET', target: asked.url ?? '/', body: Buffer.concat(pieces) }
  change(sent)
  const headers = headersOf(asked, sent)
  const order = { host: '127.0.0.1', port, method: sent.method, path: sent.target, headers, agent: false }
  await new Promise<void>((resolve, reject) => {
    const onward = request(order, (answer) => {
      answered.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(answered).on('close', resolve)
    })
    onward.on('error', reject)
    onward.end(sent.body)
  })
}

/** As nginx before the suite tells of TLS; whatever of it came from outside is not passed on. */
function headersOf(asked: IncomingMessage, { method, body }: Sent): Record<string, string | string[]> {
  const { 'transfer-encoding': _chunks, ...came } = asked.headers
  const kept = Object.entries(came).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  const [host = 'localhost', port = '443'] = (asked.headers.host ?? '').split(':')
  const tls = asked.socket as TLSSocket
  return {
    ...Object.fromEntries(kept),
    ...(method === 'GET' ? {} : { 'content-length': String(body.byteLength) }),
    'x-forwarded-proto': 'https',
    'x-forwarded-host': host,
    'x-forwarded-port': port,
    'x-ssl-protocol': tls.getProtocol() ?? '',
    'x-ssl-cipher': tls.getCipher().name,
  }
}
