import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  credentialsInEnvironment,
  readCredentialsFile,
} from '../../../src/evidence/archive/s3/credentials-file.ts'
import { objectUrl } from '../../../src/evidence/archive/s3/object-url.ts'
import { S3ArchiveStore } from '../../../src/evidence/archive/s3/s3-store.ts'
import { type RequestToSign, signS3Request } from '../../../src/evidence/archive/s3/sigv4.ts'
import { errorXml, keys, S3Server } from './s3-server.ts'

const name = '2026-11/019ab000-0000-7000-8000-000000000001'
const path = `/evidence/gateway-1/${name}`

const server = new S3Server()
let endpoint: string
beforeAll(async () => {
  endpoint = await server.start()
})
afterAll(() => server.stop())
beforeEach(() => {
  server.objects.clear()
  server.asked.length = 0
  server.instead = () => undefined
})

function storeAt(at = endpoint, secretAccessKey = keys.secretAccessKey): S3ArchiveStore {
  const store = new S3ArchiveStore({
    settings: { endpoint: at, region: 'th-1', bucket: 'evidence', prefix: 'gateway-1', addressing: 'path' },
    credentials: async () => ({ ...keys, secretAccessKey }),
    clock: Date.now,
    pause: async () => {},
  })
  onTestFinished(() => store.close())
  return store
}

const unreachable = (said: string) => ({
  type: { code: 'archive-unreachable' },
  detail: { en: expect.stringContaining(said), th: expect.stringContaining('s3://evidence/gateway-1: ') },
})
const lost = { type: { code: 'archive-lost' }, detail: { en: name } }

describe('a request is signed as AWS’ documentation computes it', () => {
  const example = { region: 'us-east-1', time: Date.UTC(2013, 4, 24) }
  const account = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }
  const host = 'https://examplebucket.s3.amazonaws.com'
  const signatureOf = (request: Omit<RequestToSign, 'region' | 'time'>) =>
    signS3Request({ ...request, ...example }, account).authorization?.split('Signature=')[1]

  it('GET of a range', () => {
    const signed = signatureOf({
      method: 'GET',
      url: new URL(`${host}/test.txt`),
      headers: { range: 'bytes=0-9' },
      bodyDigest: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    })
    expect(signed).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41')
  })

  it('PUT of an object whose name is encoded', () => {
    const address = {
      ...{ endpoint: 'https://s3.amazonaws.com', bucket: 'examplebucket', prefix: '' },
      addressing: 'virtual-host' as const,
    }
    const url = objectUrl(address, 'test$file.text')
    expect(url.href).toBe(`${host}/test%24file.text`)
    const signed = signatureOf({
      ...{ method: 'PUT', url },
      headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      bodyDigest: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    })
    expect(signed).toBe('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd')
  })

  it('with keys that were lent for a time, their token is sent and signed', () => {
    const headers = signS3Request(
      { method: 'GET', url: new URL(`${host}/a`), headers: {}, bodyDigest: '00', ...example },
      { ...account, sessionToken: 'lent' },
    )
    expect(headers['x-amz-security-token']).toBe('lent')
    expect(headers.authorization).toContain(
      'SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,',
    )
  })
})

it('an object’s address has the bucket in its path or before its host, and keeps the path of the store', () => {
  const address = { endpoint: 'https://store.example:9000/s3/', bucket: 'evidence', prefix: 'a/b' }
  expect(objectUrl({ ...address, addressing: 'path' }, 'n').href).toBe(
    'https://store.example:9000/s3/evidence/a/b/n',
  )
  expect(objectUrl({ ...address, addressing: 'virtual-host' }, "it's").href).toBe(
    'https://evidence.store.example:9000/s3/a/b/it%27s',
  )
})

it('a segment is put, read in parts and removed; removing it again does no harm', async () => {
  const store = storeAt()
  const bytes = randomBytes(300_000)
  await store.put(name, bytes)
  expect(store.place).toBe('s3://evidence/gateway-1')
  expect(server.objects.get(path)).toEqual(bytes)
  expect(await store.read(name, 0, 300_000)).toEqual(bytes)
  expect(await store.read(name, 100_000, 7)).toEqual(bytes.subarray(100_000, 100_007))
  await store.remove(name)
  await store.remove(name)
  expect(server.objects.size).toBe(0)
})

it('a segment that is not there, or is shorter than it was, is lost', async () => {
  const store = storeAt()
  await expect(store.read(name, 0, 10)).rejects.toMatchObject(lost)
  await store.put(name, randomBytes(10))
  await expect(store.read(name, 5, 10)).rejects.toMatchObject(lost)
  await expect(store.read(name, 10, 10)).rejects.toMatchObject(lost)
})

it('a store that could not just now is asked again, three times in all', async () => {
  const store = storeAt()
  const passing = [503, 500, 200]
  server.instead = () => {
    const status = passing.shift() ?? 200
    return status === 200 ? undefined : { status, body: errorXml('SlowDown') }
  }
  await store.put(name, randomBytes(10))
  expect(server.asked).toEqual(Array(3).fill(`PUT ${path}`))
  server.instead = () => ({ status: 503, body: errorXml('SlowDown') })
  await expect(store.read(name, 0, 1)).rejects.toMatchObject(unreachable('the store answered 503 SlowDown'))
  expect(server.asked).toHaveLength(6)
})

it('a connection that is lost is tried again', async () => {
  let left = 1
  server.instead = () => (left-- > 0 ? 'hang up' : undefined)
  await storeAt().put(name, randomBytes(10))
  expect(server.objects.size).toBe(1)
})

it('while a store does not answer, it is not asked for each of many parts', async () => {
  const store = storeAt()
  server.instead = () => 'hang up'
  await expect(store.read(name, 0, 1)).rejects.toMatchObject(unreachable('UND_ERR_SOCKET'))
  for (const from of [1, 2, 3])
    await expect(store.read(name, from, 1)).rejects.toMatchObject(unreachable('UND_ERR_SOCKET'))
  expect(server.asked).toHaveLength(3)
  server.instead = () => undefined
  await store.put(name, randomBytes(10))
  expect(await store.read(name, 0, 10)).toHaveLength(10)
})

it('a store that hangs up on a segment is asked why', async () => {
  server.instead = ({ method }) =>
    method === 'PUT' ? 'hang up' : { status: 403, body: errorXml('AccessDenied') }
  await expect(storeAt().put(name, randomBytes(10))).rejects.toMatchObject(unreachable('403 AccessDenied'))
  server.instead = ({ method }) => (method === 'PUT' ? 'hang up' : undefined)
  await expect(storeAt().put(name, randomBytes(10))).rejects.toMatchObject(unreachable('UND_ERR_SOCKET'))
})

it('what the store refuses is said once, with what an operator can do', async () => {
  await expect(storeAt(endpoint, 'another').put(name, randomBytes(1))).rejects.toMatchObject(
    unreachable('403 SignatureDoesNotMatch: the secret key or the region'),
  )
  server.instead = () => ({ status: 404, body: errorXml('NoSuchBucket') })
  await expect(storeAt().read(name, 0, 1)).rejects.toMatchObject(unreachable('404 NoSuchBucket: there is no'))
  server.instead = () => ({ status: 403, body: errorXml('RequestTimeTooSkewed') })
  await expect(storeAt().remove(name)).rejects.toMatchObject(unreachable('set it by NTP'))
  expect(server.asked).toHaveLength(3)
})

it('a redirect is not followed', async () => {
  const other = new S3Server()
  const location = await other.start()
  onTestFinished(() => other.stop())
  server.instead = () => ({ status: 307, headers: { location: `${location}${path}` } })
  await expect(storeAt().put(name, randomBytes(1))).rejects.toMatchObject(
    unreachable('307: it names another'),
  )
  expect(other.asked).toEqual([])
})

describe('what is no S3 store is not believed', () => {
  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }
  it.each([
    [
      'a page instead of an acknowledgement',
      page,
      (store: S3ArchiveStore) => store.put(name, randomBytes(9)),
    ],
    ['a page instead of a part', page, (store: S3ArchiveStore) => store.read(name, 0, 99)],
    ['another part', part('bytes 1-2/3', 'ab'), (store: S3ArchiveStore) => store.read(name, 0, 2)],
    ['a part of another length', part('bytes 0-1/3', 'a'), (store: S3ArchiveStore) => store.read(name, 0, 2)],
    ['a part without a range', part('', 'ab'), (store: S3ArchiveStore) => store.read(name, 0, 2)],
    [
      'another checksum',
      { status: 200, headers: { etag: '"1"', 'x-amz-checksum-sha256': 'AAAA' } },
      (store: S3ArchiveStore) => store.put(name, randomBytes(9)),
    ],
  ])('%s', async (_, answer, use) => {
    server.instead = () => answer
    await expect(use(storeAt())).rejects.toMatchObject(unreachable('no S3 store'))
  })

  it('a 404 that is not S3’s own does not mean that a segment is lost, nor gone', async () => {
    server.instead = () => ({ status: 404, body: 'not found' })
    await expect(storeAt().read(name, 0, 1)).rejects.toMatchObject(unreachable('the store answered 404'))
    await expect(storeAt().remove(name)).rejects.toMatchObject(unreachable('the store answered 404'))
  })

  it('an answer without an end is left', async () => {
    const endless = createServer((_, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-1/2' })
      const more = () => response.write(Buffer.alloc(65_536), (error) => error ?? more())
      more()
    })
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => endless.closeAllConnections())
    onTestFinished(() => void endless.close())
    const address = endless.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await expect(storeAt(`http://127.0.0.1:${port}`).read(name, 0, 2)).rejects.toMatchObject(
      unreachable('longer than what was asked for'),
    )
  })
})

it('a store that nobody answers for is unreachable', async () => {
  const gone = new S3Server()
  const at = await gone.start()
  await gone.stop()
  await expect(storeAt(at).read(name, 0, 1)).rejects.toMatchObject(unreachable('ECONNREFUSED'))
})

it('keys are read as AWS’ tools write them, of the profile default', () => {
  const file =
    '[other]\naws_access_key_id = no\n\n[default]\naws_access_key_id = A\r\naws_secret_access_key=b/+=\n'
  expect(readCredentialsFile(file)).toEqual({ accessKeyId: 'A', secretAccessKey: 'b/+=' })
  expect(readCredentialsFile('[default]\naws_access_key_id = A\n')).toBeUndefined()
  expect(readCredentialsFile('aws_access_key_id = A\naws_secret_access_key = b\n')).toBeUndefined()
  const env = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c' }
  expect(credentialsInEnvironment(env)).toEqual({
    accessKeyId: 'A',
    secretAccessKey: 'b',
    sessionToken: 'c',
  })
  expect(credentialsInEnvironment({ AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: '' })).toBeUndefined()
})

function part(range: string, body: string) {
  return { status: 206, headers: range === '' ? {} : { 'content-range': range }, body }
}
