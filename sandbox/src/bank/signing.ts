import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type webcrypto,
} from 'node:crypto'
import type { Pool } from '@sapan/kernel'

/** A public key as the bank publishes it (RFC 7517). */
export interface BankKey extends webcrypto.JsonWebKey {
  readonly kid: string
  readonly alg: 'ES256'
  readonly use: 'sig'
}

interface KeyRow {
  readonly kid: string
  readonly private: webcrypto.JsonWebKey
}

/** Makes the bank's key where there is none yet; processes that do so at once keep one. */
export async function ensureKey(pool: Pool): Promise<void> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await pool.query(
    `insert into money.signing_key (kid, private, made_at) values ('bank-1', $1, now()) on conflict do nothing`,
    [JSON.stringify(privateKey.export({ format: 'jwk' }))],
  )
}

/** The keys with which the bank's messages are checked (JWK set). */
export async function publicKeys(pool: Pool): Promise<{ keys: BankKey[] }> {
  const { rows } = await pool.query<KeyRow>('select kid, private from money.signing_key order by kid')
  const keys = rows.map(({ kid, private: own }): BankKey => {
    const key = createPublicKey(createPrivateKey({ key: own, format: 'jwk' })).export({ format: 'jwk' })
    return { ...key, kid, alg: 'ES256', use: 'sig' }
  })
  return { keys }
}

/** Signs a body: `<protected header>..<signature>`, ES256 (RFC 7515, appendix F), with the time and a fresh nonce. */
export type SignBody = (body: Uint8Array, at: number) => string

export async function signerOf(pool: Pool): Promise<SignBody> {
  const { rows } = await pool.query<KeyRow>(
    'select kid, private from money.signing_key order by made_at desc limit 1',
  )
  const [row] = rows
  if (row === undefined) throw new Error('the bank has no key')
  const key = createPrivateKey({ key: row.private, format: 'jwk' })
  return (body, at) => {
    const header = {
      alg: 'ES256',
      kid: row.kid,
      typ: 'bank-message+jws',
      iat: Math.floor(at / 1000),
      nonce: randomBytes(16).toString('base64url'),
    }
    const head = Buffer.from(JSON.stringify(header)).toString('base64url')
    const input = Buffer.from(`${head}.${Buffer.from(body).toString('base64url')}`)
    return `${head}..${sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
}
