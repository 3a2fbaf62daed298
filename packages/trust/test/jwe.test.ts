import { randomBytes } from 'node:crypto'
import * as jose from 'jose'
import { describe, expect, it } from 'vitest'
import { agreementJwk, agreementKey, openSealedTo, sealTo } from '../src/index.ts'

const key = agreementKey(randomBytes(32))
const text = 'สวัสดี {"a":1}'

describe('what is encrypted to a key', () => {
  it('is read by whoever has its private half, and by nobody else', async () => {
    const jwe = await sealTo(agreementJwk(key), text)
    expect(await openSealedTo(key, jwe)).toBe(text)
    expect(await openSealedTo(agreementKey(randomBytes(32)), jwe)).toBeUndefined()
    expect(await sealTo(agreementJwk(key), text)).not.toBe(jwe)
  })

  it('is a JWE that others read, and reads theirs', async () => {
    const opened = await jose.compactDecrypt(await sealTo(agreementJwk(key), text), key)
    expect(Buffer.from(opened.plaintext).toString()).toBe(text)
    const theirs = await new jose.CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
      .encrypt(await jose.importJWK({ ...agreementJwk(key) }, 'ECDH-ES'))
    expect(await openSealedTo(key, theirs)).toBe(text)
  })

  it('tells its public key without the private one', () => {
    expect(Object.keys(agreementJwk(key)).sort()).toEqual(['crv', 'kty', 'x'])
  })

  it('is read no more when any part of it was changed', async () => {
    const parts = (await sealTo(agreementJwk(key), text)).split('.')
    for (const at of parts.keys()) {
      const changed = parts.map((part, n) =>
        n === at ? `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}` : part,
      )
      expect(await openSealedTo(key, changed.join('.')), `part ${at}`).toBeUndefined()
    }
    const short = parts.with(4, (parts[4] ?? '').slice(0, 6)).join('.')
    for (const none of ['', '....', 'x', short, `${parts.join('.')}.`])
      expect(await openSealedTo(key, none)).toBeUndefined()
  })
})
