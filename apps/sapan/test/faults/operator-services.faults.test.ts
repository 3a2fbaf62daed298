import { generateKeyPair } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { loadCountry } from '@sapan/thailand'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../../packages/kernel/test/database.ts'
import { freePorts } from '../../../../packages/kernel/test/ports.ts'
import { packFolder } from '../../src/services/definitions.ts'
import { describedService } from '../../src/up/descriptions.ts'
import { type Staying, sapan, staying } from '../processes.ts'

let folder: string
let database: TestDatabase
let running: Staying[] = []
let portal: string
let ports: number[]
/** One of the pack, whichever it is. */
let service: string

const definitions = (...path: string[]) => join(folder, 'services', ...path)

/** As the guide for operators has it, with agencies whose services are offered. */
async function configure(more = ''): Promise<void> {
  const [one, two, three] = ports
  const { members } = loadCountry()
  const agencies = members.map(
    ({ id }, at) =>
      `  - { member: ${id}, edge: "http://127.0.0.1:1", biller: "${String(at).padStart(15, '0')}" }`,
  )
  await writeFile(
    join(folder, 'identity.yaml'),
    `issuer: http://localhost:${one}
portal: http://localhost:${three}
desk: http://localhost:${two}
listen: { identity: "localhost:${one}", desk: "localhost:${two}" }
operator: TH/GOV/DGA
gateway: { edge: "http://127.0.0.1:1", subsystem: TH/GOV/DGA/identity }
agencies:
${agencies.join('\n')}
services: { definitions: services, descriptions: descriptions }
bank: { subsystem: TH/COM/0107540990014/account, keys: bank.json }
contact: { email: help@example.go.th, dataProtection: dpo@example.go.th }
database: { url: "${database.url}" }
${more}`,
  )
  await writeFile(join(folder, 'portal.yaml'), `listen: localhost:${three}\nidentity: identity.yaml\n`)
}

/** What an earlier start had kept of what agencies say. */
async function keepDescriptions(): Promise<void> {
  const named = new Set(loadCountry().grants.map((grant) => grant.service))
  await cp(packFolder(), definitions(), { recursive: true })
  const { mkdir } = await import('node:fs/promises')
  await mkdir(join(folder, 'descriptions'))
  for (const name of named) {
    const document = describedService(name)
    if (document === undefined) continue
    const file = join(folder, 'descriptions', `${name.replaceAll('/', '_')}.json`)
    await writeFile(file, JSON.stringify(document))
  }
}

async function edit(file: string, from: RegExp, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to))
}

const config = (name: string) => ['--config', join(folder, name)]
const start = (argv: readonly string[]) => staying(join(folder, 'home'), argv, 'Ctrl-C stops it')
const tryStart = (...argv: string[]) => sapan(join(folder, 'home'), ...argv)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-operator-'))
  ;[database, ports] = await Promise.all([testDatabase(), freePorts(3)])
  portal = `http://localhost:${ports[2]}`
  const { publicKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' })
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'bank-1' }
  await writeFile(join(folder, 'bank.json'), JSON.stringify({ keys: [key] }))
  await Promise.all([configure(), keepDescriptions()])
  service = (await readdir(definitions())).filter((name) => !/^tables$|\./.test(name)).sort()[0] ?? ''
}, 120_000)
afterAll(async () => {
  await Promise.all(running.map(({ end }) => end('SIGKILL')))
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

describe('issuer, desk and portal as processes of their own, for agencies whose services they offer', () => {
  it('offer them by what was kept of the agencies’ descriptions, while no gateway answers', async () => {
    running = await Promise.all(
      [
        ['identity', ...config('identity.yaml')],
        ['desk', ...config('identity.yaml')],
        ['portal', ...config('portal.yaml')],
      ].map(start),
    )
    for (const path of ['', `/${service}`, `/${service}/check`, `/${service}/apply`])
      expect((await fetch(`${portal}/services${path}`)).status).toBe(200)
    // Signed by nobody: that the bank's door is there says the refusal.
    const paid = await fetch(`${portal}/payments/bank`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    })
    expect((await paid.json()).code).toBe('bank-signature-invalid')
    expect(await Promise.all(running.map(({ end }) => end('SIGTERM')))).toEqual([0, 0, 0])
    running = []
  }, 180_000)

  it('refuse to start with a definition that is not sound, with file, line and reason', async () => {
    const file = definitions(service, '1', 'service.yaml')
    const whole = await readFile(file, 'utf8')
    await edit(file, /^workingDays:.*$/m, 'workingDays: soon')
    const line = whole.split('\n').findIndex((one) => one.startsWith('workingDays:')) + 1
    const { code, err } = await tryStart('desk', ...config('identity.yaml'))
    await writeFile(file, whole)
    expect(code).toBe(13)
    expect(err).toContain('definitions-refused')
    expect(err).toContain(`${service}/1/service.yaml:${line}:`)
  }, 120_000)

  it('refuse to start when the files of an older version are not what they were', async () => {
    await cp(definitions(service, '1'), definitions(service, '2'), { recursive: true })
    const later = await start(['desk', ...config('identity.yaml')])
    expect(await later.end('SIGTERM')).toBe(0)
    await edit(definitions(service, '1', 'service.yaml'), /^workingDays:.*$/m, 'workingDays: 29')
    const { code, err } = await tryStart('desk', ...config('identity.yaml'))
    expect(code).toBe(13)
    expect(err).toContain('definition-changed')
    expect(err).toContain(`${service}/1`)
  }, 180_000)

  it('say which descriptions were never had', async () => {
    await rm(join(folder, 'descriptions'), { recursive: true })
    const { code, err } = await tryStart('desk', ...config('identity.yaml'))
    expect(code).toBe(13)
    expect(err).toContain('descriptions not had yet')
  }, 120_000)

  it('name what is wrong with the file of the bank’s keys', async () => {
    await writeFile(join(folder, 'bank.json'), '{"keys":[{"kty":"EC","kid":"bank-1","d":"secret"}]}')
    const { code, err } = await tryStart('desk', ...config('identity.yaml'))
    expect(code).toBe(13)
    expect(err).toContain('bank.json')
    expect(err).not.toContain('secret')
  }, 120_000)
})
