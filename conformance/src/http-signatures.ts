import {
  contentDigestOfBody,
  draftRequest,
  parseSignedAnswer,
  parseSignedRequest,
  type SignedMessage,
  signAnswer,
  signRequest,
  signTogether,
  verifySigned,
} from '@sapan/exchange'
import { generateSigner, type SignatureAlgorithm, type Signer } from '@sapan/trust'
import {
  createVerifier,
  httpbis,
  type Request,
  type Response,
  type SignConfig,
} from 'http-message-signatures'
import { treeSignatureHolds } from './tree-verifier.ts'

/** One thing that was held against somebody else's program. */
export interface Check {
  readonly name: string
  readonly passed: boolean
  readonly detail: string
}

const authority = 'dopa.example:8443'
const target = '/r1/TH/GOV/DOPA/population/person-v1/persons/123?view=short&name=%E0%B8%AA'
const body = Buffer.from('{"nationalId":"1234567890123"}')
const common = [
  ['content-digest', contentDigestOfBody(body)],
  ['content-type', 'application/json'],
  ['sapan-exchange', '019a0000-0000-7000-8000-000000000000'],
] as const
const requestHeaders = [...common, ['x-road-client', 'TH/GOV/RD/efiling']] as const
const requestFields = ['@method', '@authority', '@path', '@query', ...requestHeaders.map(([name]) => name)]
const answerFields = [
  '@status',
  ...common.map(([name]) => name),
  'signature;req;key="sapan"',
  'signature-input;req;key="sapan"',
]

/**
 * Holds our RFC 9421 signatures against the npm package `http-message-signatures`: what we sign it must verify, what
 * it signs we must verify, for requests and answers, and both must refuse what was altered.
 */
export async function run(): Promise<Check[]> {
  const checks: Check[] = []
  for (const algorithm of ['ecdsa-p256-sha256', 'ed25519'] as const) {
    checks.push(...(await bothWays(algorithm)))
  }
  return checks
}

async function bothWays(algorithm: SignatureAlgorithm): Promise<Check[]> {
  const consumer = generateSigner(algorithm)
  const provider = generateSigner(algorithm)
  const ours = ourRequest(consumer)
  const ourAnswer = answerOf(ours, provider)
  const sent = onWire(ours)
  const theirs = await theirRequest(consumer)
  const theirAnswer = await theirAnswerTo(theirs, provider)
  const together = onWire(theSecondOfThree(consumer))
  const alteredToo = { ...together, headers: { ...together.headers, 'x-road-client': 'TH/GOV/RD/other' } }
  const altered = { ...sent, headers: { ...sent.headers, 'x-road-client': 'TH/GOV/RD/other' } }
  return [
    check(`${algorithm}: they verify our request`, await theyAccept(sent, undefined, consumer)),
    check(`${algorithm}: they verify our answer`, await theyAccept(answerOnWire(ourAnswer), sent, provider)),
    check(`${algorithm}: they refuse our altered request`, !(await theyAccept(altered, undefined, consumer))),
    check(
      `${algorithm}: they refuse our answer to another request`,
      !(await theyAccept(answerOnWire(ourAnswer), onWire(ourRequest(consumer)), provider)),
    ),
    check(
      `${algorithm}: they verify our request that was signed together with others`,
      await theyAccept(together, undefined, consumer),
    ),
    check(`${algorithm}: they refuse it altered`, !(await theyAccept(alteredToo, undefined, consumer))),
    check(`${algorithm}: we verify their request`, verifySigned(readRequest(theirs), consumer)),
    check(`${algorithm}: we verify their answer`, verifySigned(readAnswer(theirAnswer, theirs), provider)),
    check(
      `${algorithm}: we refuse their altered request`,
      !verifySigned(readRequest({ ...theirs, url: `${theirs.url}&more=1` }), consumer),
    ),
    check(
      `${algorithm}: we refuse their altered answer`,
      !verifySigned(readAnswer({ ...theirAnswer, status: 201 }, theirs), provider),
    ),
  ]
}

function check(name: string, passed: boolean): Check {
  return { name, passed, detail: passed ? 'as RFC 9421 says' : 'the two programs disagree' }
}

let count = 0

function times(signer: Signer) {
  const created = Math.floor(Date.now() / 1000)
  const nonce = `nonce-${String(++count).padStart(16, '0')}`
  return { signer, keyId: 'test-key', created, expires: created + 60, nonce }
}

function ourRequest(signer: Signer): SignedMessage {
  const [path = '', query = ''] = target.split('?')
  return signRequest({ method: 'POST', authority, path, query, fields: requestHeaders }, times(signer))
}

/** From the middle of a tree whose sides differ. */
function theSecondOfThree(signer: Signer): SignedMessage {
  const [path = '', query = ''] = target.split('?')
  const parts = { method: 'POST', authority, path, query, fields: requestHeaders }
  const [, second] = signTogether(
    signer,
    [1, 2, 3].map(() => draftRequest(parts, times(signer))),
  )
  if (!second) throw new Error('three messages were not signed')
  return second
}

function answerOf(request: SignedMessage, signer: Signer): SignedMessage {
  return signAnswer({ status: 200, fields: common }, request, times(signer))
}

function headersOf(message: SignedMessage): Record<string, string> {
  return {
    ...Object.fromEntries(message.fields),
    'signature-input': message.signatureInput,
    signature: message.signature,
  }
}

function onWire(message: SignedMessage): Request {
  const url = `https://${message.authority}${message.path}${message.query}`
  return { method: message.method, url, headers: headersOf(message) }
}

function answerOnWire(message: SignedMessage): Response {
  return { status: message.status ?? 0, headers: headersOf(message) }
}

/** What they say of a message; an error of theirs is a refusal. */
async function theyAccept(
  message: Request | Response,
  request: Request | undefined,
  signer: Signer,
): Promise<boolean> {
  const config = {
    keyLookup: async ({ alg }: { alg?: string }) => {
      const tree = `sapan-tree-${signer.algorithm}`
      if (alg !== tree) return { algs: [signer.algorithm], verify: verifier(signer) }
      const verify = async (base: Buffer, bytes: Buffer) => treeSignatureHolds(signer.publicKey, base, bytes)
      return { algs: [tree], verify }
    },
    all: true,
  }
  try {
    const verdict =
      'status' in message
        ? await httpbis.verifyMessage(config, message, request)
        : await httpbis.verifyMessage(config, message)
    return verdict === true
  } catch {
    return false
  }
}

/** Their own verifiers, given the key as PEM, so that none of our code verifies what we signed. */
function verifier(signer: Signer) {
  const pem = signer.publicKey.export({ type: 'spki', format: 'pem' })
  return createVerifier(pem, signer.algorithm)
}

function theirConfig(signer: Signer, fields: readonly string[]): SignConfig {
  const { created, expires, nonce, keyId } = times(signer)
  return {
    key: { id: keyId, alg: signer.algorithm, sign: async (data) => signer.sign(data) },
    name: 'sapan',
    fields: [...fields],
    params: ['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'],
    paramValues: {
      created: new Date(created * 1000),
      expires: new Date(expires * 1000),
      nonce,
      tag: 'sapan-exchange',
    },
  }
}

function theirRequest(signer: Signer): Promise<Request> {
  const request = {
    method: 'POST',
    url: `https://${authority}${target}`,
    headers: Object.fromEntries(requestHeaders),
  }
  return httpbis.signMessage(theirConfig(signer, requestFields), request)
}

function theirAnswerTo(request: Request, signer: Signer): Promise<Response> {
  const answer = { status: 200, headers: Object.fromEntries(common) }
  return httpbis.signMessage(theirConfig(signer, answerFields), answer, request)
}

function readRequest({ method, url, headers }: Request): SignedMessage {
  const { host, pathname, search } = new URL(url)
  return parseSignedRequest(method, host, `${pathname}${search}`, rawHeaders(headers))
}

function readAnswer({ status, headers }: Response, request: Request): SignedMessage {
  return parseSignedAnswer(status, rawHeaders(headers), readRequest(request))
}

function rawHeaders(headers: Request['headers']): string[] {
  return Object.entries(headers).flatMap(([name, value]) => [name, String(value)])
}
