import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonValue } from '@sapan/casework'
import { Problem } from '@sapan/kernel'
import { checkFolder, type Finding, type FolderEntry } from '@sapan/services'
import { parse } from 'yaml'
import { bankOfDemonstration, describedServices } from '../demonstration.ts'
import { exit } from '../exit.ts'
import { problems } from '../problems.ts'
import { type Description, referencesOf } from '../services/references.ts'
import { EndedWith } from '../terminal/failure.ts'
import { cross, nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { CheckOptions } from './service-check.ts'

/**
 * Holds the definitions at `path` against their rules and shows what is to be mended, file by file. Throws
 * `input-unreadable`, and `EndedWith` where something is to be mended or nothing lies there.
 */
export async function checkServices(terminal: Terminal, path: string, options: CheckOptions): Promise<void> {
  const references = referencesOf(await descriptions(options.openapi), await bankOfDemonstration())
  const entries = await entriesAt(path, references)
  const findings = entries.flatMap((entry) => entry.findings)
  if (options.json) terminal.out(JSON.stringify({ services: entries.map(shown) }, null, 2))
  else for (const line of linesOf(terminal, entries)) terminal.out(line)
  if (findings.length > 0 || entries.length === 0) throw new EndedWith(exit.refused)
}

async function entriesAt(
  ...[path, references]: Parameters<typeof checkFolder>
): Promise<readonly FolderEntry[]> {
  try {
    return await checkFolder(path, references)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): Problem {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
  return new Problem(problems['input-unreadable'], {
    detail: { th: `${path}: ${reason}`, en: `${path}: ${reason}` },
    cause: error,
  })
}

/** What the demonstration's registers say of themselves, and before it what lies in a folder. */
async function descriptions(folder: string | undefined): Promise<Description> {
  const described = await describedServices()
  if (folder === undefined) return described
  const own = await documentsIn(folder)
  return (service) => own.get(service.split('/').at(-1) ?? '') ?? described(service)
}

async function documentsIn(folder: string): Promise<ReadonlyMap<string, JsonValue>> {
  try {
    const names = (await readdir(folder)).filter((name) => /\.(yaml|yml|json)$/.test(name))
    const read = names.map(
      async (name): Promise<[string, JsonValue]> => [
        name.replace(/\.[a-z]+$/, ''),
        parse(await readFile(join(folder, name), 'utf8')),
      ],
    )
    return new Map(await Promise.all(read))
  } catch (error) {
    throw unreadable(folder, error)
  }
}

function shown({ service, version, definition, findings }: FolderEntry) {
  return { service, version, digest: definition?.digest ?? null, findings }
}

function linesOf(terminal: Terminal, entries: readonly FolderEntry[]): readonly string[] {
  const { say } = terminal
  if (entries.length === 0)
    return [
      cross(terminal, say({ th: 'ไม่พบคำจำกัดความของบริการ', en: 'no definition of a service lies here' })),
    ]
  const lines = entries.flatMap(({ service, version, findings }) => {
    const name = `${service} ${version}`
    if (findings.length === 0) return [tick(terminal, name)]
    const count = say({ th: `${findings.length} ข้อ`, en: `${findings.length} to mend` })
    return [cross(terminal, `${name}: ${count}`), ...findings.map((one) => `  ${lineOf(terminal, one)}`)]
  })
  const isSound = entries.every(({ findings }) => findings.length === 0)
  const next = isSound
    ? { th: 'ดูตัวอย่างหน้าบริการที่ /desk/services', en: 'see its pages at /desk/services' }
    : { th: 'แก้ตามบรรทัดที่บอก แล้วตรวจอีกครั้ง', en: 'mend the lines named, then check again' }
  return [...lines, nextStep(terminal, next)]
}

function lineOf(terminal: Terminal, { file, line, column, code, reason }: Finding): string {
  return `${file}:${line}:${column}  ${terminal.say(reason)} [${code}]`
}
