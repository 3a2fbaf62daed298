import type { KeyObject } from 'node:crypto'
import { type JsonObject, openSealedTo, sealTo } from '@sapan/trust'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** That there is something new to see for a person: nothing of what it is, of why, or by whom. */
export interface AccessHint {
  /** The identifier by which services know the person. */
  readonly subject: string
  /** Milliseconds since 1970, to the second. */
  readonly at: number
  /** Whether an officer's access was out of the usual, and the person may be told so. */
  readonly unusual: boolean
}

/** Hints are of one length, which says nothing. */
const length = 160

const Payload = Compile(
  Type.Object({
    sub: Type.String({ minLength: 1, maxLength: 64 }),
    at: Type.Integer(),
    unusual: Type.Boolean(),
  }),
)

/** Encrypts a hint to the issuer whose key it is; undefined where the person's identifier is too long for one. */
export async function sealHint(jwk: JsonObject, hint: AccessHint): Promise<string | undefined> {
  const { subject, unusual } = hint
  const text = JSON.stringify({ sub: subject, at: Math.floor(hint.at / 1000), unusual })
  return Buffer.byteLength(text) > length ? undefined : await sealTo(jwk, padded(text))
}

/** The hint in a JWE; undefined where it is none that was meant for this key. */
export async function openHint(key: KeyObject, jwe: string): Promise<AccessHint | undefined> {
  const text = await openSealedTo(key, jwe)
  const read = text === undefined ? undefined : parsed(text)
  if (!Payload.Check(read)) return undefined
  return { subject: read.sub, at: read.at * 1000, unusual: read.unusual }
}

/** JSON may end in blanks. */
function padded(text: string): string {
  return text + ' '.repeat(length - Buffer.byteLength(text))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
