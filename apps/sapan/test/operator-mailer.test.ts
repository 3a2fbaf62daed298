import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OperatorLetter } from '@sapan/exchange'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { header, type MailSystem, mailSystem, plainText } from '../../../packages/notices/test/post-office.ts'
import { readGatewayFile } from '../src/config/gateway.ts'
import { operatorMailer } from '../src/run/operator-mailer.ts'

const letter: OperatorLetter = {
  ...{ id: '7f', to: 'ops@rd.example', language: 'th' as const, subject: 'เร่งด่วน: database' },
  ...{ text: 'ฐานข้อมูลไม่ตอบ', html: '<p>ฐานข้อมูลไม่ตอบ</p>' },
}

let folder: string
let system: MailSystem
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-alerts-'))
  system = await mailSystem(0, 'p@ss word')
})
afterAll(async () => {
  await system[Symbol.asyncDispose]()
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
  smtp: `smtp://sapan@127.0.0.1:${system.port}?security=plain`,
})

it('alerts go to the mail system that the file names, signed in with the password of a file beside it', async () => {
  await writeFile(join(folder, 'mail.password'), 'p@ss word\n', { mode: 0o600 })
  const mailer = await operatorMailer(await fileWith({ email: email() }), {})
  onTestFinished(() => mailer?.close())
  await mailer?.tellOperator(letter)
  const [{ to, raw }] = system.received as [MailSystem['received'][number]]
  expect(to).toEqual(['ops@rd.example'])
  expect(header(raw, 'subject')).toBe('เร่งด่วน: database')
  expect(header(raw, 'from')).toBe('Sapan RD <no-reply@rd.example>')
  expect(header(raw, 'message-id')).toBe('<7f@rd.example>')
  expect(plainText(raw)).toContain('ฐานข้อมูลไม่ตอบ')
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
