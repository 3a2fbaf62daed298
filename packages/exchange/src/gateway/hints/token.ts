import { type Signer, signJws } from '@sapan/trust'
import type { DirectoryView } from '../../directory/view.ts'
import { exchangeProblem } from '../../problems.ts'
import { readIssued } from '../../tokens/issued.ts'

/** The JWS `typ` of a token by which an issuer fetches the hints that are for it. */
export const hintsTokenType = 'sapan-hints+jwt'

/** A token is for one question, asked now (seconds). */
const life = 60
const skew = 5

export interface HintsToken {
  readonly issuer: string
  readonly tokenId: string
  /** Milliseconds since 1970. */
  readonly expires: number
}

/** Signs a token for one gateway (RFC 7519). `now` in milliseconds. */
export function signHintsToken(
  token: { issuer: string; audience: string; tokenId: string },
  { signer, now }: { signer: Signer; now: number },
): string {
  const iat = Math.floor(now / 1000)
  const { issuer, audience, tokenId } = token
  return signJws(
    { iss: issuer, aud: audience, jti: tokenId, iat, exp: iat + life },
    { signer, type: hintsTokenType },
  )
}

/**
 * Reads a token that an issuer of the directory has signed for this gateway. Throws `hints-token-invalid`, whatever is wrong
 * with it. That it was not used before, the caller must still check by `tokenId`.
 */
export function readHintsToken(
  jws: string,
  { view, audience, now }: { view: DirectoryView; audience: string; now: number },
): HintsToken {
  const refusal = 'hints-token-invalid'
  const { issuer, payload } = readIssued(jws, { view, type: hintsTokenType, refusal })
  const { aud, iat, exp, jti } = payload
  const seconds = now / 1000
  const isGood =
    typeof jti === 'string' &&
    typeof iat === 'number' &&
    typeof exp === 'number' &&
    aud === audience &&
    iat <= seconds + skew &&
    exp >= seconds &&
    exp - iat <= life
  if (!isGood) throw exchangeProblem(refusal)
  return { issuer: issuer.issuer, tokenId: jti, expires: exp * 1000 }
}
