import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readServiceDescription } from '@sapan/exchange'
import { nationalIdCheckDigit } from '@sapan/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../../packages/kernel/test/ports.ts'
import { run } from './support.ts'

const person = `110170023070${nationalIdCheckDigit('110170023070')}`
const mapping = `code: boat
version: v1
text: { th: เรือ, en: Boats }
source: { csv: boats.csv }
fields:
  - { name: owner, column: owner, text: { th: เจ้าของ, en: Owner }, term: "person:nationalId", subject: true, search: true }
  - { name: tons, column: tons, text: { th: ตัน, en: Tons }, type: number }
`

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-connect-'))
  file = join(folder, 'boats.yaml')
  await writeFile(file, mapping)
  await writeFile(join(folder, 'boats.csv'), `owner,tons\n${person},2.5\n`)
})

afterEach(() => rm(folder, { recursive: true }))

describe('sapan connect', () => {
  it('check shows rows without the numbers of persons', async () => {
    const { code, out } = await run(['connect', 'check', file])
    expect(code).toBe(0)
    expect(out).toContain('1 row')
    expect(out).toContain('"tons":2.5')
    expect(out).not.toContain(person)
  })

  it('check names the line of a mapping and of the data, and ends with 1', async () => {
    await writeFile(join(folder, 'boats.csv'), `owner,tons\n${person},heavy\n`)
    const data = await run(['connect', 'check', file])
    expect(data.code).toBe(1)
    expect(data.notes).toContain('line 2: column “tons” is not a number')
    await writeFile(file, mapping.replace('version: v1', 'version: first'))
    const told = await run(['connect', 'check', file])
    expect(told.code).toBe(1)
    expect(told.out).toContain('boats.yaml:2')
  })

  it('check refuses numbers of persons that are not mapped as such, and does not show them', async () => {
    await writeFile(file, mapping.replace('term: "person:nationalId", subject: true, ', ''))
    const { code, out } = await run(['connect', 'check', file, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ unmarked: ['owner'] })
    expect(out).not.toContain(person)
  })

  it('propose makes a mapping that check takes, with terms of the vocabulary', async () => {
    const { code, out } = await run(['connect', 'propose', join(folder, 'boats.csv')])
    expect(code).toBe(0)
    expect(out).toContain('term: person:nationalId')
    expect(out).not.toContain(person)
    await writeFile(file, out)
    expect((await run(['connect', 'check', file])).code).toBe(0)
  })

  it('says all of it through a pipe, however much that is', async () => {
    const columns = Array.from({ length: 900 }, (_, index) => `a_long_name_of_column_${index}`)
    const wide = join(folder, 'wide.csv')
    await writeFile(wide, `${columns.join()}\n${columns.map(() => 1).join()}\n`)
    const program = fileURLToPath(new URL('../bin/sapan.mjs', import.meta.url))
    const line = '"$0" "$1" connect propose "$2" 2>&1 | { sleep 0.1; cat; }'
    const { stdout } = await promisify(execFile)('sh', ['-c', line, process.execPath, program, wide])
    expect(stdout.length).toBeGreaterThan(2 ** 17)
    expect(stdout).toContain(columns.at(-1))
  }, 30_000)

  it('an address of a database lies where only its owner reads, or in the environment', async () => {
    await writeFile(file, mapping.replace('csv: boats.csv', 'postgresql: boats'))
    const address = join(folder, 'address')
    await writeFile(address, 'postgres://me:hidden@127.0.0.1:1/x', { mode: 0o644 })
    const open = await run(['connect', 'check', file, '--address-file', address])
    expect(open.notes).toContain('connector-address-invalid')
    await chmod(address, 0o600)
    const kept = await run(['connect', 'check', file, '--address-file', address])
    const given = await run(['connect', 'check', file], {
      SAPAN_CONNECT_ADDRESS: 'postgres://me@127.0.0.1:1/x',
    })
    for (const { notes } of [kept, given]) expect(notes).toContain('connector-source-down')
    expect(kept.notes).not.toContain('hidden')
  })

  it('run ends where the gateway at which it is to be offered is not there', async () => {
    const offered = ['--subsystem', 'TH/GOV/MD/boats', '--home', folder]
    const { code, notes } = await run([
      'connect',
      'run',
      file,
      '--port',
      String(await freePort()),
      ...offered,
    ])
    expect(code).toBe(1)
    expect(notes).toContain('home-missing')
  })

  it('describe makes what a gateway loads', async () => {
    const { out } = await run(['connect', 'describe', file])
    const { personal, operations } = readServiceDescription(JSON.parse(out))
    expect(personal).toBe(true)
    expect(operations.map(({ id, fields }) => ({ id, fields }))).toEqual([
      { id: 'findByOwner', fields: ['records.owner', 'records.tons'] },
    ])
  })
})
