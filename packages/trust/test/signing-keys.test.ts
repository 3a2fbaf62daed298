import { createHash, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createDocumentRequest,
  defaultKeyAlgorithm,
  fileDigestKey,
  fileKey,
  fitsAlgorithm,
  generateKey,
  generateSigner,
  issueDocumentCertificate,
  keyAlgorithms,
  keyDigest,
  readDocumentRequest,
  signerKey,
  uncertifiedKey,
  verifyKeySignature,
  withCertificate,
} from '../src/index.ts'
import { flipped } from './authority.ts'
import { now, TestDocumentAuthority } from './document-authority.ts'
import { codeOf, testPrivateKey } from './test-keys.ts'

const content = Buffer.from('หนังสือรับรอง เลขที่ ๑๒/๒๕๖๙')

describe.each(keyAlgorithms)('a key from a file, with %s', (algorithm) => {
  it('signs what its certificate verifies, and nothing else', async () => {
    const ca = await TestDocumentAuthority.create(algorithm)
    const key = await ca.key()
    const { publicKey } = new X509Certificate(key.certificate)
    const signature = await key.sign(content)
    expect(verifyKeySignature(algorithm, publicKey, content, signature)).toBe(true)
    expect(verifyKeySignature(algorithm, publicKey, flipped(content, 3), signature)).toBe(false)
    expect(verifyKeySignature(algorithm, publicKey, content, flipped(signature, 40))).toBe(false)
    expect(verifyKeySignature(algorithm, publicKey, content, Buffer.alloc(0))).toBe(false)
  })

  it('is refused by another algorithm', async () => {
    const { publicKey } = uncertifiedKey(testPrivateKey(algorithm), algorithm)
    const signature = await uncertifiedKey(testPrivateKey(algorithm), algorithm).sign(content)
    const others = keyAlgorithms.filter((other) => other !== algorithm)
    expect(others.filter((other) => verifyKeySignature(other, publicKey, content, signature))).toEqual([])
  })
})

describe('a key that signs digests', () => {
  it.each(keyAlgorithms.filter((each) => each !== 'ed25519'))(
    'gives with %s what the data itself verifies with',
    async (algorithm) => {
      const ca = await TestDocumentAuthority.create(algorithm)
      const key = fileDigestKey(await ca.officer())
      const digest = (data: Buffer) => createHash(keyDigest(algorithm)).update(data).digest()
      const contents = [content, Buffer.from('b'), Buffer.alloc(0)]
      const signatures = await key.signDigests(algorithm, contents.map(digest))
      expect(
        signatures.map((each, at) =>
          verifyKeySignature(algorithm, key.publicKey, contents[at] ?? Buffer.from('?'), each),
        ),
      ).toEqual([true, true, true])
    },
  )

  it('holds for every digest', async () => {
    const ca = await TestDocumentAuthority.create('ecdsa-sha256')
    const key = fileDigestKey(await ca.officer())
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (data) => {
        const digest = createHash('sha256').update(data).digest()
        const [signature = Buffer.alloc(0)] = await key.signDigests('ecdsa-sha256', [digest])
        return verifyKeySignature('ecdsa-sha256', key.publicKey, data, signature)
      }),
      { numRuns: 50 },
    )
  })

  it('refuses a digest of another length, and has no Ed25519', async () => {
    const ca = await TestDocumentAuthority.create('ecdsa-sha256')
    const key = fileDigestKey(await ca.officer())
    await expect(key.signDigests('ecdsa-sha256', [Buffer.alloc(31)])).rejects.toThrow(TypeError)
    const other = fileDigestKey(await (await TestDocumentAuthority.create('ed25519')).officer())
    expect(other.algorithms).toEqual([])
  })

  it('takes a key that is for PSS only', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
    const ca = await TestDocumentAuthority.create('ecdsa-sha256')
    const certificate = (await ca.officer({ publicKey })).certificate
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const key = fileDigestKey({ pem, certificate })
    expect(key.algorithms).toEqual(['rsa-pss-sha256', 'rsa-pss-sha384', 'rsa-pss-sha512'])
    const digest = createHash('sha256').update(content).digest()
    const [signature = Buffer.alloc(0)] = await key.signDigests('rsa-pss-sha256', [digest])
    expect(verifyKeySignature('rsa-pss-sha256', publicKey, content, signature)).toBe(true)
  })
})

describe('bad input to a key from a file has its own problem', () => {
  const make = () => TestDocumentAuthority.create('ecdsa-sha256')

  it('no private key', async () => {
    const { certificate } = await (await make()).officer()
    expect(await codeOf(() => fileKey({ pem: 'not a key', certificate }))).toBe('signing-key-unreadable')
  })

  it('an encrypted key with a wrong password, and with none', async () => {
    const { certificate } = await (await make()).officer()
    const privateKey = testPrivateKey('ecdsa-sha256', 'officer')
    const pem = privateKey
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'ถูกต้อง' })
      .toString()
    expect(await codeOf(() => fileKey({ pem, certificate }))).toBe('signing-key-password')
    expect(await codeOf(() => fileKey({ pem, certificate, password: 'ผิด' }))).toBe('signing-key-password')
    expect(fileKey({ pem, certificate, password: 'ถูกต้อง' }).algorithm).toBe('ecdsa-sha256')
  })

  it("another key's certificate, and none", async () => {
    const ca = await make()
    const { pem } = await ca.officer()
    const { certificate } = await ca.officer({}, 'someone else')
    expect(await codeOf(() => fileKey({ pem, certificate }))).toBe('signing-certificate-mismatch')
    const broken = Buffer.from('no certificate')
    expect(await codeOf(() => fileKey({ pem, certificate: broken }))).toBe('signing-certificate-unreadable')
  })

  it('a short RSA key, another curve, another kind, and an algorithm of another kind', async () => {
    const kinds = [
      generateKeyPairSync('rsa', { modulusLength: 1024 }),
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
      generateKeyPairSync('x25519'),
    ]
    for (const { privateKey } of kinds) {
      expect(await codeOf(() => uncertifiedKey(privateKey))).toBe('signing-key-unsupported')
    }
    const { pem, certificate } = await (await make()).officer()
    const algorithm = 'rsa-pkcs1-sha256'
    expect(await codeOf(() => fileKey({ pem, certificate, algorithm }))).toBe('signing-key-unsupported')
  })
})

describe('algorithms', () => {
  it('follow the key: PKCS#1 with SHA-256 for RSA, the size of the curve for ECDSA', () => {
    const usual = (kind: (typeof keyAlgorithms)[number]) =>
      defaultKeyAlgorithm(createPublicKey(testPrivateKey(kind)))
    expect(usual('rsa-pss-sha512')).toBe('rsa-pkcs1-sha256')
    expect(usual('ecdsa-sha384')).toBe('ecdsa-sha384')
    expect(usual('ecdsa-sha512')).toBe('ecdsa-sha512')
    expect(usual('ed25519')).toBe('ed25519')
  })

  it('a key is never used with one of another family', () => {
    const families = (['rsa-pkcs1-sha256', 'ecdsa-sha256', 'ed25519'] as const).map((each) =>
      createPublicKey(testPrivateKey(each)),
    )
    const fits = keyAlgorithms.map((each) => families.filter((key) => fitsAlgorithm(key, each)).length)
    expect(fits).toEqual(keyAlgorithms.map(() => 1))
  })
})

describe('keys of other makings', () => {
  it('a signer of the house signs documents in the form of CMS', async () => {
    for (const algorithm of ['ecdsa-p256-sha256', 'ed25519'] as const) {
      const signer = generateSigner(algorithm)
      const ca = await TestDocumentAuthority.create('rsa-pkcs1-sha256')
      const { certificate } = await ca.officer({ publicKey: signer.publicKey })
      const key = signerKey(signer, { certificate, chain: ca.chain })
      const signature = await key.sign(content)
      expect(verifyKeySignature(key.algorithm, signer.publicKey, content, signature)).toBe(true)
    }
  })

  it('a new key asks for its certificate, and signs with it', async () => {
    const ca = await TestDocumentAuthority.create('ecdsa-sha384')
    const key = generateKey('rsa-pss-sha256', { bits: 2048 })
    const csr = await createDocumentRequest(key, { subject: { commonName: 'ขอใบรับรอง' } })
    expect(readDocumentRequest(csr).publicKey.equals(key.publicKey)).toBe(true)
    const subject = { commonName: 'ชื่อที่ผู้ออกกำหนด' }
    const certificate = await issueDocumentCertificate(ca.issuer, { csr, subject, now, days: 1 })
    expect(new X509Certificate(certificate).subject).toBe('CN=ชื่อที่ผู้ออกกำหนด')
    expect(withCertificate(key, certificate).algorithm).toBe('rsa-pss-sha256')
  })

  it('a request that was altered is refused', async () => {
    const csr = await createDocumentRequest(generateKey('ecdsa-sha256'), { subject: { commonName: 'a' } })
    const der = Buffer.from(csr.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
    const at = der.indexOf(Buffer.from('a'), 10)
    expect(await codeOf(() => readDocumentRequest(flipped(der, at)))).toBe('certificate-request-refused')
    expect(await codeOf(() => readDocumentRequest('no request'))).toBe('certificate-request-refused')
  })
})
