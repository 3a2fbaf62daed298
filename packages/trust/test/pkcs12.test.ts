import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derFromBer } from '../src/der/ber.ts'
import { DerError } from '../src/der/read.ts'
import { element } from '../src/der/write.ts'
import { fileKey, verifyKeySignature } from '../src/index.ts'
import { Password } from '../src/signing/pkcs12/password.ts'
import { flipped } from './authority.ts'
import { codeOf } from './test-keys.ts'

// The files were written by `openssl pkcs12 -export` (3.0) with a key made for them.

const file = (name: string) => readFileSync(new URL(`fixtures/pkcs12/${name}.p12`, import.meta.url))
const password = 'รหัส1234'

describe('a PKCS#12 file', () => {
  it.each([
    ['with AES-256 and PBKDF2', 'modern'],
    ['with RC2 and triple DES, as older systems write them', 'legacy'],
    ['with triple DES throughout', 'des'],
    ['without a MAC', 'nomac'],
  ])('%s gives key, certificate and chain', async (_, name) => {
    const key = fileKey({ pkcs12: file(name), password })
    const { publicKey, subject } = new X509Certificate(key.certificate)
    expect(subject).toBe('C=TH\nCN=Officer')
    expect(key.chain).toHaveLength(name === 'nomac' ? 0 : 1)
    const data = Buffer.from('หนังสือ')
    expect(verifyKeySignature('ecdsa-sha256', publicKey, data, await key.sign(data))).toBe(true)
  })

  it.each(['modern', 'legacy', 'des', 'nomac'])('%s does not open with another password', async (name) => {
    for (const wrong of ['', 'password', `${password} `]) {
      expect(await codeOf(() => fileKey({ pkcs12: file(name), password: wrong }))).toBe(
        'signing-key-password',
      )
    }
  })

  it('without a key, and what is no such file, cannot be read', async () => {
    for (const pkcs12 of [
      file('nokey'),
      Buffer.from('no PFX'),
      Buffer.alloc(0),
      file('modern').subarray(0, -1),
    ]) {
      expect(await codeOf(() => fileKey({ pkcs12, password }))).toBe('signing-key-unreadable')
    }
  })

  it('with open lengths, as BER has them, is read the same', () => {
    const der = file('modern')
    const open = Buffer.concat([Buffer.of(0x30, 0x80), der.subarray(4), Buffer.of(0, 0)])
    expect(fileKey({ pkcs12: open, password }).certificate).toEqual(
      fileKey({ pkcs12: der, password }).certificate,
    )
  })

  it('that asks for more work than its password is worth is refused at once', async () => {
    for (const name of ['modern', 'legacy']) {
      const begun = performance.now()
      expect(await codeOf(() => fileKey({ pkcs12: withRounds(file(name), 0x7fffff), password }))).toBe(
        'signing-key-unreadable',
      )
      // A file of a hundred parts would ask for the work of each.
      expect(performance.now() - begun).toBeLessThan(5000)
    }
  })

  it('may have many parts, whose work counts together', () => {
    const secret = new Password('x')
    expect(() => {
      for (let part = 0; part < 100; part++) secret.spend(100_000)
    }).toThrow(DerError)
  })

  it('with a byte changed opens with its own problem, or with the very same key', async () => {
    const whole = file('modern')
    const { certificate } = fileKey({ pkcs12: whole, password })
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const found = await codeOf(() => fileKey({ pkcs12: flipped(whole, at, bit), password }).certificate)
        if (found instanceof Uint8Array) return Buffer.from(found).equals(certificate)
        return typeof found === 'string' && found.startsWith('signing-')
      }),
      { numRuns: 150 },
    )
  })
})

/** The file with each of its 2048 rounds (02 02 08 00) made that many, in three bytes, and all lengths put right. */
function withRounds(pfx: Buffer, rounds: number): Buffer {
  const changed = (bytes: Buffer): Buffer => {
    const parts: Buffer[] = []
    for (let at = 0; at < bytes.length; ) {
      const found = readElementAt(bytes, at)
      at += found.whole.length
      if (found.whole.toString('hex') === '02020800') {
        const value = Buffer.alloc(3)
        value.writeUIntBE(rounds, 0, 3)
        parts.push(Buffer.concat([Buffer.of(0x02, 3), value]))
      } else if (found.tag === 0x30 || found.tag === 0xa0) {
        parts.push(element(found.tag, changed(found.content)))
      } else parts.push(found.whole)
    }
    return Buffer.concat(parts)
  }
  return changed(pfx)
}

function readElementAt(bytes: Buffer, at: number): { tag: number; content: Buffer; whole: Buffer } {
  const [tag = 0, first = 0] = bytes.subarray(at)
  const more = first < 0x80 ? 0 : first & 0x7f
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more)
  const start = at + 2 + more
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) }
}

describe('BER', () => {
  it('in pieces is joined', () => {
    const pieces = Buffer.from('2480040101040202030000', 'hex')
    expect(derFromBer(pieces).toString('hex')).toBe('0403010203')
    expect(derFromBer(Buffer.from('3081020500', 'hex')).toString('hex')).toBe('30020500')
  })

  it('that is cut off, too deep or has bytes after its end is refused', () => {
    for (const bad of ['', '30', '3080', '308005', '0480', '0500ff', '3085', '1f00', '30'.repeat(2)]) {
      expect(() => derFromBer(Buffer.from(bad, 'hex'))).toThrow(DerError)
    }
    expect(() => derFromBer(Buffer.from('3080'.repeat(100_000), 'hex'))).toThrow(DerError)
  })
})
