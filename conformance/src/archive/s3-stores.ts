import { deepEqual, equal } from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { S3ArchiveStore } from '@sapan/exchange'
import { type Check, claim, type Finding } from '../check.ts'
import { inFolder, tool } from '../tool.ts'
import { account, python, type RunningStore, startMoto, startVersitygw } from './s3-servers.ts'

const client = fileURLToPath(new URL('../../archive/s3_client.py', import.meta.url))
const bucket = 'evidence'
const name = '2026-11/019ab000-0000-7000-8000-000000000001'
const key = `gateway-1/${name}`
/** As large as a segment of an archive. */
const segment = randomBytes(16 * 1024 * 1024)

/** Stores that we did not write, and AWS' own client beside us at each of them. */
export const archiveStores: Check = {
  name: 'Archive of evidence, S3',
  against: () => 'PyPI moto 5.2.5 with boto3, versitygw 1.8.0 (TLS, signatures verified)',
  run: () =>
    inFolder({}, async (folder) => [
      ...(await claimsAt('moto', startMoto, false)),
      ...(await claimsAt('versitygw', () => startVersitygw(folder), true)),
    ]),
}

async function claimsAt(
  whose: string,
  start: () => Promise<RunningStore>,
  verifies: boolean,
): Promise<readonly Finding[]> {
  let server: RunningStore | undefined
  const started = await claim(`${whose}: the bucket is made by AWS’ client`, async () => {
    server = await start()
    ask(server, 'make')
  })
  if (server === undefined || started.state !== 'passed') return [started]
  const stores: S3ArchiveStore[] = []
  try {
    const running = server
    const open = (change: Change = {}) => {
      const store = storeAt(running, change)
      stores.push(store)
      return store
    }
    const segments = await claimsOfSegments(whose, running, open)
    return [started, ...segments, ...(verifies ? await claimsOfRefusals(whose, open) : [])]
  } finally {
    server.stop()
    for (const store of stores) await store.close()
  }
}

async function claimsOfSegments(
  whose: string,
  server: RunningStore,
  open: () => S3ArchiveStore,
): Promise<readonly Finding[]> {
  const store = open()
  const says = (what: string, prove: () => unknown) => claim(`${whose}: ${what}`, prove)
  const digest = createHash('sha256').update(segment)
  const [hex, base64] = [digest.copy().digest('hex'), digest.digest('base64')]
  return [
    await says('a segment that we put is what AWS’ client gets', async () => {
      await store.put(name, segment)
      const [digest, checksum = base64] = ask(server, 'digest', key).split(' ')
      // moto keeps none.
      deepEqual([digest, checksum], [hex, base64])
    }),
    await says('it is read whole and in parts', async () => {
      deepEqual(await store.read(name, 0, segment.length), segment)
      deepEqual(await store.read(name, 5_000_001, 999), segment.subarray(5_000_001, 5_001_000))
    }),
    await says('put again, it is the same', async () => {
      await store.put(name, segment)
      equal(ask(server, 'list'), `['${key}']`)
    }),
    await says('one that the store has shortened is told as lost', async () => {
      ask(server, 'shorten', key)
      equal(await problemOf(store.read(name, segment.length - 100, 100)), 'archive-lost')
      equal(await problemOf(store.read(name, segment.length / 2 - 50, 100)), 'archive-lost')
    }),
    await says('removed, it is gone; removed again, nothing happens', async () => {
      await store.remove(name)
      await store.remove(name)
      equal(ask(server, 'list'), '[]')
      equal(await problemOf(store.read(name, 0, 1)), 'archive-lost')
    }),
  ]
}

/** At a store that verifies what it is sent. */
async function claimsOfRefusals(
  whose: string,
  open: (change: Change) => S3ArchiveStore,
): Promise<readonly Finding[]> {
  const says = (what: string, prove: () => unknown) => claim(`${whose}: ${what}`, prove)
  const said = async (change: Change) => {
    const store = open(change)
    return [await detailOf(store.put(name, segment)), await detailOf(store.read(name, 0, 1))]
  }
  const twice = (text: string, at = bucket) => Array(2).fill(`s3://${at}/gateway-1: ${text}`)
  return [
    await says('another secret key is told as such', async () =>
      deepEqual(
        await said({ secretAccessKey: 'another' }),
        twice('403 SignatureDoesNotMatch: the secret key or the region is not the store’s'),
      ),
    ),
    await says('an unknown key is refused', async () =>
      equal(await problemOf(open({ accessKeyId: 'NOBODY' }).put(name, segment)), 'archive-unreachable'),
    ),
    await says('a bucket that is not there is told as such', async () =>
      deepEqual(
        await said({ bucket: 'nowhere' }),
        twice('404 NoSuchBucket: there is no such bucket: make it', 'nowhere'),
      ),
    ),
    await says('a clock that is wrong is told as such', async () =>
      deepEqual(
        await said({ clock: () => Date.now() - 3_600_000 }),
        twice('403 RequestTimeTooSkewed: this machine’s clock is wrong: set it by NTP'),
      ),
    ),
    await says('its certificate is not taken without the authority that vouches for it', async () =>
      deepEqual(await said({ ca: undefined }), twice('DEPTH_ZERO_SELF_SIGNED_CERT')),
    ),
  ]
}

interface Change {
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  readonly bucket?: string
  readonly clock?: () => number
  readonly ca?: undefined
}

function storeAt({ endpoint, ca }: RunningStore, change: Change): S3ArchiveStore {
  const { bucket: other, clock, ...keys } = change
  return new S3ArchiveStore({
    settings: {
      ...{ endpoint, region: 'th-1', bucket: other ?? bucket, prefix: 'gateway-1' },
      addressing: 'path',
    },
    credentials: async () => ({ ...account, ...keys }),
    ...(ca === undefined || 'ca' in change ? {} : { ca: readFileSync(ca, 'utf8') }),
    clock: clock ?? Date.now,
  })
}

function ask({ endpoint, ca = '' }: RunningStore, what: string, ...rest: readonly string[]): string {
  const { accessKeyId, secretAccessKey } = account
  return tool(python, [client, what, endpoint, accessKeyId, secretAccessKey, ca, bucket, ...rest]).out.trim()
}

function problemOf(asking: Promise<unknown>): Promise<string | undefined> {
  return asking.then(
    () => undefined,
    ({ type }: { type?: { code: string } }) => type?.code,
  )
}

function detailOf(asking: Promise<unknown>): Promise<string | undefined> {
  return asking.then(
    () => undefined,
    ({ detail }: { detail?: { en: string } }) => detail?.en,
  )
}
