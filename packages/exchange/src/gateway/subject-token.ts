import { type Signer, signJws } from '@sapan/trust'
import type { DirectoryView } from '../directory/view.ts'
import { exchangeProblem } from '../problems.ts'
import { readIssued } from '../tokens/issued.ts'

/** The JWS `typ` of a token by which a person asks who looked at their data. */
export const subjectTokenType = 'sapan-subject+jwt'

/** A token is for one question, asked now (seconds). */
const longestLife = 120
const skew = 5

export interface SubjectToken {
  readonly issuer: string
  /** The person's identifier, as services know it. */
  readonly subject: string
  /** The gateway that is asked. */
  readonly audience: string
  readonly tokenId: string
  /** Milliseconds since 1970. */
  readonly expires: number
}

/** Signs a token for one person and one gateway (RFC 7519). `now` in milliseconds. */
export function signSubjectToken(
  token: { issuer: string; subject: string; audience: string; tokenId: string },
  { signer, now }: { signer: Signer; now: number },
): string {
  const issuedAt = Math.floor(now / 1000)
  return signJws(
    {
      iss: token.issuer,
      sub: token.subject,
      aud: token.audience,
      jti: token.tokenId,
      iat: issuedAt,
      exp: issuedAt + 60,
    },
    { signer, type: subjectTokenType },
  )
}

/**
 * Reads a token signed by an issuer that the directory names. Throws `subject-token-invalid`, whatever is wrong
 * with it. That it was not used before, the caller must still check by `tokenId`.
 */
export function readSubjectToken(
  jws: string,
  { view, audience, now }: { view: DirectoryView; audience: string; now: number },
): SubjectToken {
  const { issuer, payload } = readIssued(jws, {
    view,
    type: subjectTokenType,
    refusal: 'subject-token-invalid',
  })
  const { sub, aud, iat, exp, jti } = payload
  const seconds = now / 1000
  if (
    typeof sub !== 'string' ||
    typeof jti !== 'string' ||
    typeof iat !== 'number' ||
    typeof exp !== 'number' ||
    aud !== audience ||
    iat > seconds + skew ||
    exp < seconds ||
    exp - iat > longestLife
  ) {
    throw exchangeProblem('subject-token-invalid')
  }
  return { issuer: issuer.issuer, subject: sub, audience, tokenId: jti, expires: exp * 1000 }
}
