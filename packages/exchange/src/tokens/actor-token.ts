import type { Text } from '@sapan/kernel'
import { type JsonObject, type Signer, signJws } from '@sapan/trust'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'
import { type IssuerView, readIssued } from './issued.ts'
import { readStatusClaim, type StatusRef, statusClaim } from './status-list.ts'

/** The JWS `typ` of a token that says who acts, which goes in the header `Sapan-Actor`. */
export const actorTokenType = 'sapan-actor+jwt'

/** As whom somebody acts: for themselves, under a mandate, as an officer, or as a helper at a counter. */
export const actorKinds = ['person', 'mandate', 'officer', 'helper'] as const

export type ActorKind = (typeof actorKinds)[number]

/** Who stands behind a call, as their issuer vouches for it. No name of a person is in it. */
export interface Actor {
  /** Opaque, the same at the same consumer: who acts, or under a mandate, for whom `act` acts. */
  readonly subject: string
  readonly kind: ActorKind
  /** Who acts in the place of the subject (RFC 8693 §4.1), opaque as well. */
  readonly act?: { readonly sub: string }
  readonly represents?: { readonly kind: 'company' | 'person'; readonly id: string }
  readonly officer?: {
    readonly agency: string
    readonly duty: string
    readonly title: Text
    readonly as?: 'acting' | 'substitute'
  }
  /** The case that is worked on. */
  readonly case?: string
  /** In what somebody acts for another: the one kind of act that was asked for (RFC 8693 §4.2), and its purposes. */
  readonly scope?: string
  readonly purposes?: readonly string[]
}

export interface ActorToken extends Actor {
  readonly issuer: string
  /** The consumer's member, whose systems may show it. */
  readonly audience: string
  readonly tokenId: string
  /** Of what it rests on: the sign-in session, the mandate or the appointment. */
  readonly status: StatusRef
  /** Of the sign-in session beside a mandate or an appointment: either's end ends the token. */
  readonly session?: StatusRef
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  readonly expires: number
}

/** No token lives longer (seconds). */
export const longestActorLife = 600
const skew = 5

/** Signs a token (RFC 7519). Throws `RangeError` where it would live too long. */
export function signActorToken(token: ActorToken, signer: Signer): string {
  const { subject, kind, act, represents, officer, scope, purposes } = token
  const [iat, exp] = [token.issuedAt, token.expires].map((at) => Math.floor(at / 1000))
  if (iat === undefined || exp === undefined || exp - iat > longestActorLife) {
    throw new RangeError('an actor token lives at most ten minutes')
  }
  return signJws(
    {
      iss: token.issuer,
      aud: token.audience,
      sub: subject,
      kind,
      ...(act ? { act } : {}),
      ...(represents ? { represents } : {}),
      ...(officer ? { officer } : {}),
      ...(token.case === undefined ? {} : { case: token.case }),
      ...(scope === undefined ? {} : { scope }),
      ...(purposes === undefined ? {} : { purposes: [...purposes] }),
      status: statusClaim(token.status),
      ...(token.session ? { session: statusClaim(token.session) } : {}),
      iat,
      exp,
      jti: token.tokenId,
    },
    { signer, type: actorTokenType },
  )
}

const short = Type.String({ minLength: 1, maxLength: 300 })
const Claims = Compile(
  Type.Object({
    aud: short,
    sub: short,
    kind: Type.Enum([...actorKinds]),
    act: Type.Optional(Type.Object({ sub: short })),
    represents: Type.Optional(Type.Object({ kind: Type.Enum(['company', 'person']), id: short })),
    officer: Type.Optional(
      Type.Object({
        agency: short,
        duty: short,
        title: Type.Object({ th: short, en: short }),
        as: Type.Optional(Type.Enum(['acting', 'substitute'])),
      }),
    ),
    case: Type.Optional(short),
    scope: Type.Optional(short),
    purposes: Type.Optional(Type.Array(short, { maxItems: 100 })),
    session: Type.Optional(Type.Unknown()),
    iat: Type.Number(),
    exp: Type.Number(),
    jti: short,
  }),
)

/**
 * Reads a token that an issuer of the directory has signed for this consumer and that is in its time. Throws Problem
 * `actor-invalid`, whatever is wrong. Whether it still stands, the caller must check by `status`.
 */
export function readActorToken(
  jws: string,
  { view, audience, now }: { view: IssuerView; audience: string; now: number },
): ActorToken {
  const { issuer, payload } = readIssued(jws, { view, type: actorTokenType, refusal: 'actor-invalid' })
  const status = readStatusClaim(payload.status)
  const session = readStatusClaim(payload.session)
  if (!Claims.Check(payload) || status === undefined || !isInTime(payload, now) || payload.aud !== audience) {
    throw exchangeProblem('actor-invalid')
  }
  const actor = readActor(payload)
  if (!actor || (payload.session !== undefined && session === undefined))
    throw exchangeProblem('actor-invalid')
  return {
    ...actor,
    issuer: issuer.issuer,
    audience,
    tokenId: payload.jti,
    status,
    ...(session ? { session } : {}),
    issuedAt: payload.iat * 1000,
    expires: payload.exp * 1000,
  }
}

/** What a token's payload says of the actor; undefined where it is none. Whether it is to be believed is not looked at. */
export function readActor(payload: JsonObject | undefined): Actor | undefined {
  if (!Claims.Check(payload)) return undefined
  const { officer, represents, act, kind, scope, purposes } = payload
  if ((kind === 'officer') !== (officer !== undefined)) return undefined
  return {
    subject: payload.sub,
    kind,
    ...(act ? { act: { sub: act.sub } } : {}),
    ...(represents ? { represents: { kind: represents.kind, id: represents.id } } : {}),
    ...(officer ? { officer: officerOf(officer) } : {}),
    ...(payload.case === undefined ? {} : { case: payload.case }),
    ...(scope === undefined ? {} : { scope }),
    ...(purposes === undefined ? {} : { purposes: [...purposes] }),
  }
}

function isInTime({ iat, exp }: JsonObject, now: number): boolean {
  if (typeof iat !== 'number' || typeof exp !== 'number') return false
  return iat <= now / 1000 + skew && exp * 1000 > now && exp > iat && exp - iat <= longestActorLife
}

function officerOf({
  agency,
  duty,
  title,
  as,
}: NonNullable<Actor['officer']>): NonNullable<Actor['officer']> {
  return { agency, duty, title: { th: title.th, en: title.en }, ...(as === undefined ? {} : { as }) }
}
