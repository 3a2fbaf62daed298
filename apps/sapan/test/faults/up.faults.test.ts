import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderForDatabases } from '../../../../packages/kernel/test/folder.ts'
import type { Endpoints } from '../../src/home/endpoints.ts'
import { letIn } from '../postgres/homes.ts'
import { type Staying, sapan, staying } from '../processes.ts'

const service = 'TH/GOV/DOPA/population/person-v1'
const client = 'TH/GOV/RD/efiling'

let folder: string
let home: string
let up: Staying
let person: string
let endpoints: Endpoints

const start = () => staying(home, ['up'], 'Ctrl-C stops it')
const call = () =>
  sapan(home, 'call', '--as', client, `${service}/persons/${person}`, '--purpose', 'tax-assessment')

beforeAll(async () => {
  folder = await mkdtemp(join(folderForDatabases(), 'sapan-up-'))
  await letIn(folder)
  home = join(folder, 'home')
  up = await start()
  person = /persons\/(\d{13})/.exec(up.text.out)?.[1] ?? ''
  endpoints = JSON.parse(await readFile(join(home, 'endpoints.json'), 'utf8'))
  expect((await call()).code).toBe(0)
  await up.end('SIGKILL')
}, 240_000)

afterAll(async () => {
  await up?.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
}, 60_000)

describe('a country after kill -9', { timeout: 120_000 }, () => {
  it('says which port another program has taken, and where it is set', async () => {
    const port = Number(new URL(endpoints.gateways.RD?.edge ?? '').port)
    const squatter = createServer().listen(port, '127.0.0.1')
    try {
      const { code, err } = await sapan(home, 'up')
      expect(code).toBe(11)
      expect(err).toContain(`127.0.0.1:${port}`)
      expect(err).toContain(join(home, 'home.json'))
    } finally {
      await new Promise((resolve) => squatter.close(resolve))
    }
  })

  it.each([
    { name: 'home.json', damage: '{"ports":' },
    { name: 'gateways/RD/gateway.yaml', damage: 'id: TH/GOV/RD/gateway-1\nmembers: none\n' },
  ])('names a damaged $name and does not touch it', async ({ name, damage }) => {
    const file = join(home, name)
    const whole = await readFile(file)
    await writeFile(file, damage)
    try {
      const { code, err } = await sapan(home, 'up')
      expect(code).toBe(13)
      expect(err).toContain(file)
      // Before anything is started.
      expect(err).not.toContain('✓')
      expect(await readFile(file, 'utf8')).toBe(damage)
    } finally {
      await writeFile(file, whole)
    }
  })

  it('starts again with everything kept', async () => {
    up = await start()
    expect(JSON.parse(await readFile(join(home, 'endpoints.json'), 'utf8'))).toEqual(endpoints)
    expect((await sapan(home, 'usage', person)).out).toContain(`by ${client}`)
    expect((await call()).code).toBe(0)
  })
})
