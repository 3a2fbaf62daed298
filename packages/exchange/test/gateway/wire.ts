import { randomBytes } from 'node:crypto'
import https from 'node:https'
import { uuidv7 } from '@sapan/kernel'
import { exportPem, fingerprint, generateSigner, issueCertificate, type Signer, toPem } from '@sapan/trust'
import type { TlsIdentity } from '../../src/gateway/transport/peer-connections.ts'
import { contentDigestOfBody, signRequest } from '../../src/index.ts'
import { client, service } from './agencies.ts'
import type { TestCountry, TestGateway } from './country.ts'
import { somebody } from './register.ts'

/** A request or an answer as it stands on the wire. */
export interface WireMessage {
  method: string
  target: string
  status: number
  headers: [string, string][]
  body: Buffer
}

export function header({ headers }: Pick<WireMessage, 'headers'>, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1]
}

/** A problem's code, from whichever shape an answer has. */
export function codeOf(answer: Pick<WireMessage, 'headers' | 'body'>): string {
  const said = header(answer, 'sapan-problem')
  if (said !== undefined) return said
  const { code, message } = JSON.parse(answer.body.toString() || '{}')
  return code ?? /\(([a-z0-9-]+)\)$/.exec(message ?? '')?.[1] ?? ''
}

/** Sends to a gateway as another gateway would, with this identity or with none. */
export function sendTo(
  origin: string,
  identity: Partial<TlsIdentity> | null,
  message: Omit<WireMessage, 'status'>,
  agent: https.Agent | false = false,
): Promise<WireMessage> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const request = https.request({
      hostname,
      port,
      method: message.method,
      path: message.target,
      headers: message.headers.flat(),
      setHost: false,
      agent,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      ...(identity?.key ? { key: identity.key, cert: identity.cert } : {}),
    })
    request.once('error', reject)
    request.once('response', async (response) => {
      try {
        const chunks: Buffer[] = []
        for await (const chunk of response) chunks.push(chunk)
        resolve({
          method: message.method,
          target: message.target,
          status: response.statusCode ?? 0,
          headers: pairs(response.rawHeaders),
          body: Buffer.concat(chunks),
        })
      } catch (error) {
        reject(error)
      }
    })
    request.end(message.body)
  })
}

export function pairs(raw: readonly string[]): [string, string][] {
  const list: [string, string][] = []
  for (let n = 0; n + 1 < raw.length; n += 2) list.push([raw[n] ?? '', raw[n + 1] ?? ''])
  return list
}

/** A certificate of the country's own issuer, for a key made here: as good or as bad as the test wants it. */
export function issued(
  country: Pick<TestCountry, 'issuer' | 'root'>,
  options: {
    profile?: 'tls' | 'signing' | 'timestamping' | 'directory'
    uris?: string[]
    now?: number
    days?: number
    signer?: Signer
  } = {},
): TlsIdentity & { fingerprint: string; signer: Signer } {
  const signer = options.signer ?? generateSigner('ecdsa-p256-sha256')
  const certificate = issueCertificate(country.issuer, {
    publicKey: signer.publicKey,
    profile: options.profile ?? 'tls',
    subject: { commonName: 'made by a test' },
    uris: options.uris ?? ['sapan:gateway:TH/GOV/RD/gateway-1'],
    now: options.now ?? Date.now(),
    days: options.days ?? 30,
  })
  return {
    key: exportPem(signer),
    cert: toPem(certificate) + toPem(country.issuer.certificate),
    ca: toPem(country.root),
    fingerprint: fingerprint(certificate),
    signer,
  }
}

export interface Crafted {
  readonly method?: string
  /** Behind the service's address. */
  readonly path?: string
  readonly target?: string
  readonly body?: Buffer | string
  /** Covered headers; undefined leaves one out. */
  readonly fields?: Readonly<Record<string, string | undefined>>
  readonly authority?: string
  /** Seconds since 1970. */
  readonly created?: number
  readonly expires?: number
  readonly nonce?: string
  readonly speaker?: { readonly signer: Signer; readonly keyId: string }
}

/** A message to DOPA, really signed with RD's key, that says whatever the test makes it say. */
export function craft(
  { rd, dopa, grant }: { rd: TestGateway; dopa: TestGateway; grant: string },
  crafted: Crafted = {},
): Omit<WireMessage, 'status'> {
  const method = crafted.method ?? 'GET'
  const target = crafted.target ?? `/r1/${service}${crafted.path ?? `/persons/${somebody}`}`
  const body = Buffer.from(crafted.body ?? '')
  const created = crafted.created ?? Math.floor(Date.now() / 1000)
  const authority = crafted.authority ?? new URL(dopa.peer).host
  const [own] = rd.membership.signers()
  const speaker = crafted.speaker ?? own
  if (!speaker) throw new Error('RD has no signer')
  const fields = {
    'content-digest': contentDigestOfBody(body),
    'x-road-client': client,
    'sapan-exchange': uuidv7(created * 1000),
    'sapan-sender': rd.member,
    'sapan-receiver': dopa.member,
    'sapan-service': service,
    'sapan-purpose': 'tax-assessment',
    'sapan-grant': grant,
    ...crafted.fields,
  }
  const mark = target.indexOf('?')
  const message = signRequest(
    {
      method,
      authority,
      path: mark === -1 ? target : target.slice(0, mark),
      query: mark === -1 ? '' : target.slice(mark),
      fields: Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
    },
    {
      signer: speaker.signer,
      keyId: speaker.keyId,
      created,
      expires: crafted.expires ?? created + 60,
      nonce: crafted.nonce ?? randomBytes(16).toString('base64url'),
    },
  )
  return {
    method,
    target,
    headers: [
      ['host', authority],
      ...message.fields,
      ['signature-input', message.signatureInput],
      ['signature', message.signature],
      ...(body.length > 0 ? ([['content-length', String(body.length)]] as [string, string][]) : []),
    ],
    body,
  }
}
