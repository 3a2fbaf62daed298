import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, Problem } from '@sapan/kernel'
import { KeyFolder } from '@sapan/trust'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import {
  type Center,
  type CenterConfig,
  type CenterConnection,
  createCenter,
  type GatewayCredentials,
  type HeldCredential,
  initialiseCenter,
  joinGateway,
  loadCredentials,
  type Membership,
  openJoinToken,
  readDirectory,
  type Speaker,
} from '../../src/index.ts'
import { centerDatabase } from '../databases.ts'

/** A clock that a test moves. */
export interface TestClock {
  (): number
  now: number
}

export function testClock(now = Date.parse('2026-07-01T03:00:00Z')): TestClock {
  const clock: TestClock = Object.assign(() => clock.now, { now })
  return clock
}

export const quiet = createLogger({ name: 'test', level: 'silent' })

/** A log that remembers its lines. */
export function keptLog() {
  const lines: string[] = []
  const log = createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } })
  return { log, lines }
}

export interface TestCenter {
  readonly center: Center
  readonly clock: TestClock
  readonly keys: KeyFolder
  readonly pool: TestDatabase['pool']
  readonly connection: CenterConnection
  /** An admin call with the token; the answer's JSON. */
  admin(method: 'GET' | 'POST', url: string, body?: object): Promise<AdminAnswer>
  /** Registers a member if needed and takes its gateway in; a key folder of its own. */
  join(member: string, more?: readonly string[]): Promise<TestGateway>
  token(gateway: string, members: readonly string[], expiresInSeconds?: number): Promise<string>
  /** The directory as it is published, read as a gateway reads it. */
  directory(): Promise<ReturnType<typeof readDirectory>>
  /** A second center on the same database and keys. */
  standby(): Promise<Center>
  close(): Promise<void>
}

export interface AdminAnswer {
  readonly status: number
  readonly json: Record<string, unknown>
}

export interface TestGateway {
  readonly keys: KeyFolder
  readonly membership: Membership
  readonly credentials: GatewayCredentials
  speaker(member: string): Speaker
}

export async function testFolder(): Promise<KeyFolder> {
  return new KeyFolder(await mkdtemp(join(tmpdir(), 'sapan-keys-')))
}

/** Sends as the network would, into the public app. */
export function injected(center: Center): CenterConnection {
  return {
    url: 'https://center.test:4000',
    request: async ({ method, path, headers, body }) => {
      const answer = await center.publicApp.inject({
        method,
        url: path,
        ...(headers ? { headers: { ...headers } } : {}),
        ...(body === undefined ? {} : { payload: body }),
      })
      const flat = Object.entries(answer.headers).map(([name, value]) => [name, String(value)])
      return { status: answer.statusCode, headers: Object.fromEntries(flat), body: answer.body }
    },
    root: async () => Buffer.alloc(0),
    close: async () => {},
  }
}

export async function startCenter(
  config: Partial<CenterConfig> = {},
  log = quiet,
  clock = testClock(),
): Promise<TestCenter> {
  const { pool, drop } = await centerDatabase()
  const keys = await testFolder()
  await initialiseCenter({ keys, instance: 'TH', now: clock() })
  const options = {
    pool,
    keys,
    clock,
    log,
    config: { instance: 'TH', publicUrl: 'https://center.test:4000', ...config },
  }
  const center = await createCenter(options)
  await center.start()
  const standbys: Center[] = []
  const folders = [keys]
  const connection = injected(center)

  const admin: TestCenter['admin'] = async (method, url, body) => {
    const answer = await center.adminApp.inject({
      method,
      url,
      headers: { authorization: `Bearer ${center.adminToken}` },
      ...(body ? { payload: body } : {}),
    })
    return { status: answer.statusCode, json: JSON.parse(answer.body) }
  }
  const token: TestCenter['token'] = async (gateway, members, expiresInSeconds) => {
    const expiry = expiresInSeconds === undefined ? {} : { expiresInSeconds }
    const { json } = await admin('POST', '/v1/tokens', { gateway, members, ...expiry })
    return String(json.token)
  }
  return {
    center,
    clock,
    keys,
    pool,
    connection,
    admin,
    token,
    join: async (member, more = []) => {
      for (const id of [member, ...more]) {
        const [, memberClass, code] = id.split('/')
        await admin('POST', '/v1/members', {
          class: memberClass,
          code,
          name: { th: `ก ${code}`, en: `${code}` },
        })
      }
      const folder = await testFolder()
      folders.push(folder)
      const membership = await joinGateway({
        token: await token(`${member}/gateway-1`, more),
        keys: folder,
        peerAddress: 'https://127.0.0.1:4444',
        clock,
        center: connection,
      })
      const credentials = await loadCredentials(folder, membership, clock())
      return {
        keys: folder,
        membership,
        credentials,
        speaker: (id) => ({
          center: connection,
          rootFingerprint: center.rootFingerprint,
          signing: signingOf(credentials, id),
          clock,
        }),
      }
    },
    directory: async () => {
      const { body } = await connection.request({ method: 'GET', path: '/v1/directory' })
      return readDirectory(body, center.rootFingerprint, clock())
    },
    standby: async () => {
      const standby = await createCenter(options)
      standbys.push(standby)
      return standby
    },
    close: async () => {
      for (const each of [...standbys, center]) await each.stop()
      await drop()
      for (const folder of folders) await rm(folder.directory, { recursive: true, force: true })
    },
  }
}

function signingOf(credentials: GatewayCredentials, member: string): HeldCredential {
  const held = credentials.signing.get(member)
  if (!held) throw new Error(`${member} has no signing credential`)
  return held
}

/** The code of the problem that the work was refused with; fails where it was not. */
export async function refusal(work: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  throw new Error('it was not refused')
}

export { openJoinToken }
