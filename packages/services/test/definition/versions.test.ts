import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkFolder } from '../../src/definition/folder.ts'
import { changedVersions, DefinitionsRefused, loadDefinitions } from '../../src/definition/load.ts'
import { sampleFolder } from '../sample/definition.ts'
import { sampleReferences } from '../sample/references.ts'

let folder: string
const at = (...path: string[]) => join(folder, ...path)
const load = () => loadDefinitions(folder, sampleReferences)

async function edit(file: string, from: string, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to))
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'definitions-'))
  await cp(fileURLToPath(sampleFolder), folder, { recursive: true })
  for (const version of ['2', '10'])
    await cp(at('school-bus-card', '1'), at('school-bus-card', version), { recursive: true })
  await edit(at('school-bus-card', '10', 'service.yaml'), 'workingDays: 5', 'workingDays: 3')
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('versions', () => {
  it('the newest is in force, by number; cases find theirs', async () => {
    const definitions = await load()
    expect(definitions.current().map(({ version }) => version)).toEqual([10])
    expect(definitions.find('school-bus-card')?.workingDays).toBe(3)
    expect(definitions.version('school-bus-card', 2)?.workingDays).toBe(5)
  })

  it('one whose file or table was changed afterwards is known by its digest', async () => {
    const known = (await checkFolder(folder, sampleReferences)).map(({ service, version, definition }) => ({
      service,
      version,
      digest: definition?.digest ?? '',
    }))
    expect(changedVersions(await load(), known)).toEqual([])
    await edit(at('school-bus-card', '2', 'form.yaml'), 'Phone', 'Telephone')
    expect(changedVersions(await load(), known).map(({ version }) => version)).toEqual([2])
    await edit(at('tables', 'fares.yaml'), 'perRide: 500', 'perRide: 600')
    expect(changedVersions(await load(), known)).toHaveLength(3)
  })

  it('one that is not sound keeps all from being loaded, and is named', async () => {
    await edit(at('school-bus-card', '2', 'form.yaml'), 'type: email', 'type: mail')
    await rm(at('school-bus-card', '10', 'workflow.yaml'))
    const refused = await load().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(DefinitionsRefused)
    if (!(refused instanceof DefinitionsRefused)) return
    expect(refused.findings.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'school-bus-card/2/form.yaml wrong-value',
      'school-bus-card/10/workflow.yaml missing-file',
    ])
  })

  it('are found by the folder of all, of a service, of a version, and by a file', async () => {
    const count = async (...path: string[]) => (await checkFolder(at(...path), sampleReferences)).length
    expect(await count()).toBe(3)
    expect(await count('school-bus-card')).toBe(3)
    expect(await count('school-bus-card', '2')).toBe(1)
    expect(await count('school-bus-card', '2', 'form.yaml')).toBe(1)
    expect(await count('tables')).toBe(0)
  })
})
