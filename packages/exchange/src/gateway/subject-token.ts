import { createPublicKey } from 'node:crypto'
import { type ReadJws, readJws, type Signer, signJws } from '@sapan/trust'
import type { DirectoryView } from '../directory/view.ts'
import { exchangeProblem } from '../problems.ts'

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
  const { payload, verify } = readToken(jws)
  const { iss, sub, aud, iat, exp, jti } = payload
  const issuer = view.directory.subjectTokens.find((known) => known.issuer === iss)
  const seconds = now / 1000
  if (
    !issuer ||
    typeof sub !== 'string' ||
    typeof jti !== 'string' ||
    typeof iat !== 'number' ||
    typeof exp !== 'number' ||
    aud !== audience ||
    iat > seconds + skew ||
    exp < seconds ||
    exp - iat > longestLife ||
    !verify(createPublicKey({ key: { ...issuer.jwk }, format: 'jwk' }))
  ) {
    throw exchangeProblem('subject-token-invalid')
  }
  return { issuer: issuer.issuer, subject: sub, audience, tokenId: jti, expires: exp * 1000 }
}

function readToken(jws: string): ReadJws {
  try {
    return readJws(jws, { type: subjectTokenType })
  } catch (cause) {
    throw exchangeProblem('subject-token-invalid', { cause })
  }
}
