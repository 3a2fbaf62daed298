import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type CheckOptions, checkFile } from '../../src/check/index.ts'
import { type PdfSigningOptions, signPdf } from '../../src/sign/index.ts'
import { now, TestPki } from '../sign/authority.ts'
import { demanding } from '../sign/demanding.ts'

// A signer that looks at no demands: what it makes is for the checker to find.
vi.mock('../../src/sign/pades/demands.ts', () => ({
  obeyField: (_file: unknown, _signer: unknown, options: unknown) => ({ options, isClosing: false }),
}))

let pki: TestPki

beforeAll(async () => {
  pki = await TestPki.create()
})

const options = (): CheckOptions => ({ anchors: { certificates: [pki.root.certificate] }, at: now + 60_000 })

async function signed(seed: string, more: Partial<PdfSigningOptions> = {}) {
  const key = await pki.signingKey()
  const evidence = { timestamper: pki.timestamper(), revocation: pki.revocation() }
  return signPdf(demanding(seed), { key, level: 'B-LT', time: now, field: 'Sign', ...evidence, ...more })
}

async function outcome(seed: string, more: Partial<PdfSigningOptions> = {}) {
  const { conclusion, subIndication, signatures } = await checkFile(await signed(seed, more), options())
  const demand = signatures[0]?.checks.find(({ id }) => id === 'seed-values')
  return { conclusion, subIndication, demand: demand?.passed, detail: demand?.detail }
}

const met = { conclusion: 'TOTAL-PASSED', demand: true }
const unmet = (detail: string) => ({
  conclusion: 'INDETERMINATE',
  subIndication: 'SIG_CONSTRAINTS_FAILURE',
  demand: false,
  detail: expect.stringContaining(detail),
})

const hex = (der: Uint8Array) => `<${Buffer.from(der).toString('hex')}>`

describe('what the field of a signature demands', () => {
  test.each<[string, string, Partial<PdfSigningOptions>]>([
    ['nothing', '', {}],
    ['an encoding', '/Ff 2 /SubFilter [/ETSI.CAdES.detached]', {}],
    ['the first known of some encodings', '/Ff 2 /SubFilter [/x.y /ETSI.CAdES.detached]', {}],
    ['a handler', '/Ff 1 /Filter /Adobe.PPKLite', {}],
    ['a digest', '/Ff 64 /DigestMethod [(SHA384) (SHA256)]', {}],
    ['a version that is known', '/Ff 4 /V 3', {}],
    ['a reason of two', '/Ff 8 /Reasons [(read) (agreed)]', { reason: 'agreed' }],
    ['no reason', '/Ff 8', {}],
    ['no reason, by a full stop', '/Ff 8 /Reasons [(.)]', {}],
    ['a time-stamp', '/TimeStamp << /URL (http://tsa.example) /Ff 1 >>', {}],
    ['a certification', '/MDP << /P 2 >>', { certification: 2 }],
    ['no certification', '/MDP << /P 0 >>', {}],
    ['a lock', '/Ff 128 /LockDocument /true', { certification: 1 }],
    ['no lock', '/Ff 128 /LockDocument /false', {}],
    ['no revocation information inside', '/Ff 32 /AddRevInfo false', {}],
    ['a key usage of two', '/Cert << /Ff 32 /KeyUsage [(XXXXX1) (X1XXX0)] >>', {}],
    ['a name', '/Cert << /Ff 8 /SubjectDN [<< /CN (nobody) >> << /C (TH) >>] >>', {}],
  ])('is met: %s', async (_, seed, more) => {
    expect(await outcome(seed, more)).toMatchObject(met)
  })

  test.each<[string, string, Partial<PdfSigningOptions>, string]>([
    ['another encoding', '/Ff 2 /SubFilter [/adbe.pkcs7.detached /ETSI.CAdES.detached]', {}, 'SubFilter'],
    ['another handler', '/Ff 1 /Filter /Other', {}, 'Filter'],
    ['another digest', '/Ff 64 /DigestMethod [/SHA512]', {}, 'sha256'],
    ['a version that is not known', '/Ff 4 /V 4', {}, 'version'],
    ['another reason', '/Ff 8 /Reasons [(read)]', { reason: 'agreed' }, 'reason'],
    ['a reason', '/Ff 8 /Reasons [(read)]', {}, 'reason'],
    ['no reason', '/Ff 8', { reason: 'agreed' }, 'reason'],
    ['no reason, by a full stop', '/Ff 8 /Reasons [(.)]', { reason: '.' }, 'reason'],
    ['a legal attestation', '/Ff 16 /LegalAttestation [(plain)]', {}, 'attestation'],
    ['a time-stamp', '/TimeStamp << /URL (http://tsa.example) /Ff 1 >>', { level: 'B-B' }, 'time-stamp'],
    ['a certification', '/MDP << /P 2 >>', {}, 'certif'],
    ['another certification', '/MDP << /P 2 >>', { certification: 3 }, 'level 2'],
    ['no certification', '/MDP << /P 0 >>', { certification: 2 }, 'certify'],
    ['what cannot be read of certification', '/MDP << >>', {}, 'cannot be read'],
    ['a lock', '/Ff 128 /LockDocument /true', {}, 'lock'],
    ['no lock', '/Ff 128 /LockDocument /false', { certification: 1 }, 'lock'],
    ['revocation information inside', '/Ff 32 /AddRevInfo true', {}, 'revocation'],
    ['another certificate', '/Cert << /Ff 1 /Subject [<3000>] >>', {}, 'certificate'],
    ['another authority', '/Cert << /Ff 2 /Issuer [<3000>] >>', {}, 'authority'],
    ['another policy', '/Cert << /Ff 4 /OID [(1.2.3.4.5)] >>', {}, 'policy'],
    ['another name', '/Cert << /Ff 8 /SubjectDN [<< /CN (nobody) >>] >>', {}, 'name'],
    ['another key usage', '/Cert << /Ff 32 /KeyUsage [(XXXXX1)] >>', {}, 'key usage'],
    ['something unheard of', '/Cert << /Ff 16 >>', {}, 'not known'],
  ])('is not met: %s', async (_, seed, more, detail) => {
    const file = await signed(seed, more)
    // At B-B, nothing but the demand may be what is wrong.
    const online = {
      ocsp: async (_: string, request: Uint8Array) => pki.ocsp(request),
      crl: async () => pki.crl(pki.root),
    }
    const { conclusion, subIndication, signatures } = await checkFile(file, { ...options(), online })
    const demand = signatures[0]?.checks.find(({ id }) => id === 'seed-values')
    expect({ conclusion, subIndication, demand: demand?.passed, detail: demand?.detail }).toEqual(
      unmet(detail),
    )
  })

  test('is met by the certificate that it names, and by its authority', async () => {
    const key = await pki.signingKey()
    const [issuer] = key.chain
    const subject = `/Cert << /Ff 1 /Subject [${hex(key.certificate)}] >>`
    expect(await outcome(subject, { key })).toMatchObject(met)
    const from = `/Cert << /Ff 2 /Issuer [${hex(issuer ?? pki.root.certificate)}] >>`
    expect(await outcome(from, { key })).toMatchObject(met)
  })

  test('what is only asked for binds nobody', async () => {
    const asked =
      '/SubFilter [/adbe.pkcs7.detached] /DigestMethod [/SHA512] /Reasons [(read)] /Cert << /Subject [<3000>] /URL (http://x) >>'
    expect(await outcome(asked)).toMatchObject(met)
  })

  test('a look by a name that only the signer knows is said to be unchecked', async () => {
    const report = await checkFile(await signed('/Ff 256 /AppearanceFilter (Mine)'), options())
    expect(report.conclusion).toBe('TOTAL-PASSED')
    expect(report.signatures[0]?.findings.map(({ code }) => code)).toContain('look-unchecked')
  })
})
