import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ToolMissing } from '../check.ts'
import { type Compared, compare } from './compare.ts'
import { signaturePlaces } from './hostile/sketch.ts'
import { pyhankoFiles } from './peers/tools.ts'
import type { Place } from './prepared.ts'

/** A line of `verdicts.jsonl` (conformance/documents/pyhanko/record.py). */
interface Recorded {
  readonly file?: string
  readonly test: string
  readonly anchors?: readonly string[]
  readonly others?: readonly string[]
  readonly moment?: number | null
  readonly customised: readonly string[]
  readonly encrypted: boolean
}

/** A file of pyHanko's tests, with whom it is to be trusted by and when. */
export interface RecordedFile {
  readonly name: string
  readonly test: string
  readonly path: string
  readonly anchors: readonly string[]
  readonly others: readonly string[]
  readonly at: number
}

/** Every file once for each trust and time; those of tests with rules of their own are left out. Throws `ToolMissing`. */
export function recordedFiles(): RecordedFile[] {
  const verdicts = join(pyhankoFiles, 'verdicts.jsonl')
  if (!existsSync(verdicts))
    throw new ToolMissing(
      'pyHanko’s test files are missing (conformance/documents/install.sh, or SAPAN_PYHANKO_FILES)',
    )
  const lines = readFileSync(verdicts, 'utf8').trim().split('\n')
  const files = new Map<string, RecordedFile>()
  for (const line of lines) {
    const { file, test, anchors, others = [], moment, customised, encrypted } = JSON.parse(line) as Recorded
    if (!file || !anchors || anchors.length === 0 || !moment || encrypted || customised.length > 0) continue
    const key = createHash('sha256')
      .update(JSON.stringify([file, anchors, moment]))
      .digest('hex')
    const here = (name: string): string => join(pyhankoFiles, name)
    files.set(key, {
      name: `${test.replace(/^tests\//, '')} ${file.slice(0, 8)}`,
      test,
      path: here(file),
      anchors: anchors.map(here),
      others: others.map(here),
      at: moment,
    })
  }
  return [...files.values()]
}

/** Asks every checker about a file of pyHanko's, with the revocation lists that its authorities would serve then. */
export async function compareRecorded(place: Place, file: RecordedFile): Promise<Compared> {
  const bytes = readFileSync(file.path)
  const lists = await place.pyhankoLists.lists(authoritiesOf(bytes), file.at)
  const crls = Object.values(lists)
  await place.dss.trust(file.anchors, crls)
  await place.dss.at(file.at)
  const question = {
    anchors: file.anchors.map((path) => readFileSync(path)),
    at: file.at,
    listAt: async (url: string) => listAt(lists, url),
  }
  const { anchors, others, at, test } = file
  return compare(place, { name: file.name, about: test, bytes }, question, { anchors, others, crls, at })
}

function listAt(lists: Readonly<Record<string, string>>, url: string): Uint8Array | undefined {
  const path = Object.entries(lists).find(([base]) => url.startsWith(`${base}/`))?.[1]
  return path === undefined ? undefined : readFileSync(path)
}

/** Which made-up authorities issued the certificates in the file’s signatures. */
function authoritiesOf(bytes: Buffer): string[] {
  const text = bytes.toString('latin1')
  const messages = signaturePlaces(text).map(({ start, end }) =>
    Buffer.from(text.slice(start + 1, end - 1), 'hex').toString('latin1'),
  )
  const found = messages.join(' ').matchAll(/http:\/\/pyhanko\.tests\/([\w-]+)\/crls/g)
  return [...new Set([...found].map((match) => match[1] ?? ''))]
}
