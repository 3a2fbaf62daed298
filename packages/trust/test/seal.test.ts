import { createDecipheriv, createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyedHash, Sealer } from '../src/index.ts'
import { DerivedKeys } from '../src/seal/xaes.ts'

const key = (fill: number) => Buffer.alloc(32, fill)
const sealer = new Sealer(new Map([[1, key(1)]]), 1)
const aad = Buffer.from('evidence/42')

describe('the sealer', () => {
  it('opens what it sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.uint8Array({ maxLength: 50 }), (plain, bound) => {
        expect(sealer.open(sealer.seal(plain, bound), bound).equals(plain)).toBe(true)
      }),
    )
  })

  it('refuses any flipped bit', () => {
    const plain = Buffer.from('ข้อมูลส่วนบุคคล')
    fc.assert(
      fc.property(fc.nat(), (at) => {
        const sealed = sealer.seal(plain, aad)
        const bit = at % (sealed.length * 8)
        sealed[bit >> 3] = (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => sealer.open(sealed, aad)).toThrow('sealed-unreadable')
      }),
    )
  })

  it('refuses sealed data that was cut, lengthened, or moved to another place', () => {
    const sealed = sealer.seal(Buffer.from('text'), aad)
    for (let length = 0; length < sealed.length; length++) {
      expect(() => sealer.open(sealed.subarray(0, length), aad)).toThrow('sealed-unreadable')
    }
    expect(() => sealer.open(Buffer.concat([sealed, Buffer.of(0)]), aad)).toThrow('sealed-unreadable')
    expect(() => sealer.open(sealed, Buffer.from('evidence/43'))).toThrow('sealed-unreadable')
  })

  it('reads old versions and seals with the current one', () => {
    const old = sealer.seal(Buffer.from('old'), aad)
    const both = new Sealer(
      new Map([
        [1, key(1)],
        [2, key(2)],
      ]),
      2,
    )
    expect(both.open(old, aad).toString()).toBe('old')
    expect(both.seal(Buffer.from('new'), aad)[0]).toBe(2)
    expect(() => sealer.open(both.seal(Buffer.from('new'), aad), aad)).toThrow('sealed-unreadable')
  })

  it('binds the version, even between versions with the same key', () => {
    const twins = new Sealer(
      new Map([
        [1, key(1)],
        [2, key(1)],
      ]),
      1,
    )
    const sealed = twins.seal(Buffer.from('text'), aad)
    sealed[0] = 2
    expect(() => twins.open(sealed, aad)).toThrow('sealed-unreadable')
  })

  it('uses no nonce twice, and derives a new key from time to time', () => {
    const nonces = Array.from({ length: 3000 }, () => sealer.seal(Buffer.of(), aad).toString('hex', 1, 25))
    expect(new Set(nonces).size).toBe(3000)
    expect(new Set(nonces.map((nonce) => nonce.slice(0, 24))).size).toBeGreaterThanOrEqual(3)
    expect(new Set(nonces.map((nonce) => nonce.slice(24))).size).toBe(3000)
  })

  it('is XAES-256-GCM: what it sealed opens with the key that the nonce chooses', () => {
    const sealed = sealer.seal(Buffer.from('text'), aad)
    const { key: derived, nonce } = new DerivedKeys(key(1)).derive(sealed.subarray(1, 25))
    const decipher = createDecipheriv('aes-256-gcm', derived, nonce)
    decipher.setAAD(Buffer.concat([Buffer.of(1), aad])).setAuthTag(sealed.subarray(-16))
    const plain = Buffer.concat([decipher.update(sealed.subarray(25, -16)), decipher.final()])
    expect(plain.toString()).toBe('text')
  })

  it('refuses keys of another length and versions that do not fit a byte', () => {
    expect(() => new Sealer(new Map([[1, Buffer.alloc(16)]]), 1)).toThrow(TypeError)
    expect(() => new Sealer(new Map([[256, key(1)]]), 256)).toThrow(TypeError)
    expect(() => new Sealer(new Map([[1, key(1)]]), 2)).toThrow(TypeError)
  })
})

describe('the keyed hash', () => {
  it('is HMAC-SHA-256 (RFC 4231, test case 2)', () => {
    expect(keyedHash(Buffer.from('Jefe'), 'what do ya want for nothing?').toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
    expect(keyedHash(key(1), 'x')).not.toEqual(createHash('sha256').update('x').digest())
  })
})
