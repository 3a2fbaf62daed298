import { agreementJwk, agreementKey } from '@sapan/trust'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { exchangeProblem } from '../../problems.ts'

/** For whom the file of a member that moves is encrypted: the gateway that waits for it. Holds no secret. */
export interface MovingKey {
  readonly gateway: string
  readonly jwk: { readonly kty: string; readonly crv: string; readonly x: string }
}

const prefix = 'sapan-moving.'

const shape = Compile(
  Type.Object({
    gateway: Type.String({ minLength: 1, maxLength: 256 }),
    jwk: Type.Object({
      kty: Type.Literal('OKP'),
      crv: Type.Literal('X25519'),
      x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    }),
  }),
)

/** The key of a gateway's secret, as people copy it. */
export function formatMovingKey(gateway: string, secret: Buffer): string {
  const jwk = agreementJwk(agreementKey(secret))
  return prefix + Buffer.from(JSON.stringify({ gateway, jwk })).toString('base64url')
}

/** Throws Problem `request-invalid`. */
export function readMovingKey(text: string): MovingKey {
  const pasted = text.replaceAll(/\s/g, '')
  try {
    const value: unknown = JSON.parse(Buffer.from(pasted.slice(prefix.length), 'base64url').toString())
    if (pasted.startsWith(prefix) && shape.Check(value)) return value
  } catch {
    // Whatever is wrong with it, it is no key.
  }
  throw exchangeProblem('request-invalid', {
    detail: {
      th: 'key ต้องเป็นข้อความ sapan-moving.… จากเกตเวย์ใหม่',
      en: 'key must be the text sapan-moving.… of the new gateway',
    },
  })
}
