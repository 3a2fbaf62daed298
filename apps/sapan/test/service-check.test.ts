import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { servicesFolder } from '@sapan/thailand'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from './support.ts'

let folder: string
const check = (...words: string[]) => run(['service', 'check', ...words])

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-services-'))
  await cp(fileURLToPath(servicesFolder()), folder, { recursive: true })
})

afterEach(() => rm(folder, { recursive: true }))

describe('sapan service check', () => {
  it('finds nothing against the services of the country', async () => {
    const { code, out } = await check(folder)
    expect(out).not.toContain('✗')
    expect(code).toBe(0)
  })

  it('names file, line and column of what is wrong, and ends with 1', async () => {
    const file = join(folder, 'income-tax-return', '1', 'service.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/^owner: RD$/m, 'owner: RDD'))
    const line = text.split('\n').indexOf('owner: RD') + 1
    const told = await check(folder)
    expect(told.out).toContain(`income-tax-return/1/service.yaml:${line}:8`)
    expect(told.out).toContain('Did you mean “RD”?')
    expect(told.code).toBe(1)
    const { services } = JSON.parse((await check(file, '--json')).out)
    expect(services[0].findings[0]).toMatchObject({
      line,
      code: 'unknown-member',
      reason: { th: expect.any(String) },
    })
  })

  it('refuses a service that listed.yaml names as given elsewhere', async () => {
    await rename(join(folder, 'income-tax-return'), join(folder, 'passport'))
    const { code, out } = await check(folder)
    expect(out).toMatch(/passport\/1\/service\.yaml:\d+:7 .*listed\.yaml.*\[taken-id\]/)
    expect(code).toBe(1)
  })

  it('says so where no definition lies, and where nothing lies', async () => {
    expect(await check(join(folder, 'tables'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('no definition'),
    })
    expect(await check(join(folder, 'nowhere'))).toMatchObject({
      code: 1,
      notes: expect.stringContaining('input-unreadable'),
    })
  })
})
