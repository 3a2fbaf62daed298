import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WorkingDays } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendarOf } from '../src/config/holidays.ts'
import { readIdentityFile } from '../src/config/identity.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-identity-file-'))
})
afterAll(() => rm(folder, { recursive: true }))

const whole = `issuer: https://id.example.go.th
portal: https://my.example.go.th
desk: https://desk.example.go.th
listen: { identity: "127.0.0.1:4201", desk: "127.0.0.1:4202" }
operator: TH/GOV/DGA
gateway: { edge: "http://127.0.0.1:4101", subsystem: TH/GOV/DGA/identity }
contact: { email: help@example.go.th, dataProtection: dpo@example.go.th }
database: { url: postgres://sapan@db/identity }
`

async function read(more = '') {
  const file = join(folder, 'identity.yaml')
  await writeFile(file, whole + more)
  return await readIdentityFile(file)
}

const cabinet = (date: string, closed: boolean) =>
  `- { date: ${date}, closed: ${closed}, name: { th: พิเศษ, en: Special }, source: มติ, checked: true }\n`

describe('the holidays of an identity.yaml', () => {
  it('are the country’s, where it names no file', async () => {
    const days = new WorkingDays(await calendarOf(await read()))
    expect(['2026-11-26', '2026-12-07'].map((date) => days.isWorkingDay(date))).toEqual([true, false])
  })

  it('are those of the file beside it laid over the country’s', async () => {
    await writeFile(join(folder, 'cabinet.yaml'), cabinet('2026-11-26', true) + cabinet('2026-12-07', false))
    const days = new WorkingDays(await calendarOf(await read('holidays: cabinet.yaml\n')))
    expect(['2026-11-26', '2026-12-07'].map((date) => days.isWorkingDay(date))).toEqual([false, true])
  })

  it('are refused with their file and place, where they are no holidays', async () => {
    await writeFile(join(folder, 'wrong.yaml'), cabinet('2026-11-31', true))
    const file = await read('holidays: wrong.yaml\n')
    await expect(calendarOf(file)).rejects.toMatchObject({
      code: 'country-data-invalid',
      detail: { en: expect.stringContaining(`${join(folder, 'wrong.yaml')}`) },
    })
  })

  it('are refused where there is no such file', async () => {
    const file = await read('holidays: nowhere.yaml\n')
    await expect(calendarOf(file)).rejects.toMatchObject({ code: 'input-unreadable' })
  })
})
