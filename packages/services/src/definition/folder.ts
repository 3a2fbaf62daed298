import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { checkDefinition } from './check.ts'
import type { ServiceDefinition } from './definition.ts'
import type { Finding } from './finding.ts'
import type { DefinitionFiles } from './read/read-definition.ts'
import { LARGEST } from './read/source.ts'
import type { References } from './references.ts'

const NAMES = ['service', 'form', 'workflow'] as const
const TABLES = 'tables'
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const VERSION = /^[1-9][0-9]{0,3}$/

/** One version of a service in its folder, and what stands against it. */
export interface FolderEntry {
  readonly service: string
  readonly version: number
  /** Also there with findings, where its files have the form that they must have. */
  readonly definition?: ServiceDefinition
  readonly findings: readonly Finding[]
}

/**
 * Checks what lies at a path: a folder of services (`<service>/<version>/*.yaml` beside `tables/*.yaml`), of one service,
 * of one version, or one of its files. Empty where no definition lies there; throws what the file system throws.
 */
export async function checkFolder(path: string, references: References): Promise<readonly FolderEntry[]> {
  const versions = await versionsAt(resolve(path))
  const entries: FolderEntry[] = []
  for (const folder of versions) entries.push(await checkVersion(folder, references))
  return entries
}

/** The folders of versions at a path, by service and number. */
async function versionsAt(path: string): Promise<readonly string[]> {
  const found = await stat(path)
  if (!found.isDirectory()) return await versionsAt(dirname(path))
  const names = await readdir(path)
  if (NAMES.some((name) => names.includes(`${name}.yaml`))) return [path]
  const versions = names.filter((name) => VERSION.test(name)).sort((a, b) => Number(a) - Number(b))
  if (versions.length > 0) return versions.map((name) => join(path, name))
  const within = await readdir(path, { withFileTypes: true })
  const services = within
    .filter((entry) => entry.isDirectory() && entry.name !== TABLES && SLUG.test(entry.name))
    .map(({ name }) => name)
    .sort()
  const all: string[] = []
  for (const name of services) {
    const inside = (await readdir(join(path, name))).filter((one) => VERSION.test(one))
    all.push(...inside.sort((a, b) => Number(a) - Number(b)).map((one) => join(path, name, one)))
  }
  return all
}

async function checkVersion(folder: string, references: References): Promise<FolderEntry> {
  const [service, version] = [basename(dirname(folder)), basename(folder)]
  const [id, number] = [SLUG.test(service) ? service : 'draft', VERSION.test(version) ? Number(version) : 1]
  const files = await readFiles(folder, id, number)
  const { definition, findings } = checkDefinition(files, references)
  const placed = findings.map((one) => ({
    ...one,
    file: one.file.startsWith(`${TABLES}/`) ? one.file : join(service, version, one.file),
  }))
  return {
    service: id,
    version: number,
    ...(definition === undefined ? {} : { definition }),
    findings: placed,
  }
}

async function readFiles(folder: string, id: string, version: number): Promise<DefinitionFiles> {
  const [service, form, workflow] = await Promise.all(
    NAMES.map((name) => textOf(join(folder, `${name}.yaml`))),
  )
  const tables = await readTables(join(folder, '..', '..', TABLES))
  return {
    id,
    version,
    ...(service === undefined ? {} : { service }),
    ...(form === undefined ? {} : { form }),
    ...(workflow === undefined ? {} : { workflow }),
    tables,
  }
}

/** The texts of the tables in a folder, by name without `.yaml`; none where there is no such folder. */
export async function readTables(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml'))
  const texts = names.map(
    async (name) => [name.slice(0, -'.yaml'.length), (await textOf(join(folder, name))) ?? ''] as const,
  )
  return Object.fromEntries(await Promise.all(texts))
}

/** Undefined where there is no such file: the check says so. Of a file that is too large, a little more than is taken. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    await using handle = await open(file)
    const { size } = await handle.stat()
    if (size <= LARGEST) return await handle.readFile('utf8')
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LARGEST + 1))
    return buffer.toString('latin1', 0, bytesRead)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
