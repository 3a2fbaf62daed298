import { createHash } from 'node:crypto'
import { type Pool, Problem } from '@sapan/kernel'
import type { HandlerAnswer, Sealer, SignIn, TokenRequest } from '@sapan/trust'
import type { Levels } from '../levels/level.ts'
import type { OfficersCountry } from '../officers/country.ts'
import { signingRoomProblems } from '../problems/signing.ts'

export interface SigningRequestsOptions {
  readonly pool: Pool
  readonly clock: () => number
  readonly sealer: Sealer
  readonly levels: Levels
  readonly country: Pick<OfficersCountry, 'signing'>
  /** The page on which officers confirm, without its ticket: `https://desk.example.go.th/desk/signing/confirm`. */
  readonly page: string
}

/** Who confirms: as the face knows its visitor. */
export interface Signer {
  readonly account: string
  readonly level: { readonly ial: string; readonly aal: string }
  /** When they last proved that it is them; milliseconds since 1970. */
  readonly authenticatedAt: number
}

/** What waits for an officer's confirmation. */
export interface SigningRequest {
  readonly request: TokenRequest
  readonly askedAt: number
}

/** Requests of signature applications, each under its ticket, until an officer confirms with their authenticator. */
export interface SigningRequests {
  readonly signIn: SignIn
  /** Throws `signing-request-over`. */
  show(ticket: string): Promise<SigningRequest>
  /**
   * Refuses somebody who did not prove themselves surely enough, or not since they were asked: `signing-authenticator-weak`,
   * `signing-confirmation-stale`, `signing-request-over`.
   */
  checkConfirmed(ticket: string, signer: Signer): Promise<SigningRequest>
}

const holdsMs = 10 * 60_000

export function createSigningRequests(options: SigningRequestsOptions): SigningRequests {
  return {
    signIn: { begin: (ticket, request) => begin(options, ticket, request) },
    show: (ticket) => show(options, ticket),
    checkConfirmed: async (ticket, signer) => {
      const found = await show(options, ticket)
      // Somebody who only wants to see which keys they have, signs nothing.
      if (found.request.signing) checkProved(options, signer, found.askedAt)
      return found
    },
  }
}

/** Under which a request lies: the hash of its ticket. */
export const nameOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex')
/** To what its sealed content is bound. */
export const placeOf = (name: string): Buffer => Buffer.from(`signing_request.content ${name}`)

async function begin(
  { pool, clock, sealer, page }: SigningRequestsOptions,
  ticket: string,
  request: TokenRequest,
): Promise<HandlerAnswer> {
  const name = nameOf(ticket)
  const now = clock()
  await pool.query('delete from identity.signing_request where until < $1', [new Date(now)])
  await pool.query(
    'insert into identity.signing_request (name, content_sealed, asked_at, until) values ($1, $2, $3, $4)',
    [
      name,
      sealer.seal(Buffer.from(JSON.stringify(request)), placeOf(name)),
      new Date(now),
      new Date(now + holdsMs),
    ],
  )
  const headers = { location: `${page}/${ticket}`, 'cache-control': 'no-store' }
  return { status: 302, headers, body: new Uint8Array() }
}

async function show(
  { pool, clock, sealer }: SigningRequestsOptions,
  ticket: string,
): Promise<SigningRequest> {
  const name = nameOf(ticket)
  const { rows } = await pool.query<{ content_sealed: Buffer; asked_at: Date }>(
    'select content_sealed, asked_at from identity.signing_request where name = $1 and until > $2',
    [name, new Date(clock())],
  )
  const [row] = rows
  if (!row) throw new Problem(signingRoomProblems['signing-request-over'])
  const request: TokenRequest = JSON.parse(sealer.open(row.content_sealed, placeOf(name)).toString())
  return { request, askedAt: row.asked_at.getTime() }
}

/** A time of authentication has whole seconds (OpenID Connect Core §2, auth_time). */
const secondMs = 1000

/** Throws `signing-confirmation-stale`, `signing-authenticator-weak`. */
export function checkProved(
  { levels, country, clock }: Pick<SigningRequestsOptions, 'levels' | 'country' | 'clock'>,
  { level, authenticatedAt }: Signer,
  askedAt: number,
): void {
  const { aal, freshSeconds } = country.signing
  const isSince = authenticatedAt + secondMs > askedAt
  if (!isSince || clock() - authenticatedAt > freshSeconds * secondMs) {
    throw new Problem(signingRoomProblems['signing-confirmation-stale'])
  }
  if (!levels.meets(level, { aal })) throw new Problem(signingRoomProblems['signing-authenticator-weak'])
}
