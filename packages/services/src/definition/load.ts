import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Definitions } from '../ground.ts'
import { checkDefinition } from './check.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Finding } from './finding.ts'
import type { DefinitionFiles } from './read/read-definition.ts'
import type { References } from './references.ts'

const NAMES = ['service', 'form', 'workflow'] as const

/** All definitions of a folder, in force; throws `definition-invalid` where something stands against one. */
export async function loadDefinitions(folder: string, references: References): Promise<Definitions> {
  const checked = await checkFolder(folder, references)
  const findings = checked.flatMap((one) => one.findings)
  if (findings.length > 0) throw new DefinitionsRefused(findings)
  return definitionsOf(checked.flatMap(({ definition }) => (definition === undefined ? [] : [definition])))
}

/** Definitions that are not to be put in force. */
export class DefinitionsRefused extends Error {
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    super(findings.map(({ file, line, reason }) => `${file}:${line} ${reason.en}`).join('\n'))
    this.findings = findings
  }
}

/** One version of a service in its folder, and what stands against it. */
export interface FolderEntry {
  readonly service: string
  readonly version: number
  readonly definition?: ServiceDefinition
  readonly findings: readonly Finding[]
}

/** Reads `<folder>/<service>/<version>/*.yaml` with `<folder>/tables/*.yaml`, by names and versions. */
export async function checkFolder(folder: string, references: References): Promise<readonly FolderEntry[]> {
  const tables = await readTables(join(folder, 'tables'))
  const entries: FolderEntry[] = []
  for (const service of await foldersIn(folder)) {
    if (service === 'tables') continue
    const versions = (await foldersIn(join(folder, service))).filter((name) => /^[1-9][0-9]{0,3}$/.test(name))
    for (const version of versions.map(Number).sort((a, b) => a - b)) {
      const files = await readFiles(join(folder, service, String(version)), service, version, tables)
      const { definition, findings } = checkDefinition(files, references)
      entries.push({
        service,
        version,
        ...(definition === undefined ? {} : { definition }),
        findings: findings.map((one) => ({
          ...one,
          file: one.file.startsWith('tables/') ? one.file : `${service}/${version}/${one.file}`,
        })),
      })
    }
  }
  return entries
}

/** Definitions by name and version: the newest of each is in force. */
export function definitionsOf(all: readonly ServiceDefinition[]): Definitions {
  const newest = new Map<string, ServiceDefinition>()
  for (const one of [...all].sort((a, b) => a.version - b.version)) newest.set(one.id, one)
  const current = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    current: () => current,
    find: (service) => newest.get(service),
    version: (service, version) => all.find((one) => one.id === service && one.version === version),
  }
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

async function readTables(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml'))
  const texts = names.map(
    async (name) => [name.slice(0, -'.yaml'.length), await textOf(join(folder, name))] as const,
  )
  return Object.fromEntries(await Promise.all(texts))
}

async function readFiles(
  folder: string,
  id: string,
  version: number,
  tables: Readonly<Record<string, string>>,
): Promise<DefinitionFiles> {
  const [service = '', form = '', workflow = ''] = await Promise.all(
    NAMES.map((name) => textOf(join(folder, `${name}.yaml`))),
  )
  return { id, version, service, form, workflow, tables }
}

/** Nothing where there is no such file: the check says so. */
async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => '')
}
