import { beforeAll, describe, expect, it } from 'vitest'
import { checkFile } from '../../src/check/index.ts'
import { openPdf, signatureFields } from '../../src/pdf/index.ts'
import { type PdfSigningOptions, signPdf } from '../../src/sign/index.ts'
import { now, TestPki } from './authority.ts'
import { demanding } from './demanding.ts'

let pki: TestPki

beforeAll(async () => {
  pki = await TestPki.create()
})

async function sign(pdf: Uint8Array, more: Partial<PdfSigningOptions> = {}) {
  const key = await pki.signingKey()
  const evidence = { timestamper: pki.timestamper(), revocation: pki.revocation() }
  return signPdf(pdf, { key, level: 'B-LT', time: now, field: 'Sign', ...evidence, ...more })
}

const hex = (der: Uint8Array) => `<${Buffer.from(der).toString('hex')}>`

/** What the checker says of the signed file, and what the field then holds. */
async function checked(pdf: Uint8Array, more: Partial<PdfSigningOptions> = {}) {
  const file = await sign(pdf, more)
  const report = await checkFile(file, {
    anchors: { certificates: [pki.root.certificate] },
    at: now + 60_000,
    online: {
      ocsp: async (_: string, request: Uint8Array) => pki.ocsp(request),
      crl: async () => pki.crl(pki.root),
    },
  })
  const [signature] = report.signatures
  const field = signatureFields(openPdf(file)).find(({ name }) => name === 'Sign')
  const { reason, certification, fieldLock } = field ?? {}
  return {
    conclusion: report.conclusion,
    met: signature?.checks.find(({ id }) => id === 'seed-values')?.passed,
    level: signature?.level,
    signed: { reason, certification, lock: fieldLock?.permissions ?? undefined },
  }
}

const passed = { conclusion: 'TOTAL-PASSED', met: true }

describe('what a field demands and nobody decided', () => {
  it.each<[string, string, Partial<PdfSigningOptions>, object]>([
    ['the one reason permitted', '/Ff 8 /Reasons [(approved)]', {}, { reason: 'approved' }],
    [
      'a reason given already',
      '/Ff 8 /Reasons [(read) (agreed)]',
      { reason: 'agreed' },
      { reason: 'agreed' },
    ],
    ['no reason', '/Ff 8 /Reasons [(.)]', {}, { reason: undefined }],
    ['certification 1', '/MDP << /P 1 >>', {}, { certification: 1 }],
    ['certification 2', '/MDP << /P 2 >>', {}, { certification: 2 }],
    ['certification 3', '/MDP << /P 3 >>', {}, { certification: 3 }],
    ['no certification', '/MDP << /P 0 >>', {}, { certification: null }],
    ['a lock', '/Ff 128 /LockDocument /true', {}, { certification: null, lock: 1 }],
    ['a lock, by a boolean', '/Ff 128 /LockDocument true', {}, { lock: 1 }],
    [
      'a lock and a certification',
      '/Ff 128 /LockDocument /true /MDP << /P 2 >>',
      {},
      { certification: 2, lock: 1 },
    ],
    ['a lock that the signer decides', '/Ff 128 /LockDocument /auto', {}, { lock: undefined }],
    ['the encoding that is written', '/Ff 2 /SubFilter [/ETSI.CAdES.detached]', {}, {}],
    ['the digest of the key', '/Ff 64 /DigestMethod [(SHA-384) (SHA-256)]', {}, {}],
    ['a key usage', '/Cert << /Ff 32 /KeyUsage [(X1XXX0)] >>', {}, {}],
    [
      'all of them',
      '/Ff 203 /Filter /Adobe.PPKLite /SubFilter [/ETSI.CAdES.detached] /Reasons [(ok)] /DigestMethod [/SHA256] /LockDocument /true /TimeStamp << /Ff 1 >> /MDP << /P 1 >>',
      {},
      { reason: 'ok', certification: 1 },
    ],
  ])('is obeyed: %s', async (_, seed, more, signed) => {
    const found = await checked(demanding(seed), more)
    expect(found).toMatchObject(passed)
    for (const [key, value] of Object.entries(signed)) {
      expect(found.signed).toHaveProperty(key, value)
    }
  })

  it('is stamped at level B-B where there is a time-stamper', async () => {
    const found = await checked(demanding('/TimeStamp << /Ff 1 >>'), { level: 'B-B' })
    expect(found).toMatchObject({ ...passed, level: 'PAdES-B-T' })
    expect(await checked(demanding(''), { level: 'B-B' })).toMatchObject({ level: 'PAdES-B-B' })
  })

  it('is locked beside the fields that its own lock names', async () => {
    const own = '/Lock << /Type /SigFieldLock /Action /Include /Fields [(Sign)] /P 2 >>'
    const file = demanding('/Ff 128 /LockDocument /true', own)
    expect(await checked(file)).toMatchObject({ ...passed, signed: { lock: 1 } })
    const again = sign(await sign(file), { field: 'Second' })
    await expect(again).rejects.toMatchObject({ code: 'document-locked' })
  })

  it('does not bind where it is only asked for', async () => {
    const asked =
      '/SubFilter [/adbe.pkcs7.detached] /DigestMethod [/SHA512] /Reasons [(read)] /LockDocument /true'
    const found = await checked(demanding(asked))
    expect(found).toMatchObject({ ...passed, signed: { lock: undefined } })
    expect(found.signed.reason).toBeUndefined()
  })

  it('does not bind a signature in another field', async () => {
    const other = await sign(demanding('/Ff 4 /V 9'), { field: 'Other' })
    expect(signatureFields(openPdf(other)).map(({ name, value }) => [name, value !== undefined])).toEqual([
      ['Sign', false],
      ['Other', true],
    ])
  })

  it('is met by the certificate and the authority that it names', async () => {
    const key = await pki.signingKey()
    const [issuer] = key.chain
    const one = demanding(`/Cert << /Ff 1 /Subject [${hex(key.certificate)}] >>`)
    expect(await checked(one, { key })).toMatchObject(passed)
    const from = demanding(`/Cert << /Ff 2 /Issuer [${hex(issuer ?? key.certificate)}] >>`)
    expect(await checked(from, { key })).toMatchObject(passed)
  })
})

describe('a field is not signed', () => {
  it.each<[string, string, Partial<PdfSigningOptions>, string]>([
    [
      'in another encoding',
      '/Ff 2 /SubFilter [/adbe.pkcs7.detached /ETSI.CAdES.detached]',
      {},
      'adbe.pkcs7.detached',
    ],
    ['by another handler', '/Ff 1 /Filter /Other', {}, '"Other"'],
    ['with another digest', '/Ff 64 /DigestMethod [/SHA512]', {}, '"SHA512"'],
    ['under conditions of a later version', '/Ff 4 /V 4', {}, 'version 4'],
    ['with another reason', '/Ff 8 /Reasons [(read)]', { reason: 'agreed' }, '"read"'],
    ['without one of the reasons', '/Ff 8 /Reasons [(read) (agreed)]', {}, '"read", "agreed"'],
    ['with a reason where none may be', '/Ff 8', { reason: 'agreed' }, 'without --reason'],
    ['without the attestation', '/Ff 16 /LegalAttestation [(plain)]', {}, '"plain"'],
    ['with another certification', '/MDP << /P 2 >>', { certification: 3 }, '--certify forms'],
    ['with a certification', '/MDP << /P 0 >>', { certification: 2 }, 'without --certify'],
    ['under what cannot be read of certification', '/MDP << >>', {}, 'cannot be read'],
    ['with a lock', '/Ff 128 /LockDocument /false', { certification: 1 }, 'permits no lock'],
    ['without revocation information inside', '/Ff 32 /AddRevInfo true', {}, 'adbe.pkcs7'],
    ['with another certificate', '/Cert << /Ff 1 /Subject [<3000>] >>', {}, 'holder'],
    ['with one of another authority', '/Cert << /Ff 2 /Issuer [<3000>] >>', {}, '--chain'],
    ['with one under another policy', '/Cert << /Ff 4 /OID [(1.2.3.4.5)] >>', {}, 'policy'],
    ['with one of another name', '/Cert << /Ff 8 /SubjectDN [<< /CN (nobody) >>] >>', {}, 'another name'],
    ['with one of another key usage', '/Cert << /Ff 32 /KeyUsage [(XXXXX1)] >>', {}, 'key usage'],
    ['with demands on it that are unheard of', '/Cert << /Ff 16 >>', {}, 'not known'],
  ])('%s: what it demands is said', async (_, seed, more, said) => {
    await expect(sign(demanding(seed), more)).rejects.toMatchObject({
      code: 'signature-field-demands',
      detail: {
        th: expect.stringMatching(/^ช่อง Sign: .*\p{Script=Thai}/u),
        en: expect.stringContaining(said),
      },
    })
  })

  it('without a time-stamp, nor a time-stamper', async () => {
    const signed = signPdf(demanding('/TimeStamp << /Ff 1 >>'), {
      key: await pki.signingKey(),
      level: 'B-B',
      time: now,
      field: 'Sign',
    })
    await expect(signed).rejects.toMatchObject({
      code: 'signature-field-demands',
      detail: { en: expect.stringContaining('--level B-T') },
    })
  })

  it('by a later signature where it demands a certification', async () => {
    const file = await sign(demanding('/MDP << /P 2 >>'), { field: 'Other' })
    await expect(sign(file)).rejects.toMatchObject({
      code: 'signature-field-demands',
      detail: { en: expect.stringContaining('sign this field before others') },
    })
  })

  it('into a locking field where no lock may be', async () => {
    const own = '/Lock << /Type /SigFieldLock /Action /All /P 1 >>'
    const file = demanding('/Ff 128 /LockDocument /false', own)
    await expect(sign(file)).rejects.toMatchObject({ code: 'signature-field-demands' })
  })

  it('with all that it demands said at once, and nothing of the file that a screen would obey', async () => {
    const file = demanding('/Ff 9 /Filter /Other /Reasons [<FEFF0061202E0062> (c)]')
    await expect(sign(file)).rejects.toMatchObject({
      detail: { en: expect.stringMatching(/"Other".*; .*"a b", "c"$/) },
    })
  })

  it('and the key is not asked', async () => {
    const key = await pki.signingKey()
    let asked = 0
    const counted = {
      ...key,
      sign: (data: Uint8Array) => {
        asked++
        return key.sign(data)
      },
    }
    await expect(sign(demanding('/Ff 4 /V 4'), { key: counted })).rejects.toThrow()
    expect(asked).toBe(0)
  })
})
