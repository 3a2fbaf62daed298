import { mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { run } from './support.ts'

let home: string

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sapan-center-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

const renew = () => run(['center', 'renew-issuer', '--config', join(home, 'center.yaml')])
const issuers = async () => (await readdir(join(home, 'keys'))).filter((name) => name.endsWith('.crt')).sort()

it('makes a root and a first issuer, and with the root there, the next issuer', async () => {
  const url = 'https://center.test:4000'
  expect(await run(['center', 'init', '--instance', 'TT', '--url', url, '--home', home])).toMatchObject({
    code: 0,
  })
  expect(await issuers()).toEqual(['issuer-1.crt', 'root.crt'])
  expect(await renew()).toMatchObject({ code: 0 })
  expect(await issuers()).toEqual(['issuer-1.crt', 'issuer-2.crt', 'root.crt'])
})

it('refuses a new issuer while the root is away, and says what to bring', async () => {
  await rename(join(home, 'keys', 'offline'), join(home, 'offline'))
  const { code, notes } = await renew()
  expect(code).toBe(1)
  expect(notes).toContain('offline-root-missing')
  expect(await issuers()).toHaveLength(3)
})
