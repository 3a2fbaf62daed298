import { createHash } from 'node:crypto'
import type { SigningKey } from '@sapan/trust'
import { strToU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkFile } from '../../src/check/index.ts'
import { manifest } from '../../src/sign/asic/manifest.ts'
import { packed } from '../../src/sign/asic/pack.ts'
import {
  createAsice,
  createAsics,
  type Level,
  localRevocation,
  type RevocationSource,
  renewContainer,
  type SigningOptions,
  signAsice,
} from '../../src/sign/index.ts'
import { day, now, TestPki } from './authority.ts'

let pki: TestPki
/** An authority that begins later, and lasts longer. */
let later: TestPki
let key: SigningKey
const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const
const then = now + 200 * day
/** When the certificates of the first authority have run out. */
const afterwards = now + 450 * day
const files = [
  { name: 'หนังสือ.txt', bytes: Buffer.from('ข้อความ'), mime: 'text/plain' },
  { name: 'annex/plan.bin', bytes: Buffer.alloc(1000, 7) },
] as const

beforeAll(async () => {
  pki = await TestPki.create()
  later = await TestPki.create('ecdsa-sha256', then)
  key = await pki.signingKey()
})

function options(level: Level, more: Partial<SigningOptions> = {}): SigningOptions {
  return { key, level, time: now, ...pki.services(), ...more }
}

/** What both authorities answer on the day of the renewal. */
function revocationThen(): RevocationSource {
  const first = localRevocation({
    ocsp: (request) => pki.ocsp(request, then),
    crls: async () => [await pki.crl(pki.root, [], then)],
  })
  const second = later.revocation()
  const isSecond = (path: readonly Uint8Array[]) =>
    path.some((each) => Buffer.from(each).equals(later.root.certificate))
  return { collect: (path, at) => (isSecond(path) ? second : first).collect(path, at) }
}

const renewed = (container: Uint8Array) =>
  renewContainer(container, { time: then, timestamper: later.timestamper(), revocation: revocationThen() })

async function conclusion(bytes: Uint8Array, at = afterwards) {
  const certificates = [pki.root.certificate, later.root.certificate]
  const report = await checkFile(bytes, { anchors: { certificates }, at })
  return [report.conclusion, ...report.signatures.map(({ level }) => level)]
}

const passed = ['TOTAL-PASSED', 'CAdES-B-LTA']

describe('a container that is renewed', () => {
  it('is needed: without it the check cannot confirm once the certificates have run out', async () => {
    expect((await conclusion(await createAsice(files, options('B-LTA'))))[0]).toBe('INDETERMINATE')
  })

  it.each(levels)(
    'of level %s becomes B-LTA, and can be checked when the first certificates have run out',
    async (level) => {
      expect(await conclusion(await renewed(await createAsice(files, options(level))))).toEqual(passed)
      expect(await conclusion(await renewed(await createAsics(files[0], options(level))))).toEqual(passed)
    },
  )

  it('has its files as they were, and can be renewed again', async () => {
    const twice = await renewed(await renewed(await createAsice(files, options('B-LTA'))))
    expect(await conclusion(twice)).toEqual(passed)
    const parts = unzipSync(twice)
    for (const { name, bytes } of files) expect(Buffer.from(parts[name] ?? []).equals(bytes)).toBe(true)
  })

  it('is stamped as a whole where others began with that', async () => {
    const begun = await withArchiveManifest(await createAsice(files, options('B-LT')))
    expect((await conclusion(begun, now + day))[0]).toBe('TOTAL-PASSED')
    expect((await conclusion(begun))[0]).toBe('INDETERMINATE')
    const once = await renewed(begun)
    expect(await conclusion(once)).toEqual(passed)
    const twice = await renewed(once)
    expect(await conclusion(twice)).toEqual(passed)
    expect(
      Object.keys(unzipSync(twice))
        .filter((name) => name.includes('Archive'))
        .sort(),
    ).toEqual([
      'META-INF/ASiCArchiveManifest.xml',
      'META-INF/ASiCArchiveManifest001.xml',
      'META-INF/ASiCArchiveManifest002.xml',
    ])
  })
})

/** A time-stamp over all of the container, as EN 319 162-1 annex A.7 has it. */
async function withArchiveManifest(container: Uint8Array): Promise<Uint8Array> {
  const { mimetype, ...parts } = unzipSync(container)
  const listed = Object.entries(parts).map(([name, bytes]) => ({
    name,
    mime: 'application/octet-stream',
    digest: createHash('sha256').update(bytes).digest('base64'),
  }))
  const token = 'META-INF/timestamp001.tst'
  const list = manifest({ name: token, mime: 'application/vnd.etsi.timestamp-token' }, listed, 'sha256')
  const stamp = await pki.timestamper().stamp(createHash('sha256').update(list).digest(), 'sha256')
  const added = [
    ['META-INF/ASiCArchiveManifest.xml', strToU8(list)],
    [token, stamp],
  ] as const
  return packed(Buffer.from(mimetype ?? []).toString(), [...Object.entries(parts), ...added])
}

describe('a container that is signed once more', () => {
  it('has both signatures over all its files, and both can be renewed', async () => {
    const second = await pki.signingKey('rsa-pss-sha256')
    const twice = await signAsice(
      await createAsice(files, options('B-LT')),
      options('B-LTA', { key: second }),
    )
    expect(await conclusion(twice, now + day)).toEqual(['TOTAL-PASSED', 'CAdES-B-LT', 'CAdES-B-LTA'])
    expect(await conclusion(await renewed(twice))).toEqual([...passed, 'CAdES-B-LTA'])
  })

  it('is refused where there is one file with one signature, or a time-stamp over the whole', async () => {
    const simple = await createAsics(files[0], options('B-B'))
    await expect(signAsice(simple, options('B-B'))).rejects.toMatchObject({ code: 'container-unrenewable' })
    const whole = await withArchiveManifest(await createAsice(files, options('B-LT')))
    await expect(signAsice(whole, options('B-B'))).rejects.toMatchObject({ code: 'container-unrenewable' })
  })
})

describe('renewal is refused', () => {
  it.each([
    ['of what is no container', () => Buffer.from('hello')],
    [
      'of a ZIP file without signatures',
      () => packed('application/vnd.etsi.asic-e+zip', [['a', Buffer.from('a')]]),
    ],
  ])('%s', async (_, make) => {
    await expect(renewed(make())).rejects.toMatchObject({ code: 'container-unrenewable' })
  })

  it('where a file was changed since', async () => {
    const { mimetype, ...parts } = unzipSync(await createAsice(files, options('B-LTA')))
    const changed = packed(
      Buffer.from(mimetype ?? []).toString(),
      Object.entries({ ...parts, 'annex/plan.bin': Buffer.alloc(1000, 8) }),
    )
    await expect(renewed(changed)).rejects.toMatchObject({
      code: 'container-unrenewable',
      detail: { en: expect.stringContaining('annex/plan.bin') },
    })
  })

  it('where a signature cannot be read', async () => {
    const { mimetype, ...parts } = unzipSync(await createAsice(files, options('B-LTA')))
    const broken = { ...parts, 'META-INF/signature001.p7s': Buffer.from('no signature') }
    const container = packed(Buffer.from(mimetype ?? []).toString(), Object.entries(broken))
    await expect(renewed(container)).rejects.toMatchObject({ code: 'container-unrenewable' })
  })
})
