import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { readGatewayFile } from '../src/config/gateway.ts'
import { s3Access } from '../src/run/s3-access.ts'

const keysFile = '[default]\naws_access_key_id = A\naws_secret_access_key = B\n'
const environment = { AWS_ACCESS_KEY_ID: 'C', AWS_SECRET_ACCESS_KEY: 'D' }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-archive-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** As a gateway reads its file. */
async function fileWith(archive: object | undefined) {
  const config = join(folder, 'gateway.yaml')
  const places = { edge: '127.0.0.1:4101', peer: '127.0.0.1:4102', admin: '127.0.0.1:4103' }
  await writeFile(
    config,
    stringify({
      ...{ id: 'TH/GOV/RD/gateway-1', listen: places, evidence: { archive } },
      center: { url: 'https://127.0.0.1:4000', rootFingerprint: 'a'.repeat(64) },
      ...{ peerAddress: 'https://127.0.0.1:4102', edgeOrigin: 'http://127.0.0.1:4101' },
      database: { embedded: 'postgres', name: 'rd' },
    }),
  )
  return await readGatewayFile(config)
}

const s3 = { endpoint: 'https://s3.rd.example', bucket: 'evidence' }
const inS3 = (more: object = {}) => fileWith({ afterDays: 90, s3: { ...s3, ...more } })
const invalid = (said: string) => ({
  type: { code: 'config-invalid' },
  detail: { en: expect.stringContaining(said) },
})

it('an archive is a folder or an S3 store, and its files are read from the folder of gateway.yaml', async () => {
  const { evidence } = await inS3({ credentialsFile: 'store.keys', ca: 'store.pem' })
  expect(evidence.archive?.s3).toEqual({
    ...{ ...s3, region: 'us-east-1', prefix: '', addressing: 'path' },
    ...{ credentialsFile: join(folder, 'store.keys'), ca: join(folder, 'store.pem') },
  })
  const inFolder = await fileWith({ afterDays: 90, folder: 'archive' })
  expect(inFolder.evidence.archive).toEqual({ afterDays: 90, folder: join(folder, 'archive') })
  for (const wrong of [{ afterDays: 90 }, { afterDays: 90, folder: 'archive', s3 }])
    await expect(fileWith(wrong)).rejects.toMatchObject(invalid('afterDays, and either folder or s3'))
})

it('a store beyond this machine is spoken to by https', async () => {
  await expect(inS3({ endpoint: 'http://s3.rd.example' })).rejects.toMatchObject(invalid('such as https://'))
})

it('the keys to the store are read anew each time, with the authority that vouches for it', async () => {
  const path = join(folder, 'store.keys')
  await writeFile(path, keysFile, { mode: 0o600 })
  await writeFile(join(folder, 'store.pem'), 'PEM')
  const access = await s3Access(await inS3({ credentialsFile: 'store.keys', ca: 'store.pem' }), environment)
  expect(access?.ca).toBe('PEM')
  expect(await access?.credentials()).toEqual({ accessKeyId: 'A', secretAccessKey: 'B' })
  await writeFile(path, keysFile.replace('= A', '= E'))
  expect(await access?.credentials()).toMatchObject({ accessKeyId: 'E' })
})

it('without a file the keys are those of the environment', async () => {
  const access = await s3Access(await inS3(), environment)
  expect(await access?.credentials()).toEqual({ accessKeyId: 'C', secretAccessKey: 'D' })
  expect(await s3Access(await fileWith(undefined), environment)).toBeUndefined()
})

it('keys that are not there, or that others may read, are refused before the gateway opens', async () => {
  await expect(s3Access(await inS3(), {})).rejects.toMatchObject(invalid('there are no keys'))
  const path = join(folder, 'other.keys')
  const file = await inS3({ credentialsFile: 'other.keys' })
  await expect(s3Access(file, environment)).rejects.toMatchObject({ type: { code: 'input-unreadable' } })
  await writeFile(path, '[default]\n', { mode: 0o600 })
  await expect(s3Access(file, environment)).rejects.toMatchObject(invalid('under [default]'))
  await writeFile(path, keysFile)
  await chmod(path, 0o640)
  await expect(s3Access(file, environment)).rejects.toMatchObject(invalid('chmod 600'))
})
