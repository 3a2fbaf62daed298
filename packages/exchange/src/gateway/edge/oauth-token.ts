import { createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { exchangeProblem } from '../../problems.ts'
import { findOauthClient, saveAccessToken } from '../store/credentials.ts'
import { hashSecret, isSecret, newSecret } from './client-secret.ts'

const lifeSeconds = 600

/** A new OAuth client's secret, and the salted hash that is kept of it. */
export async function newClientSecret(): Promise<{ secret: string; secretHash: string }> {
  const secret = newSecret()
  return { secret, secretHash: await hashSecret(secret) }
}

/** A token answer (RFC 6749 §5.1). */
export interface TokenAnswer {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
}

/**
 * The client credentials grant (RFC 6749 §4.4). `form` is the request's body; the client's id and secret are there,
 * or in `authorization` (HTTP Basic). Throws `credential-unknown`, or `request-invalid` for another grant type.
 */
export async function issueToken(
  pool: Pool,
  form: URLSearchParams,
  authorization: string | undefined,
): Promise<TokenAnswer> {
  if (form.get('grant_type') !== 'client_credentials') {
    throw exchangeProblem('request-invalid', {
      detail: {
        th: 'grant_type ต้องเป็น client_credentials',
        en: 'grant_type must be client_credentials',
      },
    })
  }
  const { id, secret } = basic(authorization) ?? {
    id: form.get('client_id') ?? '',
    secret: form.get('client_secret') ?? '',
  }
  const client = isUuid(id) ? await findOauthClient(pool, id) : undefined
  if (!(await isSecret(secret, client?.secretHash)) || !client) throw exchangeProblem('credential-unknown')
  const token = randomBytes(32).toString('base64url')
  await saveAccessToken(pool, createHash('sha256').update(token).digest(), client.credential.id, lifeSeconds)
  return { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds }
}

/** Anything else is no client's id, and need not trouble the database. */
function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
}

function basic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':')
  return { id: decodeForm(id), secret: decodeForm(secret) }
}

function decodeForm(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? ''
}
