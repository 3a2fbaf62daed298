import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  exportPem,
  generateSigner,
  KeyFolder,
  type SignatureAlgorithm,
  signerFromPem,
  verifySignature,
} from '../src/index.ts'

const algorithms: SignatureAlgorithm[] = ['ecdsa-p256-sha256', 'ed25519']
const p256 = 'ecdsa-p256-sha256'

describe.each(algorithms)('a signer with %s', (algorithm) => {
  const signer = generateSigner(algorithm)

  it('signs what verifies, in 64 bytes, and any altered bit is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (data, at) => {
        const signature = signer.sign(data)
        expect(signature).toHaveLength(64)
        expect(verifySignature(algorithm, signer.publicKey, data, signature)).toBe(true)
        const altered = Buffer.from(signature)
        altered[at % 64] = (altered[at % 64] ?? 0) ^ (1 << (at % 8))
        expect(verifySignature(algorithm, signer.publicKey, data, altered)).toBe(false)
        const other = Buffer.from(data)
        other[at % other.length] = (other[at % other.length] ?? 0) ^ 1
        expect(verifySignature(algorithm, signer.publicKey, other, signature)).toBe(false)
      }),
    )
  })

  it('refuses signatures of another length, key or algorithm without an error', () => {
    const data = Buffer.from('data')
    const signature = signer.sign(data)
    const [other] = algorithms.filter((name) => name !== algorithm)
    if (!other) throw new Error('no other algorithm')
    expect(verifySignature(algorithm, signer.publicKey, data, signature.subarray(1))).toBe(false)
    expect(verifySignature(algorithm, signer.publicKey, data, Buffer.alloc(0))).toBe(false)
    expect(verifySignature(algorithm, generateSigner(algorithm).publicKey, data, signature)).toBe(false)
    expect(verifySignature(other, signer.publicKey, data, signature)).toBe(false)
    expect(verifySignature(algorithm, generateSigner(other).publicKey, data, signature)).toBe(false)
  })

  it('is the same after PEM', () => {
    const again = signerFromPem(exportPem(signer), 'key-1')
    expect(again.publicKey.equals(signer.publicKey)).toBe(true)
    expect(again.keyId).toBe('key-1')
  })

  it('does not show its private key', () => {
    expect(JSON.stringify(signer)).not.toMatch(/"d":/)
    expect(Object.keys(signer).sort()).toEqual(['algorithm', 'publicKey', 'sign'])
  })
})

it('keys of other kinds are refused', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
  for (const key of [rsa, p384]) {
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(() => signerFromPem(pem)).toThrow('key-wrong-kind')
  }
  expect(() => signerFromPem('no key')).toThrow('key-corrupt')
})

describe('a key folder', () => {
  let home: string
  let folder: KeyFolder
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'sapan-keys-'))
    folder = new KeyFolder(join(home, 'keys'))
  })
  afterEach(() => rm(home, { recursive: true }))

  const path = (file: string) => join(home, 'keys', file)

  it('makes a key once and gives the same ever after', async () => {
    const first = await folder.loadOrCreate('member', p256)
    const again = await new KeyFolder(join(home, 'keys')).loadOrCreate('member', p256)
    expect(again.publicKey.equals(first.publicKey)).toBe(true)
    expect(await folder.load('nobody')).toBeUndefined()
    expect((await folder.load('member'))?.publicKey.equals(first.publicKey)).toBe(true)
  })

  it('makes secrets of 32 bytes, once', async () => {
    const first = await folder.loadOrCreateSecret('sealing-1')
    expect(first).toHaveLength(32)
    expect((await folder.loadOrCreateSecret('sealing-1')).equals(first)).toBe(true)
    expect((await folder.loadOrCreateSecret('sealing-2')).equals(first)).toBe(false)
  })

  it('keeps a secret that was made elsewhere, and never puts one in the place of another', async () => {
    const made = Buffer.alloc(32, 7)
    expect(await folder.loadSecret('moved')).toBeUndefined()
    expect((await folder.keepSecret('moved', made)).equals(made)).toBe(true)
    expect((await folder.keepSecret('moved', Buffer.alloc(32, 8))).equals(made)).toBe(true)
    expect((await folder.loadSecret('moved'))?.equals(made)).toBe(true)
  })

  it('is for the owner only: 0700 and 0600', async () => {
    await folder.loadOrCreate('member', p256)
    await folder.loadOrCreateSecret('sealing-1')
    expect((await stat(join(home, 'keys'))).mode & 0o777).toBe(0o700)
    for (const file of ['member.pem', 'sealing-1.secret']) {
      expect((await stat(path(file))).mode & 0o777).toBe(0o600)
    }
  })

  it('refuses a key that others may read', async () => {
    await folder.loadOrCreate('member', p256)
    await chmod(path('member.pem'), 0o640)
    await expect(folder.loadOrCreate('member', p256)).rejects.toThrow('key-exposed')
  })

  it('gives many at once the same key', async () => {
    const folders = Array.from({ length: 20 }, () => new KeyFolder(join(home, 'keys')))
    const signers = await Promise.all(folders.map((each) => each.loadOrCreate('member', 'ed25519')))
    expect(new Set(signers.map(exportPem)).size).toBe(1)
    expect(await readdir(join(home, 'keys'))).toEqual(['member.pem'])
  })

  it('finds any damage in a file, names it, and leaves it as it is', async () => {
    await folder.loadOrCreate('member', 'ed25519')
    await folder.loadOrCreateSecret('sealing-1')
    for (const [file, load] of [
      ['member.pem', () => folder.loadOrCreate('member', 'ed25519')],
      ['sealing-1.secret', () => folder.loadOrCreateSecret('sealing-1')],
    ] as const) {
      const whole = await readFile(path(file))
      const digestLine = whole.indexOf('\n') + 1
      for (let at = digestLine; at < whole.length; at++) {
        const damaged = Buffer.from(whole)
        damaged[at] = (damaged[at] ?? 0) ^ 1
        await writeFile(path(file), damaged)
        await expect(load()).rejects.toThrow(`key-corrupt: file ${file}`)
      }
      await writeFile(path(file), '')
      await expect(load()).rejects.toThrow(`key-corrupt: file ${file}`)
      expect(await readFile(path(file), 'utf8')).toBe('')
    }
  })

  it('refuses a key of another algorithm', async () => {
    await folder.loadOrCreate('member', 'ed25519')
    await expect(folder.loadOrCreate('member', p256)).rejects.toThrow('key-wrong-kind')
  })

  it('loads after a crash that left a half-written file', async () => {
    await folder.loadOrCreate('other', p256)
    await writeFile(path('.member.pem.0123456789abcdef.tmp'), '-----BEGIN PRIV', { mode: 0o600 })
    const made = await folder.loadOrCreate('member', p256)
    expect((await folder.loadOrCreate('member', p256)).publicKey.equals(made.publicKey)).toBe(true)
  })

  it('welcomes a key that was put there by hand', async () => {
    const signer = generateSigner(p256)
    await folder.loadOrCreate('other', p256)
    await writeFile(path('member.pem'), exportPem(signer), { mode: 0o600 })
    expect((await folder.loadOrCreate('member', p256)).publicKey.equals(signer.publicKey)).toBe(true)
  })

  it('says so when it cannot be used', async () => {
    await writeFile(join(home, 'file'), '')
    const broken = new KeyFolder(join(home, 'file'))
    await expect(broken.loadOrCreate('member', p256)).rejects.toThrow('key-folder-unusable')
  })

  it('takes no names that lead elsewhere', async () => {
    for (const name of ['../member', '.member', '', 'a/b', 'a b']) {
      await expect(folder.loadOrCreate(name, p256)).rejects.toThrow(TypeError)
    }
  })
})
