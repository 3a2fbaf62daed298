import { createHash, randomBytes } from 'node:crypto'
import { Sealer } from '@sapan/trust'

/** A secret that is told once: in a link, or as a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function isSecret(text: string | undefined): text is string {
  return text !== undefined && /^[A-Za-z0-9_-]{43}$/.test(text)
}

/** Under what the database finds it. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(`found ${secret}`).digest()
}

/** The token by which its holder acts, readable with their secret alone: the database by itself lets nobody in. */
export function sealToken(secret: string, token: string): Buffer {
  return sealerOf(secret).seal(Buffer.from(token), hashOf(secret))
}

export function openToken(secret: string, sealed: Buffer): string {
  return sealerOf(secret).open(sealed, hashOf(secret)).toString()
}

function sealerOf(secret: string): Sealer {
  return new Sealer(new Map([[1, createHash('sha256').update(`sealed ${secret}`).digest()]]), 1)
}
