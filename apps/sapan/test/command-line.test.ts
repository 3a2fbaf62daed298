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

const exchange = '0199c1a2-5b1e-7cc3-98c4-dc0c0c07398f'
const call = ['call', '--as', 'TH/GOV/RD/efiling', 'TH/GOV/DOPA/population/person-v1/persons']
const nobody = 'http://127.0.0.1:1'

describe('misuse ends with 2', () => {
  it.each([
    { why: 'an unknown command', argv: ['clal'] },
    { why: 'an unknown option', argv: ['verify', 'x.asice', '--fast'] },
    { why: 'a missing argument', argv: ['verify'] },
    { why: 'a missing needed option', argv: ['gateway', 'join'] },
    { why: 'a call without the subsystem that asks', argv: ['call', 'TH/GOV/DOPA/population/person-v1/x'] },
    { why: 'a number that is not a national number', argv: ['usage', '1234567890123'] },
    { why: 'a limit that is no number', argv: ['evidence', 'list', '--limit', 'x'] },
    { why: 'a limit of nothing', argv: ['evidence', 'list', '--limit', '0'] },
    { why: 'a time that is none', argv: ['evidence', 'list', '--since', 'yesterday'] },
    { why: 'an exchange that is no number of one', argv: ['evidence', 'show', 'rubbish'] },
    { why: 'a side that there is not', argv: ['evidence', 'export', exchange, '--side', 'left'] },
    { why: 'a member without its class', argv: ['member', 'add', 'DLT', '--name-th', 'ก', '--name-en', 'D'] },
    { why: 'a token for no gateway', argv: ['member', 'token', 'TH/GOV/DLT'] },
    { why: 'hours that are no number', argv: ['member', 'token', 'TH/GOV/DLT/gateway-1', '--hours', 'x'] },
    { why: 'an instance with a space', argv: ['center', 'init', '--instance', 'T H', '--url', 'https://c'] },
    {
      why: 'a place to listen at without a port',
      argv: ['center', 'init', '--instance', 'TH', '--url', 'https://c', '--admin', 'here'],
    },
    {
      why: 'a door of operators that other machines reach',
      argv: ['center', 'init', '--instance', 'TH', '--url', 'https://c', '--admin', '0.0.0.0:4103'],
    },
    { why: 'an edge that is no address', argv: [...call, '--gateway', 'rubbish'] },
    { why: 'a header that HTTP cannot carry', argv: [...call, '--gateway', nobody, '-H', 'bad name: x'] },
    { why: 'a method that HTTP does not have', argv: [...call, '--gateway', nobody, '-X', 'BAD METHOD'] },
    { why: 'a purpose outside ASCII', argv: [...call, '--gateway', nobody, '--purpose', 'ภาษี'] },
  ])('$why', async ({ argv }) => {
    const { code, notes } = await run(argv, { SAPAN_HOME: folder })
    expect(code).toBe(2)
    expect(notes).toMatch(/--help/)
  })

  it('names the gateways where one of several has to be chosen', async () => {
    const home = await homeOf({ DOPA: 'TH/GOV/DOPA', RD: 'TH/GOV/RD' })
    const { code, notes } = await run(['evidence', 'reconcile'], { SAPAN_HOME: home })
    expect(code).toBe(2)
    expect(notes).toContain('say which one with --gateway: DOPA (TH/GOV/DOPA), RD (TH/GOV/RD)')
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
    const home = await homeOf({ DOPA: 'TH/GOV/DOPA', RD: 'TH/GOV/RD' })
    const { code, notes } = await run(['evidence', 'list', '--gateway', 'DLT'], { SAPAN_HOME: home })
    expect(code).toBe(1)
    expect(notes).toContain('there is no DLT; there are: DOPA (TH/GOV/DOPA), RD (TH/GOV/RD)')
  })
})

describe('where nothing runs', () => {
  it('usage does not say that nobody looked', async () => {
    const home = await homeOf({ DOPA: 'TH/GOV/DOPA' })
    const { code, out, notes } = await run(['usage', '1101700230708'], { SAPAN_HOME: home })
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(notes).toContain('✗ DOPA: http://127.0.0.1:1')
    expect(notes).toContain('this is not the whole list')
  })

  it('the doctor does not say that all is well', async () => {
    const home = await homeOf({ DOPA: 'TH/GOV/DOPA' })
    const { code, out } = await run(['doctor'], { SAPAN_HOME: home })
    expect(code).toBe(1)
    expect(out).toContain(`nothing runs in ${home}`)
  })

  it('a grant that names no service is refused before a gateway is asked', async () => {
    const file = join(folder, 'grant.yaml')
    await writeFile(file, 'purpose: tax-assessment\n')
    const { code, notes } = await run(['grant', 'add', file], { SAPAN_HOME: join(folder, 'nowhere') })
    expect(code).toBe(1)
    expect(notes).toContain(`${file} does not name a service`)
  })
})

describe('a folder that nothing can be made in ends with 12', () => {
  it.each([
    { why: 'a file in its place', home: () => join(folder, 'endpoints.json', 'home') },
    // Node's own recursive mkdir never ends there.
    { why: '/proc', home: () => '/proc/sapan' },
  ])('$why', async ({ home }) => {
    await writeFile(join(folder, 'endpoints.json'), '')
    const argv = ['center', 'init', '--instance', 'TH', '--url', 'https://center.example', '--home', home()]
    const { code, notes } = await run(argv)
    expect(code).toBe(12)
    expect(notes).toContain('code folder-not-writable')
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

/** A home that knows these gateways, none of which runs. */
async function homeOf(members: Readonly<Record<string, string>>): Promise<string> {
  const home = await mkdtemp(join(folder, 'home-'))
  const keys = join(home, 'keys')
  const at = 'http://127.0.0.1:1'
  const gateways = Object.fromEntries(
    Object.entries(members).map(([code, member]) => [
      code,
      { id: `${member}/gateway-1`, members: [member], edge: at, peer: at, admin: at, keys },
    ]),
  )
  await writeFile(join(home, 'endpoints.json'), JSON.stringify({ gateways }))
  return home
}
