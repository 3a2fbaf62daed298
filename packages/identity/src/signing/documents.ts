import { createHash, randomBytes } from 'node:crypto'
import {
  completeSignature,
  type Level,
  type PdfSigningOptions,
  type PreparedSignature,
  prepareSignature,
  type RevocationSource,
  type Timestamper,
} from '@sapan/documents'
import { type Language, type Logger, type Pool, Problem, uuidv7 } from '@sapan/kernel'
import { cscKey, type Handler, type Sealer } from '@sapan/trust'
import type { Appointment } from '../officers/appointment.ts'
import type { OfficersCountry } from '../officers/country.ts'
import { officerProblems } from '../problems/officers.ts'
import { signingRoomProblems } from '../problems/signing.ts'
import type { OfficerKeys } from './officer-keys.ts'
import type { AgencyName, SigningOfficers } from './ports.ts'
import { deskClient, deskReturn, type Signing } from './signing.ts'
import {
  documentsOf,
  dropForgotten,
  insertDocument,
  ownDocument,
  type SigningDocument,
  settleDocument,
} from './store/documents.ts'
import { wordsOfSigner } from './words.ts'

export interface DocumentSigningOptions {
  readonly pool: Pool
  readonly clock: () => number
  readonly log: Logger
  readonly sealer: Sealer
  readonly country: Pick<OfficersCountry, 'signer' | 'roles' | 'utcOffsetMinutes' | 'buddhistYears'>
  readonly keys: OfficerKeys
  readonly officers: SigningOfficers
  readonly signing: Pick<Signing, 'service' | 'authorization'>
  readonly agencyName: AgencyName
  readonly desk: string
  /** Levels from B-T on need the one, from B-LT on both. */
  readonly level: Level
  readonly timestamper?: Timestamper
  readonly revocation?: RevocationSource
}

/** Who signs at the desk: an account under an appointment. */
export interface DeskSigner {
  readonly account: string
  readonly appointment: string
}

export interface DocumentToSign {
  /** As the browser calls the file. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly reason?: string
  /** Whether the signature is seen on the first page. */
  readonly isVisible?: boolean
  /** The empty field of the document that the signature fills, seen there. */
  readonly field?: string
  readonly language: Language
  /** Where at the desk the officer goes on afterwards, `/desk/cases/…`; else to the page of the document. */
  readonly back?: string
}

/** Documents that officers sign at the desk: prepared, confirmed on the page of requests, signed with their key. */
export interface DocumentSigning {
  /**
   * Takes a PDF, and gives where the officer confirms. Throws `officer-duty-missing`, `signing-name-missing`, and
   * `document-…` for a file that cannot be signed.
   */
  begin(signer: DeskSigner, document: DocumentToSign): Promise<{ id: string; confirm: string }>
  /** The officer comes back from the page of requests, with what the authorisation server sent along. Throws `signing-declined`. */
  finish(signer: Pick<DeskSigner, 'account'>, query: URLSearchParams): Promise<SigningDocument>
  list(account: string): Promise<SigningDocument[]>
  /** Throws `signing-document-not-found`, also for somebody else's. */
  find(account: string, id: string): Promise<SigningDocument & { readonly content: Uint8Array }>
}

const forgottenAfter = 24 * 3_600_000

export function createDocumentSigning(options: DocumentSigningOptions): DocumentSigning {
  const { pool, sealer } = options
  const find = async (account: string, id: string) => {
    const found = await ownDocument(pool, sealer, { account, id })
    if (found) return found
    options.log.warn({ account }, 'a document that is not theirs was asked for')
    throw new Problem(signingRoomProblems['signing-document-not-found'])
  }
  return {
    begin: (signer, document) => begin(options, signer, document),
    list: (account) => documentsOf(pool, sealer, account),
    find,
    finish: async ({ account }, query) => {
      const waiting = await find(account, query.get('state') ?? '')
      const code = query.get('code')
      if (waiting.state !== 'waiting') return waiting
      if (code === null) {
        await settleDocument(options, waiting.id, { state: 'refused' })
        throw new Problem(signingRoomProblems['signing-declined'])
      }
      const signed = await sign(options, waiting, code)
      await settleDocument(options, waiting.id, { state: 'signed', content: signed, at: options.clock() })
      return find(account, waiting.id)
    },
  }
}

async function begin(options: DocumentSigningOptions, signer: DeskSigner, document: DocumentToSign) {
  const { pool, clock, country, keys } = options
  const now = clock()
  const appointment = await appointmentOf(options, signer, now)
  const { id: credential, certificate, chain } = await keys.ensure(appointment)
  const words = wordsOfSigner(appointment, country, { ...document, now })
  const about = {
    name: fileName(document.name),
    ...words,
    lines: document.isVisible || document.field !== undefined ? words.lines : [],
    ...(document.field === undefined ? {} : { field: document.field }),
    ...(document.back === undefined ? {} : { back: document.back }),
    stampBytes: await stampBytes(options),
    verifier: randomBytes(32).toString('base64url'),
  }
  const { account } = signer
  const row = { id: uuidv7(now), account, appointment: appointment.id, credential, about, at: now }
  const kept: SigningDocument = { ...row, state: 'waiting' }
  const { digest } = await prepared(options, kept, document.bytes, { certificate, chain })
  await dropForgotten(pool, now - forgottenAfter)
  await insertDocument(options, kept, document.bytes)
  return { id: kept.id, confirm: await askToConfirm(options, kept, digest) }
}

async function appointmentOf(
  { officers, country, log }: DocumentSigningOptions,
  { account, appointment }: DeskSigner,
  now: number,
): Promise<Appointment> {
  const found = (await officers.appointmentsOf(account, now)).find(({ id }) => id === appointment)
  if (found?.duties.includes(country.signer)) return found
  log.warn({ account }, 'a signature without the duty for it')
  throw new Problem(officerProblems['officer-duty-missing'])
}

/** Letters that are seen; the end of a long name stays, since it says what kind of file it is. */
function fileName(name: string): string {
  const seen = name
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\\/]/gu, '')
    .trim()
  return seen === '' ? 'document.pdf' : seen.length > 120 ? `…${seen.slice(-119)}` : seen
}

/** More than tokens of one authority differ by. */
const spareBytes = 128

/** The room that is left for a time-stamp, the same when it is prepared and when it is signed. */
async function stampBytes({ level, timestamper }: DocumentSigningOptions): Promise<number> {
  if (!timestamper || level === 'B-B') return 0
  const told = await timestamper.mostBytes?.('sha256')
  return told ?? (await timestamper.stamp(new Uint8Array(32), 'sha256')).length + spareBytes
}

/** The same file prepared twice for the same time is the same: between begin and finish another process may take over. */
function prepared(
  { level, timestamper, revocation }: DocumentSigningOptions,
  { about, at }: SigningDocument,
  bytes: Uint8Array,
  { certificate, chain }: { certificate: Uint8Array; chain: readonly Uint8Array[] },
): Promise<PreparedSignature> {
  return prepareSignature(bytes, {
    key: { algorithm: 'ecdsa-sha256', certificate, chain },
    level,
    time: at,
    reason: about.reason,
    ...placeOf(about),
    ...(timestamper
      ? {
          timestamper: {
            stamp: (...of) => timestamper.stamp(...of),
            mostBytes: async () => about.stampBytes,
          },
        }
      : {}),
    ...(revocation ? { revocation } : {}),
  })
}

function placeOf({
  field,
  lines,
}: SigningDocument['about']): Pick<PdfSigningOptions, 'field' | 'appearance'> {
  if (field !== undefined) return { field, appearance: { lines } }
  return lines.length > 0 ? { appearance: { page: 0, rect: seenAt, lines } } : {}
}

/** At the foot of the first page, on the left. */
const seenAt = [56, 40, 320, 110] as const

/** Asks for the signature as any signature application would; gives where the officer confirms. */
async function askToConfirm(
  { signing, desk }: DocumentSigningOptions,
  { id, credential, about }: SigningDocument,
  digest: Uint8Array,
): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: deskClient,
    redirect_uri: `${desk}${deskReturn}`,
    scope: 'credential',
    state: id,
    code_challenge: createHash('sha256').update(about.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    credentialID: credential,
    numSignatures: '1',
    hashes: Buffer.from(digest).toString('base64url'),
    hashAlgorithmOID: '2.16.840.1.101.3.4.2.1',
    description: about.name,
  })
  const request = { method: 'GET', path: '/oauth2/authorize', headers: {}, body: new Uint8Array() }
  const { headers } = await signing.authorization.handler({ ...request, query: query.toString() })
  const { location } = headers
  if (location === undefined) throw new Problem(signingRoomProblems['signing-declined'])
  return location
}

async function sign(
  options: DocumentSigningOptions,
  document: SigningDocument & { readonly content: Uint8Array },
  code: string,
): Promise<Uint8Array> {
  const { signing, clock } = options
  const token = await tokenFor(options, document, code)
  const key = await cscKey({
    baseUrl: 'http://localhost',
    credentialId: document.credential,
    token: () => token,
    authorize: () => ({ sad: token }),
    post: inProcess(signing.service),
  })
  const ready = await prepared(options, document, document.content, key)
  return completeSignature(ready, await key.sign(ready.toBeSigned), { time: clock() })
}

async function tokenFor(
  { signing, desk }: DocumentSigningOptions,
  { about }: SigningDocument,
  code: string,
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: deskClient,
    redirect_uri: `${desk}${deskReturn}`,
    code,
    code_verifier: about.verifier,
  })
  const { body } = await signing.authorization.handler({
    method: 'POST',
    path: '/oauth2/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString()),
  })
  const { access_token: token }: { access_token?: string } = JSON.parse(Buffer.from(body).toString())
  if (token === undefined) throw new Problem(signingRoomProblems['signing-declined'])
  return token
}

/** The service in the same process, reached as over HTTP. */
function inProcess(service: Handler): NonNullable<Parameters<typeof cscKey>[0]['post']> {
  return async ({ url, headers, body }) => {
    const { pathname: path } = new URL(url)
    const { status, body: answer } = await service({ method: 'POST', path, headers, body: Buffer.from(body) })
    return { status, body: answer }
  }
}
