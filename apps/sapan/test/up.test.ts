import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderForDatabases } from '../../../packages/kernel/test/folder.ts'
import { freePorts } from '../../../packages/kernel/test/ports.ts'
import { http } from '../src/clients/http.ts'
import type { Endpoints } from '../src/home/endpoints.ts'
import { letIn } from './postgres/homes.ts'
import { type Staying, sapan, staying } from './processes.ts'

const service = 'TH/GOV/DOPA/population/person-v1'
const client = 'TH/GOV/RD/efiling'

let folder: string
let home: string
let up: Staying
let person: string
let endpoints: Endpoints

const start = () => staying(home, ['up'], 'Ctrl-C stops it')
const call = (...more: readonly string[]) =>
  sapan(home, 'call', '--as', client, `${service}/persons/${person}`, ...more)

/** A gateway that joins need not wait long for the others to hear of it. */
async function askOftenForTheDirectory(config: string): Promise<void> {
  await appendFile(config, 'directory:\n  pollSeconds: 0.5\n')
}

beforeAll(async () => {
  folder = await mkdtemp(join(folderForDatabases(), 'sapan-up-'))
  await letIn(folder)
  home = join(folder, 'home')
  up = await start()
  person = /persons\/(\d{13})/.exec(up.text.out)?.[1] ?? ''
  endpoints = JSON.parse(await readFile(join(home, 'endpoints.json'), 'utf8'))
}, 240_000)

afterAll(async () => {
  await up?.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
}, 60_000)

describe('a country that is up', { timeout: 60_000 }, () => {
  it('has a gateway for each agency and company, and one for all registrars, each with three doors', () => {
    const codes = Object.keys(endpoints.gateways)
    expect(codes).toEqual(
      expect.arrayContaining(['DOPA', 'RD', 'DBD', 'DGA', 'OCSC', 'IMM', 'SSO', 'HOSPITAL']),
    )
    expect(codes).toHaveLength(11)
    expect(endpoints.gateways.REG?.members).toHaveLength(9)
    expect(Object.values(endpoints.gateways).map(({ id }) => id.split('/')[1])).toContain('COM')
    const doors = Object.values(endpoints.gateways).flatMap(({ edge, peer, admin }) => [edge, peer, admin])
    expect(new Set(doors).size).toBe(33)
  })

  it('answers a call with the granted fields and nothing else', async () => {
    const { code, out } = await call('--purpose', 'tax-assessment', '--json')
    expect(code).toBe(0)
    const { body } = JSON.parse(out)
    expect(Object.keys(body)).toEqual(expect.arrayContaining(['name', 'address']))
    expect(body).not.toHaveProperty('father')
    expect(body).not.toHaveProperty('mother')
  })

  it('answers the same to any X-Road client at the edge', async () => {
    const edge = endpoints.gateways.RD?.edge ?? ''
    const { status, headers, body } = await http(edge, `/r1/${service}/persons/${person}`, {
      headers: { 'x-road-client': client, 'sapan-purpose': 'tax-assessment' },
    })
    expect(status).toBe(200)
    expect(headers['x-road-service']).toBe(service)
    expect(JSON.parse(body.toString())).toHaveProperty('name')
  })

  it('explains what each step of both gateways decided', async () => {
    const { err } = await call('--purpose', 'tax-assessment', '--explain')
    expect(err).toContain("the consumer's gateway")
    expect(err).toMatch(/✓ checkGrant +Grant/)
    expect(err).toMatch(/✓ keepGrantedFields/)
  })

  it('refuses what was not granted, and says what to ask for', async () => {
    const refused = await sapan(home, 'call', '--as', client, `${service}/persons/${person}/moves`)
    expect(refused.code).toBe(1)
    expect(refused.out).toBe('')
    expect(refused.err).toContain('code operation-not-granted')
    expect(refused.err).toContain(`Ask TH/GOV/DOPA for a grant to ${client}`)
  })

  it('keeps evidence that anyone can check without it, and not when a byte was changed', async () => {
    const file = join(folder, 'out.asice')
    const kept = await call('--purpose', 'tax-assessment', '--evidence', file)
    expect(kept.code).toBe(0)
    const nowhere = join(folder, 'nowhere')
    const anchor = ['--anchor', endpoints.rootFingerprint]
    const bytes = await readFile(file)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    const changed = join(folder, 'changed.asice')
    await writeFile(changed, bytes)
    const [whole, broken] = await Promise.all([
      sapan(nowhere, 'verify', file, ...anchor),
      sapan(nowhere, 'verify', changed, ...anchor),
    ])
    expect(whole.out).toContain('✓ The evidence holds.')
    expect(whole.code).toBe(0)
    expect(broken.code).toBe(1)
  })

  it('tells the person who looked, what for and what they saw', async () => {
    const { code, out } = await sapan(home, 'usage', person)
    expect(code).toBe(0)
    expect(out).toContain(`by ${client}`)
    expect(out).toContain('tax-assessment')
    expect(out).not.toContain(person)
  })

  it('lets its operator register a system beside it, without being told where the database is', async () => {
    const file = join(folder, 'clients.yaml')
    const system = { id: 'beside-up', member: 'TH/GOV/RD', names: { th: 'ระบบ', en: 'System' } }
    const way = { profile: 'basic', authentication: 'none', redirectUris: ['https://app.example/back'] }
    await writeFile(file, JSON.stringify({ clients: [{ ...system, ...way, scopes: ['openid'] }] }))
    expect(await sapan(home, 'identity', 'clients', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('beside-up: registered'),
    })
  })

  it('has a public page that checks documents, and endpoints.json says where', async () => {
    const { portal } = endpoints
    const page = await fetch(`${portal}/check?lang=en`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Check a document')
  })

  it('has logs in which nothing was edited', async () => {
    const { code, out } = await sapan(home, 'audit', '--gateway', 'DOPA')
    expect(out).toContain('none edited, removed or reordered')
    expect(code).toBe(0)
  })

  it('is well, as the doctor sees it', async () => {
    const { code, out } = await sapan(home, 'doctor')
    expect(out).not.toContain('✗')
    expect(code).toBe(0)
  })

  it('does not start twice in one home', async () => {
    const { code, err } = await sapan(home, 'up')
    expect(code).toBe(10)
    expect(err).toContain(`process ${up.pid} is using ${home}`)
  })

  it('speaks without colours where there is no terminal', () => {
    expect(up.text.out + up.text.err).not.toContain('\x1b')
  })
})

describe('an agency that joins from an empty machine', { timeout: 120_000 }, () => {
  it('makes its first signed call after join, run and a grant', async () => {
    const machine = join(folder, 'dlt')
    await mkdir(machine)
    const named = ['--name-th', 'กรมการขนส่งทางบก', '--name-en', 'Land Transport']
    await sapan(home, 'member', 'add', 'TH/GOV/DLT', ...named)
    await sapan(home, 'member', 'subsystem', 'TH/GOV/DLT/vehicles', ...named)
    const made = await sapan(home, 'member', 'token', 'TH/GOV/DLT/gateway-1')
    const token = made.out.split('\n')[0] ?? ''
    const [edge, peer, admin] = await freePorts(3)
    const joined = await sapan(
      machine,
      ...['gateway', 'join', '--token', token, '--peer', `https://127.0.0.1:${peer}`],
      ...['--edge', `127.0.0.1:${edge}`, '--admin', `127.0.0.1:${admin}`],
    )
    expect(joined).toMatchObject({ code: 0, out: expect.stringContaining('Next: sapan gateway --config') })

    const config = join(machine, 'gateway.yaml')
    const text = await readFile(config, 'utf8')
    await writeFile(config, text.replace('withoutCredential: []', 'withoutCredential: [TH/GOV/DLT/vehicles]'))
    await askOftenForTheDirectory(config)
    const gateway = await staying(machine, ['gateway', '--config', config], '✓ TH/GOV/DLT/gateway-1')
    try {
      const grant = join(folder, 'grant.json')
      await writeFile(grant, JSON.stringify(placesForDlt))
      expect(await sapan(home, 'grant', 'add', grant)).toMatchObject({ code: 0 })
      const target = `${placesForDlt.service}/provinces`
      await expect
        .poll(() => sapan(machine, 'call', '--as', 'TH/GOV/DLT/vehicles', target), {
          timeout: 60_000,
          interval: 250,
        })
        .toMatchObject({ code: 0 })
    } finally {
      expect(await gateway.end('SIGTERM')).toBe(0)
    }
  })

  it('cannot use a token twice for other keys', async () => {
    const made = await sapan(home, 'member', 'token', 'TH/GOV/DLT/gateway-2', '--member', 'TH/GOV/DLT')
    const order = ['--token', made.out.split('\n')[0] ?? '', '--peer', 'https://127.0.0.1:4999']
    expect((await sapan(join(folder, 'one'), 'gateway', 'join', ...order)).code).toBe(0)
    const second = await sapan(join(folder, 'two'), 'gateway', 'join', ...order)
    expect(second.code).toBe(1)
    expect(second.err).toContain('code join-token-used')
  })
})

const placesForDlt = {
  consumer: 'TH/GOV/DLT/vehicles',
  service: 'TH/GOV/DOPA/places/division-v1',
  operations: { listProvinces: { fields: ['*'], query: [] } },
  purpose: 'vehicle-registration',
  law: { act: { th: 'พระราชบัญญัติรถยนต์ พ.ศ. 2522', en: 'Vehicle Act B.E. 2522' }, section: '7' },
  expires: '2099-01-01T00:00:00Z',
}

it('a country ends in order at Ctrl-C and releases the home', async () => {
  expect(await up.end('SIGINT')).toBe(0)
  expect(up.text.err).toContain('Closed; everything is kept.')
  const { out } = await sapan(home, 'doctor')
  expect(out).toContain('nobody holds this home')
})

it('a folder that cannot be made ends with 12', async () => {
  const { code, err } = await sapan('/proc/sapan', 'up')
  expect(code).toBe(12)
  expect(err).toContain('/proc/sapan')
})
