import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { integer, octets, oid, sequence } from '../src/der/write.ts'
import {
  defaultKeyAlgorithm,
  fileKey,
  fitsAlgorithm,
  issueDocumentCertificate,
  type PemKeyOptions,
  verifyKeySignature,
} from '../src/index.ts'
import { now, TestDocumentAuthority } from './document-authority.ts'
import { codeOf, testPrivateKey } from './test-keys.ts'

const content = Buffer.from('หนังสือ')

async function certified(privateKey: KeyObject): Promise<PemKeyOptions> {
  const { issuer } = await TestDocumentAuthority.create()
  const certificate = await issueDocumentCertificate(issuer, {
    publicKey: createPublicKey(privateKey),
    subject: { commonName: 'x' },
    now,
    days: 9,
  })
  return { pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate }
}

describe('a key in a PEM file', () => {
  it('may have the form of its kind, and be encrypted', async () => {
    const privateKey = testPrivateKey('ecdsa-sha256')
    const { certificate } = await certified(privateKey)
    const encrypted = { cipher: 'aes-256-cbc', passphrase: 'รหัสผ่าน' }
    const forms = [
      privateKey.export({ type: 'sec1', format: 'pem' }),
      privateKey.export({ type: 'sec1', format: 'pem', ...encrypted }),
      privateKey.export({ type: 'pkcs8', format: 'pem', ...encrypted }),
    ]
    for (const pem of forms) {
      const key = fileKey({ pem: `เขียนไว้ข้างหน้า\r\n${pem}`, certificate, password: 'รหัสผ่าน' })
      const signature = await key.sign(content)
      expect(verifyKeySignature('ecdsa-sha256', createPublicKey(privateKey), content, signature)).toBe(true)
    }
  })

  it('of a curve that is written out is the same key', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' })
    const key = fileKey(await certified(privateKey))
    expect(key.algorithm).toBe('ecdsa-sha256')
    const signature = await key.sign(content)
    expect(verifyKeySignature(key.algorithm, createPublicKey(privateKey), content, signature)).toBe(true)
  })

  it.each([
    ['RSA of 1024 bits', () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey],
    ['another curve', () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey],
    ['DSA', () => generateKeyPairSync('dsa', { modulusLength: 2048 }).privateKey],
  ])('of %s is refused', async (_, make) => {
    const { certificate } = await certified(testPrivateKey('ecdsa-sha256'))
    const pem = make().export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(await codeOf(() => fileKey({ pem, certificate }))).toBe('signing-key-unsupported')
  })

  it('that is not of the certificate is refused', async () => {
    const { certificate } = await certified(testPrivateKey('ecdsa-sha256'))
    const { pem } = await certified(testPrivateKey('ecdsa-sha256', 'other'))
    expect(await codeOf(() => fileKey({ pem, certificate }))).toBe('signing-certificate-mismatch')
  })

  it.each([
    [
      'PBKDF2',
      sequence(oid('1.2.840.113549.1.5.12'), sequence(octets(Buffer.alloc(8)), integer(2_000_000_000))),
    ],
    [
      'scrypt',
      sequence(
        oid('1.3.6.1.4.1.11591.4.11'),
        sequence(octets(Buffer.alloc(8)), integer(16_384), integer(8), integer(100_000)),
      ),
    ],
  ])('that asks for hours of %s is refused at once', async (_, derivation) => {
    const { certificate } = await certified(testPrivateKey('ecdsa-sha256'))
    const cipher = sequence(oid('2.16.840.1.101.3.4.1.42'), octets(Buffer.alloc(16)))
    const scheme = sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, cipher))
    const base64 = sequence(scheme, octets(Buffer.alloc(128))).toString('base64')
    const pem = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${base64.match(/.{1,64}/g)?.join('\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`
    expect(await codeOf(() => fileKey({ pem, certificate, password: 'x' }))).toBe('signing-key-unreadable')
  })
})

describe('an RSA key with which everyone signs', () => {
  const { n = '' } = createPublicKey(testPrivateKey('rsa-pkcs1-sha256')).export({ format: 'jwk' })
  const withExponent = (e: string) => createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' })

  it.each([
    ['1', 'AQ'],
    ['2', 'Ag'],
  ])('because its exponent is %s, is none', async (_, e) => {
    const key = withExponent(e)
    expect(await codeOf(() => defaultKeyAlgorithm(key))).toBe('signing-key-unsupported')
    expect(fitsAlgorithm(key, 'rsa-pkcs1-sha256')).toBe(false)
  })

  it('and what everyone signed with it does not verify', () => {
    const digest = createHash('sha256').update(content).digest()
    const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest])
    const forged = Buffer.concat([
      Buffer.of(0, 1),
      Buffer.alloc(256 - 3 - info.length, 0xff),
      Buffer.of(0),
      info,
    ])
    expect(verifyKeySignature('rsa-pkcs1-sha256', withExponent('AQ'), content, forged)).toBe(false)
  })

  it('the usual ones stay', () => {
    for (const e of ['Aw', 'AQAB']) expect(fitsAlgorithm(withExponent(e), 'rsa-pkcs1-sha256')).toBe(true)
  })
})
