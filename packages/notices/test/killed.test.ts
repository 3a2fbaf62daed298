import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { header, mailerTo, mailSystem, postOffice } from './post-office.ts'

it('a letter whose sender was killed before it could write it down is sent again under the same Message-ID', async () => {
  await using mail = await mailSystem()
  await using here = await postOffice({ mailer: mailerTo(mail.port) })
  await here.send({ account: here.person() })
  const script = fileURLToPath(new URL('./killed-sender.ts', import.meta.url))
  const sender = [script, here.database.url, String(mail.port), String(here.at)]
  const child = spawn(process.execPath, ['--import', 'tsx', ...sender], { stdio: 'inherit' })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  expect(mail.received).toHaveLength(1)

  expect(await here.notices.deliverDue()).toMatchObject({ sent: 0 })
  here.at += 300_000
  expect(await here.notices.deliverDue()).toMatchObject({ sent: 1 })
  const ids = mail.received.map(({ raw }) => header(raw, 'Message-ID'))
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})
