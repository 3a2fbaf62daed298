import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { checkServerIdentity, connect, type PeerCertificate } from 'node:tls'
import { Problem } from '@sapan/kernel'
import { fingerprint } from '@sapan/trust'
import { Agent, request } from 'undici'
import { exchangeProblem } from '../problems.ts'

/** An answer of the center. Header names are lower-case. */
export interface CenterAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface CenterRequest {
  readonly method: 'GET' | 'POST'
  /** Below the center's URL: `/v1/directory`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** The way to the center: TLS 1.3 that ends at the pinned root and nowhere else. */
export interface CenterConnection {
  readonly url: string
  /** Throws Problem `center-unreachable`, `center-untrusted`, or `center-answer-invalid` for an endless answer. */
  request(request: CenterRequest): Promise<CenterAnswer>
  /** The root certificate in DER. */
  root(): Promise<Buffer>
  /** What was answered last cannot be used: where there are other centers, they are asked before that one. */
  turnAway?(): void
  close(): Promise<void>
}

export interface CenterConnectionOptions {
  /** `https://center.example:4000`. */
  readonly url: string
  /** Lower-case hex SHA-256 of the root certificate. */
  readonly rootFingerprint: string
  /** The root in DER, where it is known already; else the center shows it, and the fingerprint decides. */
  readonly root?: Buffer
  readonly timeoutSeconds?: number
}

/** The URI that the center's TLS certificate carries, and no gateway's. */
export function centerUri(instance: string): string {
  return `sapan:center:${instance}`
}

/**
 * Connects to a center by the fingerprint of its root alone. The first connection only learns the root
 * certificate, sends nothing, and is closed; every request goes over a connection that was verified against it.
 */
export function connectCenter(options: CenterConnectionOptions): CenterConnection {
  const url = new URL(options.url)
  if (url.protocol !== 'https:') throw untrusted('The address is not https.', 'ที่อยู่ไม่ใช่ https')
  const milliseconds = (options.timeoutSeconds ?? 10) * 1000
  let opening: Promise<{ root: Buffer; agent: Agent }> | undefined
  const open = () => {
    opening ??= openAgent(url, options, milliseconds).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }
  return {
    url: options.url,
    request: async (wanted) => send(url, wanted, (await open()).agent),
    root: async () => (await open()).root,
    close: async () => {
      const opened = await opening?.catch(() => undefined)
      await opened?.agent.close()
    },
  }
}

async function openAgent(url: URL, options: CenterConnectionOptions, milliseconds: number) {
  const root = options.root ?? (await showRoot(url, options.rootFingerprint, milliseconds))
  if (fingerprint(root) !== options.rootFingerprint) throw anotherRoot()
  const agent = new Agent({
    connect: {
      ca: new X509Certificate(root).toString(),
      minVersion: 'TLSv1.3',
      timeout: milliseconds,
      checkServerIdentity: checkCenter,
    },
    headersTimeout: milliseconds,
    bodyTimeout: milliseconds,
    maxResponseSize: 64 * 1024 * 1024,
  })
  return { root, agent }
}

const notTheCenter = 'SAPAN_NOT_THE_CENTER'

/** A gateway's certificate ends at the same root: only the center's own has the center's URI. */
function checkCenter(host: string, certificate: PeerCertificate): Error | undefined {
  const failed = checkServerIdentity(host, certificate)
  if (failed) return failed
  const names = certificate.subjectaltname?.split(', ') ?? []
  if (names.some((name) => name.startsWith(`URI:${centerUri('')}`))) return undefined
  return Object.assign(new Error('not a certificate of a center'), { code: notTheCenter })
}

/** The root that the server presents, when it is the pinned one. */
function showRoot(url: URL, rootFingerprint: string, milliseconds: number): Promise<Buffer> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) ? {} : { servername: host }),
      minVersion: 'TLSv1.3',
      timeout: milliseconds,
      // Nothing is sent on this connection and nothing believed but a certificate with the pinned fingerprint.
      rejectUnauthorized: false,
    })
    socket.on('timeout', () => socket.destroy(new Error('timed out')))
    socket.on('error', (error) => reject(explain(error)))
    socket.on('close', () => reject(exchangeProblem('center-unreachable')))
    socket.on('secureConnect', () => {
      const root = presented(socket.getPeerX509Certificate()).find(
        (der) => fingerprint(der) === rootFingerprint,
      )
      if (root) resolve(root)
      else reject(anotherRoot())
      socket.destroy()
    })
  })
}

function presented(leaf: X509Certificate | undefined): Buffer[] {
  const chain: Buffer[] = []
  for (let at = leaf; at && chain.length < 8; at = at.issuerCertificate) chain.push(at.raw)
  return chain
}

async function send(base: URL, wanted: CenterRequest, agent: Agent): Promise<CenterAnswer> {
  try {
    const answer = await request(new URL(base.pathname.replace(/\/$/, '') + wanted.path, base), {
      method: wanted.method,
      dispatcher: agent,
      ...(wanted.headers ? { headers: { ...wanted.headers } } : {}),
      ...(wanted.body === undefined ? {} : { body: wanted.body }),
    })
    const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const)
    return { status: answer.statusCode, headers: Object.fromEntries(headers), body: await answer.body.text() }
  } catch (error) {
    throw explain(error)
  }
}

/** OpenSSL's verdicts on a chain, as Node names them (X509_V_ERR_…), and ours. */
const untrustedCodes =
  /^(?:SAPAN_NOT_THE_CENTER|ERR_TLS_CERT_ALTNAME_INVALID|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_|PATH_LENGTH_|HOSTNAME_MISMATCH|ERR_SSL_)/

function explain(error: unknown): Problem {
  if (error instanceof Problem) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED') {
    return untrusted(
      'Its certificate is not valid by this machine’s clock.',
      'ใบรับรองไม่อยู่ในช่วงที่มีผลตามนาฬิกาเครื่องนี้',
      error,
    )
  }
  if (untrustedCodes.test(code)) {
    return untrusted('Its certificate is not the center’s.', 'ใบรับรองไม่ใช่ของศูนย์กลาง', error)
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
    return exchangeProblem('center-answer-invalid', { cause: error })
  return exchangeProblem('center-unreachable', { cause: error })
}

function anotherRoot(): Problem {
  return untrusted('Its certificates lead to another root.', 'ใบรับรองนำไปสู่ใบรับรองรากอื่น')
}

function untrusted(en: string, th: string, cause?: unknown): Problem {
  return exchangeProblem('center-untrusted', { detail: { th, en }, cause })
}
