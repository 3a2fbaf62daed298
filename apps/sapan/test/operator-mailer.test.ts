import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OperatorLetter } from '@sapan/exchange'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { readGatewayFile } from '../src/config/gateway.ts'
import { operatorMailer } from '../src/run/operator-mailer.ts'

const letter: OperatorLetter = {
  ...{ id: '7f', to: 'ops@rd.example', language: 'en' as const, subject: 'Urgent: database' },
  ...{ text: 'the database is down', html: '<p>the database is down</p>' },
}

/** What the mail system was handed. */
const received: { readonly to: readonly string[]; readonly raw: string }[] = []

/** A real mail system on this machine, which takes letters from who has the password. */
function mailSystem(): SMTPServer {
  const refused = Object.assign(new Error('no'), { responseCode: 535 })
  return new SMTPServer({
    ...{ allowInsecureAuth: true, disabledCommands: ['STARTTLS'], logger: false, closeTimeout: 50 },
    onAuth: ({ username, password }, _session, done) =>
      password === 'p@ss word' ? done(null, { user: username }) : done(refused),
    onData(stream, { envelope }, done) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        received.push({
          to: envelope.rcptTo.map(({ address }) => address),
          raw: String(Buffer.concat(pieces)),
        })
        done()
      })
    },
  })
}

let folder: string
let system: SMTPServer
let port: number
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-alerts-'))
  system = mailSystem()
  system.on('error', () => {})
  const listening = system.listen(0, '127.0.0.1')
  await new Promise((resolve) => listening.once('listening', resolve))
  port = (listening.address() as AddressInfo).port
})
afterAll(async () => {
  await new Promise<void>((resolve) => system.close(() => resolve()))
  await rm(folder, { recursive: true })
})

/** As a gateway reads its file, with the password file beside it. */
async function fileWith(alerts: object | undefined) {
  const config = join(folder, 'gateway.yaml')
  const places = { edge: '127.0.0.1:4101', peer: '127.0.0.1:4102', admin: '127.0.0.1:4103' }
  await writeFile(
    config,
    stringify({
      ...{ id: 'TH/GOV/RD/gateway-1', listen: places, alerts: alerts ?? {} },
      center: { url: 'https://127.0.0.1:4000', rootFingerprint: 'a'.repeat(64) },
      ...{ peerAddress: 'https://127.0.0.1:4102', edgeOrigin: 'http://127.0.0.1:4101' },
      database: { embedded: 'postgres', name: 'rd' },
    }),
  )
  return await readGatewayFile(config)
}

const email = () => ({
  ...{ to: ['ops@rd.example'], from: 'Sapan RD <no-reply@rd.example>', passwordFile: 'mail.password' },
  smtp: `smtp://sapan@127.0.0.1:${port}?security=plain`,
})

it('alerts go to the mail system that the file names, signed in with the password of a file beside it', async () => {
  await writeFile(join(folder, 'mail.password'), 'p@ss word\n', { mode: 0o600 })
  const mailer = await operatorMailer(await fileWith({ email: email() }), {})
  onTestFinished(() => mailer?.close())
  await mailer?.tellOperator(letter)
  expect(received).toMatchObject([{ to: ['ops@rd.example'] }])
  for (const part of [
    'Subject: Urgent: database',
    'From: Sapan RD <no-reply@rd.example>',
    'Message-ID: <7f@rd.example>',
    'the database is down',
  ])
    expect(received[0]?.raw).toContain(part)
})

it('the password may be in the environment; a wrong one is told as the mail system says it', async () => {
  const { passwordFile: _, ...rest } = email()
  const file = await fileWith({ email: rest })
  const right = await operatorMailer(file, { SAPAN_ALERT_MAIL_PASSWORD: 'p@ss word' })
  const wrong = await operatorMailer(file, { SAPAN_ALERT_MAIL_PASSWORD: 'x' })
  onTestFinished(() => {
    right?.close()
    wrong?.close()
  })
  await right?.tellOperator(letter)
  await expect(wrong?.tellOperator(letter)).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 })
})

it('a password that others may read is refused, and one that is not there is named', async () => {
  await writeFile(join(folder, 'mail.password'), 'x')
  await chmod(join(folder, 'mail.password'), 0o640)
  const file = await fileWith({ email: email() })
  await expect(operatorMailer(file, {})).rejects.toMatchObject({
    type: { code: 'config-invalid' },
    detail: { en: expect.stringContaining('chmod 600') },
  })
  await rm(join(folder, 'mail.password'))
  await expect(operatorMailer(file, {})).rejects.toMatchObject({ type: { code: 'input-unreadable' } })
})

it('without alerts.email nobody is told by e-mail', async () => {
  expect(await operatorMailer(await fileWith(undefined), {})).toBeUndefined()
})
