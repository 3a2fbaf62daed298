import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../problems.ts'

/** What a join token says. Whoever holds it may join once as this gateway for these members. */
export interface JoinToken {
  /** The center's public URL. */
  readonly center: string
  /** The root's, lower-case hex SHA-256: by it the joiner knows the center. */
  readonly fingerprint: string
  /** 32 random bytes in base64url. */
  readonly secret: string
  readonly gateway: string
  readonly members: readonly string[]
}

const prefix = 'sapan-join.'

const shape = Compile(
  Type.Object({
    center: Type.String({ pattern: '^https://', maxLength: 2048 }),
    fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    secret: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    gateway: Type.String({ minLength: 1, maxLength: 256 }),
    members: Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { minItems: 1, maxItems: 1000 }),
  }),
)

/** `sapan-join.` and the token's JSON in base64url. */
export function formatJoinToken(token: JoinToken): string {
  return prefix + Buffer.from(JSON.stringify(token)).toString('base64url')
}

/** Reads a join token as a person pasted it. Throws Problem `join-token-malformed`. */
export function openJoinToken(text: string): JoinToken {
  const pasted = text.replaceAll(/\s/g, '')
  if (!pasted.startsWith(prefix)) throw exchangeProblem('join-token-malformed')
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(pasted.slice(prefix.length), 'base64url').toString())
  } catch (cause) {
    throw exchangeProblem('join-token-malformed', { cause })
  }
  if (!shape.Check(value) || !URL.canParse(value.center)) throw exchangeProblem('join-token-malformed')
  return value
}
