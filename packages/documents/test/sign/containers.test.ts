import { createHash } from 'node:crypto'
import type { SigningKey } from '@sapan/trust'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { createAsice, createAsics, type Level, type SigningOptions, signCades } from '../../src/sign/index.ts'
import { now, TestPki } from './authority.ts'
import { digestLike, holds, oids, readCms, stampedDigest } from './verify.ts'

let pki: TestPki
let key: SigningKey
const content = Buffer.from('ข้อความที่ลงนาม')
const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const

beforeAll(async () => {
  pki = await TestPki.create()
  key = await pki.signingKey()
})

function options(level: Level, more: Partial<SigningOptions> = {}): SigningOptions {
  return { key, level, time: now, ...pki.services(), ...more }
}

describe('a CAdES signature', () => {
  it.each(levels)('of level %s holds over its content', async (level) => {
    const cms = await signCades(content, options(level))
    expect(holds(cms, content, key.algorithm, key.certificate)).toBe(true)
    expect(readCms(cms).content).toBeUndefined()
  })

  it('carries its content where that is asked for', async () => {
    const cms = await signCades(content, { ...options('B-B'), detached: false })
    expect(readCms(cms).content?.equals(content)).toBe(true)
  })

  it('says when it was signed', async () => {
    const { attributes } = readCms(await signCades(content, options('B-B')))
    expect(attributes.get(oids.signingTime)?.time()).toBe(now)
  })

  it('is stamped over its value at B-T', async () => {
    const { unsigned, signature } = readCms(await signCades(content, options('B-T')))
    const stamped = stampedDigest(unsigned.get(oids.stamp)?.raw ?? new Uint8Array())
    expect(stamped.equals(digestLike(signature, stamped))).toBe(true)
  })

  it('carries certificates and revocation data at B-LT', async () => {
    const { version, certificates, revocations } = readCms(await signCades(content, options('B-LT')))
    expect(version).toBe(5)
    expect(certificates.some((each) => each.equals(pki.stamping.certificate))).toBe(true)
    expect(revocations).toHaveLength(3)
  })

  it('has an archive time-stamp at B-LTA, whose index covers certificates and revocation data', async () => {
    const { unsigned, certificates, revocations } = readCms(await signCades(content, options('B-LTA')))
    const archive = readCms(unsigned.get(oids.archive)?.raw ?? new Uint8Array())
    const index = archive.unsigned.get('0.4.0.19122.1.5')?.raw ?? Buffer.alloc(0)
    for (const each of [...certificates, ...revocations]) {
      expect(index.includes(createHash('sha256').update(each).digest())).toBe(true)
    }
  })
})

describe('an ASiC-E container', () => {
  const files = [
    { name: 'หนังสือ.txt', bytes: content, mime: 'text/plain' },
    { name: 'annex/plan & map.bin', bytes: Buffer.alloc(1000, 7) },
  ]

  it('begins with its type, stored plainly', async () => {
    const container = Buffer.from(await createAsice(files, options('B-B')))
    expect(container.toString('latin1', 30, 38 + 31)).toBe('mimetypeapplication/vnd.etsi.asic-e+zip')
  })

  it.each(levels)(
    'of level %s has its files as they are, and a signature over their digests',
    async (level) => {
      const parts = unzipSync(await createAsice(files, options(level)))
      for (const { name, bytes } of files) expect(Buffer.from(parts[name] ?? []).equals(bytes)).toBe(true)
      const manifest = Buffer.from(parts['META-INF/ASiCManifest001.xml'] ?? [])
      for (const { bytes } of files) {
        expect(manifest.includes(createHash('sha256').update(bytes).digest('base64'))).toBe(true)
      }
      expect(manifest.includes('URI="annex/plan%20%26%20map.bin"')).toBe(true)
      const cms = parts['META-INF/signature001.p7s'] ?? new Uint8Array()
      expect(holds(cms, manifest, key.algorithm, key.certificate)).toBe(true)
    },
  )

  it.each(['', '../x', '/x', 'a//b', 'mimetype', 'meta-inf/x', 'a\u0000b', 'a\\b', 'x'.repeat(2000)])(
    'takes no file of the name %j',
    async (name) => {
      const made = createAsice([{ name, bytes: content }], options('B-B'))
      await expect(made).rejects.toMatchObject({ code: 'container-file-unusable' })
    },
  )

  it('takes no two files that differ by capitals only, and not none', async () => {
    const twice = createAsice(
      [
        { name: 'A.txt', bytes: content },
        { name: 'a.txt', bytes: content },
      ],
      options('B-B'),
    )
    await expect(twice).rejects.toMatchObject({ code: 'container-file-unusable' })
    await expect(createAsice([], options('B-B'))).rejects.toMatchObject({ code: 'container-file-unusable' })
  })

  it('may have an empty file', async () => {
    const parts = unzipSync(await createAsice([{ name: 'empty', bytes: Buffer.alloc(0) }], options('B-B')))
    expect(parts.empty).toHaveLength(0)
  })
})

describe('an ASiC-S container', () => {
  it.each(levels)('of level %s has one file with a signature over it', async (level) => {
    const parts = unzipSync(await createAsics({ name: 'หนังสือ.txt', bytes: content }, options(level)))
    expect(Buffer.from(parts.mimetype ?? []).toString()).toBe('application/vnd.etsi.asic-s+zip')
    const cms = parts['META-INF/signature.p7s'] ?? new Uint8Array()
    expect(holds(cms, content, key.algorithm, key.certificate)).toBe(true)
  })
})
