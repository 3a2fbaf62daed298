import { describe, expect, test } from 'vitest'
import { checkFile } from '../../../src/check/index.ts'
import { authority, certify, cms, der, key, ku, name, quiet, signerInfo } from '../kit.ts'
import { all, check, content, issuer, make, options, passed, signer, uncertain } from './letter.ts'

describe('a sound signature', () => {
  test('passes, and says who signed', async () => {
    const report = await check(make())
    expect(report).toMatchObject({ ...passed, level: 'CAdES-B-B', scope: 'whole-file' })
    expect(report.signer).toMatchObject({ name: 'สมชาย ใจดี', organisation: 'กรมการปกครอง', country: 'TH' })
    expect(report.signer?.chain.map((one) => one.name)).toEqual(['Issuer', 'Root'])
  })

  test('is left as it was', async () => {
    const file = make()
    const before = Buffer.from(file)
    await check(file)
    expect(file.equals(before)).toBe(true)
  })

  test('passes detached with its file, and without it is not found', async () => {
    const file = make({ isDetached: true })
    const files = [
      { name: 'other.txt', bytes: Buffer.from('other') },
      { name: 'letter.txt', bytes: content },
    ]
    const { signatures } = await checkFile(file, options(), files)
    expect(signatures[0]).toMatchObject({ ...passed, scope: 'detached', covers: ['letter.txt'] })
    expect(await check(file)).toMatchObject(uncertain('SIGNED_DATA_NOT_FOUND'))
  })

  test.each(['p384', 'p521', 'rsa2048', 'pss2048', 'ed25519', 'brainpool', 'secp256k1'] as const)(
    'passes with %s',
    async (kind) => {
      const other = authority(kind, ` ${kind}`)
      const certificates = [other.signer.certificate, other.issuer.certificate]
      const file = cms({
        signer: other.signer,
        content,
        certificates,
        digest: kind === 'ed25519' ? 'sha512' : 'sha256',
        ...quiet(other),
      })
      const anchors = { certificates: [other.root.certificate] }
      expect(await check(file, { anchors })).toMatchObject(passed)
    },
  )

  test.each(['sha224', 'sha384', 'sha512'] as const)('passes with %s', async (digest) => {
    expect(await check(make({ digest }))).toMatchObject(passed)
  })

  test('passes when its outer lengths are indefinite', async () => {
    const plain = make()
    const parts = der.readDer(plain).children()
    const body = [...(parts[0]?.raw ?? []), ...(parts[1]?.raw ?? [])]
    const file = Buffer.from([0x30, 0x80, ...body, 0, 0])
    expect(await check(file)).toMatchObject(passed)
  })

  test('passes in PEM', async () => {
    const text = make()
      .toString('base64')
      .replaceAll(/(.{64})/g, '$1\n')
    const file = Buffer.from(`-----BEGIN CMS-----\n${text}\n-----END CMS-----\n`)
    expect(await check(file)).toMatchObject(passed)
  })

  test('by two signers is two reports', async () => {
    const second = certify({ name: name('Second'), key: key('p256', 'second'), issuer, extensions: [ku(1)] })
    const signers = [signerInfo({ signer, content }).info, signerInfo({ signer: second, content }).info]
    const file = make({ signers, certificates: [...all, second.certificate] })
    const report = await checkFile(file, options())
    expect(report.signatures.map(({ signer: by }) => by?.name)).toEqual(['สมชาย ใจดี', 'Second'])
    expect(report.conclusion).toBe('TOTAL-PASSED')
  })
})
