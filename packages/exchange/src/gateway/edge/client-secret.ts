import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(scrypt) as (password: string, salt: Buffer, length: number) => Promise<Buffer>

/** A secret that nobody guesses. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** The salted hash that is kept of a secret (scrypt). */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16)
  const derived = await derive(secret, salt, 32)
  return `${salt.toString('base64url')}.${derived.toString('base64url')}`
}

/** Whether a secret is the one of a hash. Without a hash the same work is done, so that time does not tell which clients exist. */
export async function isSecret(secret: string, hash: string | undefined): Promise<boolean> {
  const [salt = '', kept = ''] = (hash ?? `${'A'.repeat(22)}.${'A'.repeat(43)}`).split('.')
  const derived = await derive(secret, Buffer.from(salt, 'base64url'), 32)
  return timingSafeEqual(derived, Buffer.from(kept, 'base64url')) && hash !== undefined
}
