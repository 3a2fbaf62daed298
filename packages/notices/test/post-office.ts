import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createLogger, type PoolClient } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import { SMTPServer } from 'smtp-server'
import { type TestDatabase, testDatabase } from '../../kernel/test/database.ts'
import {
  createNotices,
  type Mailer,
  type Notice,
  type Notices,
  noticesMigrations,
  type PushSender,
  type Recipient,
  smtpMailer,
} from '../src/index.ts'

/** What a mail system was handed. */
export interface Received {
  readonly to: readonly string[]
  readonly raw: string
}

/** A real SMTP server on the loopback, which answers as the test says. */
export interface MailSystem extends AsyncDisposable {
  readonly port: number
  readonly received: Received[]
  /** Reply to a recipient or to the content, by code; undefined takes it. */
  recipient: (address: string) => number | undefined
  content: () => number | undefined
  /** Called when the content is there, before the reply. */
  beforeReply: () => Promise<void>
}

export async function mailSystem(port = 0): Promise<MailSystem> {
  const received: Received[] = []
  const refused = (code: number) => Object.assign(new Error('refused'), { responseCode: code })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 50,
    onRcptTo(address, _session, done) {
      const code = system.recipient(address.address)
      done(code === undefined ? null : refused(code))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const code = system.content()
        if (code !== undefined) return done(refused(code))
        const to = session.envelope.rcptTo.map(({ address }) => address)
        received.push({ to, raw: Buffer.concat(chunks).toString('latin1') })
        await system.beforeReply()
        done()
      })
    },
  })
  // A client that goes away is the test's doing.
  server.on('error', () => {})
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  const system: MailSystem = {
    port: (listening.address() as AddressInfo).port,
    received,
    recipient: () => undefined,
    content: () => undefined,
    beforeReply: async () => {},
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return system
}

export function mailerTo(port: number, silence = 5000): Mailer {
  return smtpMailer({
    host: '127.0.0.1',
    port,
    security: 'plain',
    from: 'no-reply@sapan.example',
    name: 'สะพาน Sapan',
    silence,
  })
}

export interface PostOffice extends AsyncDisposable {
  readonly database: TestDatabase
  readonly notices: Notices
  readonly people: Map<string, Recipient>
  readonly lines: string[]
  at: number
  /** Another process on the same database. */
  another(over?: { mailer?: Mailer; push?: PushSender }): Notices
  /** A person with an address. */
  person(recipient?: Partial<Recipient>): string
  send(notice: Partial<Notice> & { account: string }): Promise<void>
}

export const portal = 'https://portal.sapan.example'

const silent: PushSender = { send: async () => 'sent' }

/** Notices on a database of their own, with a clock that the test moves. */
export async function postOffice(over: { mailer: Mailer; push?: PushSender }): Promise<PostOffice> {
  const database = await testDatabase({ notices: noticesMigrations })
  const people = new Map<string, Recipient>()
  const lines: string[] = []
  const log = createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } })
  const sealer = new Sealer(new Map([[1, randomBytes(32)]]), 1)
  const hashKey = randomBytes(32)
  const make = ({ mailer = over.mailer, push = over.push ?? silent } = {}) =>
    createNotices({
      pool: database.pool,
      clock: () => made.at,
      log,
      sealer,
      hashKey,
      portal,
      mailer,
      push,
      addressOf: async (account) => people.get(account),
      pushHosts: ['localhost'],
    })
  const made: PostOffice = {
    database,
    people,
    lines,
    at: Date.parse('2026-11-23T02:00:00Z'),
    notices: make(),
    another: make,
    person(recipient = {}) {
      const account = randomUUID()
      people.set(account, { language: 'th', email: `${account.slice(0, 8)}@mail.example`, ...recipient })
      return account
    },
    send: async (notice) =>
      await transaction(database, (client) => made.notices.send(client, { ...hello, ...notice })),
    async [Symbol.asyncDispose]() {
      over.mailer.close()
      await database.drop()
    },
  }
  return made
}

const hello: Omit<Notice, 'account'> = {
  kind: 'question',
  title: { th: 'หน่วยงานตอบคำถามของคุณแล้ว', en: 'An agency has answered your question' },
  body: { th: 'คำตอบเรื่องภาษีของคุณสมชาย', en: 'The answer on the taxes of Somchai' },
}

export async function transaction<T>(
  { pool }: TestDatabase,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** A part of a mail as text: base64 and quoted-printable undone. */
export function plainText(raw: string): string {
  return raw
    .split(/\r?\n--[^\r\n]+/)
    .map((part) => {
      const [head = '', ...body] = part.split(/\r?\n\r?\n/)
      const text = body.join('\n\n')
      if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8')
      if (!/quoted-printable/i.test(head)) return text
      const bytes = text
        .replace(/=\r?\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      return Buffer.from(bytes, 'latin1').toString('utf8')
    })
    .join('\n')
}

/** A header's value, unfolded, its encoded words (RFC 2047) decoded. */
export function header(raw: string, name: string): string {
  const head = (raw.split(/\r?\n\r?\n/)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ')
  const line = head.split(/\r?\n/).find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`)) ?? ''
  return line
    .slice(name.length + 1)
    .trim()
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
      encoding.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : fromQ(text),
    )
}

function fromQ(text: string): string {
  const bytes = text
    .replaceAll('_', ' ')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
