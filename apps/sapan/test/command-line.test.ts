import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../src/commands.ts'
import { chosenLanguage } from '../src/terminal/terminal.ts'
import { run } from './support.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-cli-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('help', () => {
  it('lists every command in Thai and in English', async () => {
    const english = await run(['--help'])
    const thai = await run(['--help'], {}, 'th')
    expect(english.code).toBe(0)
    expect(thai.out).toContain('คำสั่ง:')
    for (const { name, summary } of commands) {
      expect(english.out).toContain(name)
      expect(thai.out.replace(/\s+/g, '')).toContain(summary.th.replace(/\s+/g, ''))
    }
  })

  it.each(commands.map(({ name }) => name))('of %s shows an example', async (name) => {
    const { code, out } = await run([name, '--help'])
    expect(code).toBe(0)
    const nested = /Commands:\n {2}(\S+)/.exec(out)?.[1]
    const shown = nested === undefined ? out : (await run([name, nested, '--help'])).out
    expect(shown).toContain(`Example:\n  sapan ${name}`)
  })

  it('without a command is shown, and is no mistake', async () => {
    expect(await run([])).toMatchObject({ code: 0, out: expect.stringContaining('sapan') })
  })
})

describe('misuse ends with 2', () => {
  it.each([
    { why: 'an unknown command', argv: ['clal'] },
    { why: 'an unknown option', argv: ['verify', 'x.asice', '--fast'] },
    { why: 'a missing argument', argv: ['verify'] },
    { why: 'a missing needed option', argv: ['gateway', 'join'] },
    { why: 'a call without the subsystem that asks', argv: ['call', 'TH/GOV/DOPA/population/person-v1/x'] },
    { why: 'a number that is not a national number', argv: ['usage', '1234567890123'] },
  ])('$why', async ({ argv }) => {
    const { code, notes } = await run(argv, { SAPAN_HOME: folder })
    expect(code).toBe(2)
    expect(notes).toMatch(/--help/)
  })

  it('suggests the command that was meant', async () => {
    expect((await run(['clal'])).notes).toContain('call')
  })
})

describe('a refusal ends with 1', () => {
  it('says title, detail, code and what to do next where nothing runs', async () => {
    const { code, notes } = await run(['directory'], { SAPAN_HOME: join(folder, 'nowhere') })
    expect(code).toBe(1)
    expect(notes).toContain('✗ There is no Sapan in this home yet')
    expect(notes).toContain('endpoints.json')
    expect(notes).toContain('code home-missing')
    expect(notes).toMatch(/Next: start one with sapan up/)
  })

  it('says it in Thai', async () => {
    const { notes } = await run(['directory'], { SAPAN_HOME: join(folder, 'nowhere') }, 'th')
    expect(notes).toContain('ยังไม่มีสะพานในโฟลเดอร์นี้')
    expect(notes).toContain('ขั้นต่อไป:')
  })

  it('answers in JSON when asked to', async () => {
    const { out } = await run(['directory', '--json'], { SAPAN_HOME: join(folder, 'nowhere') })
    expect(JSON.parse(out)).toMatchObject({ problem: { code: 'home-missing' } })
  })

  it('names the gateways there are', async () => {
    const endpoint = (id: string) => ({ id, members: [id], edge: 'x', peer: 'x', admin: 'x', keys: 'x' })
    const gateways = { DOPA: endpoint('TH/GOV/DOPA'), RD: endpoint('TH/GOV/RD') }
    await writeFile(join(folder, 'endpoints.json'), JSON.stringify({ gateways }))
    const { code, notes } = await run(['evidence', 'list', '--gateway', 'DLT'], { SAPAN_HOME: folder })
    expect(code).toBe(1)
    expect(notes).toContain('there is no DLT; there are: DOPA (TH/GOV/DOPA), RD (TH/GOV/RD)')
  })
})

it('a damaged file of the home ends with 13 and is named', async () => {
  const home = await mkdtemp(join(folder, 'home-'))
  await writeFile(join(home, 'endpoints.json'), '{"gateways":')
  const { code, notes } = await run(['directory'], { SAPAN_HOME: home })
  expect(code).toBe(13)
  expect(notes).toContain(join(home, 'endpoints.json'))
})

describe('the language', () => {
  it.each([
    { argv: [], env: {}, language: 'en' },
    { argv: [], env: { LANG: 'C.UTF-8' }, language: 'en' },
    { argv: [], env: { LANG: 'en_GB.UTF-8' }, language: 'en' },
    { argv: [], env: { LANG: 'th_TH.UTF-8' }, language: 'th' },
    { argv: [], env: { LANG: 'th_TH.UTF-8', LC_ALL: 'C' }, language: 'en' },
    { argv: ['--lang', 'th'], env: { LANG: 'en_GB' }, language: 'th' },
    { argv: ['call', 'x', '--lang=en'], env: { LANG: 'th_TH' }, language: 'en' },
  ])('of $argv with $env is $language', ({ argv, env, language }) => {
    expect(chosenLanguage(argv, env)).toBe(language)
  })
})
