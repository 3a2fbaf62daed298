import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeOnce } from '@sapan/kernel'
import type { Attempt, AttemptStore } from './attempts.ts'

/**
 * Attempts as files in a folder of the service's own, which all its processes share and a restart leaves alone. Each
 * attempt is a file that is made only where none has its number; names of people and keys are hashed.
 */
export function fileAttempts(directory: string): AttemptStore {
  const folderOf = (name: string) => join(directory, createHash('sha256').update(name).digest('hex'))
  return {
    list: (name) => readAttempts(folderOf(name)),
    add: (name, attempt) => addAttempt(folderOf(name), attempt),
    remove: (name, number) => rm(join(folderOf(name), String(number)), { force: true }),
    clear: (name) => rm(folderOf(name), { recursive: true, force: true, maxRetries: 5 }),
  }
}

async function readAttempts(folder: string): Promise<Attempt[]> {
  const names = await readdir(folder).catch(unlessMissing([]))
  const numbers = names.filter((name) => /^\d{1,9}$/.test(name))
  const texts = await Promise.all(
    numbers.map((name) => readFile(join(folder, name), 'utf8').catch(unlessMissing(undefined))),
  )
  return texts.flatMap((text, at) => (text === undefined ? [] : [attemptOf(Number(numbers[at]), text)]))
}

/** A file that was damaged still counts; as long ago as can be, so that nobody is shut out for ever by it. */
function attemptOf(number: number, text: string): Attempt {
  const at = Number(text.split(' ', 1)[0])
  return { number, at: Number.isSafeInteger(at) ? at : 0 }
}

/** Of several that write the same file one stays; whose it is, its content tells. */
async function addAttempt(folder: string, { number, at }: Attempt): Promise<boolean> {
  const file = join(folder, String(number))
  const content = `${at} ${randomUUID()}\n`
  for (;;) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // Another process may clear the folder at any moment, after which it is made again.
    const written = await writeOnce(file, content, 0o600).then(() => true, unlessMissing(false))
    if (written) return (await readFile(file, 'utf8').catch(unlessMissing(''))) === content
  }
}

function unlessMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value
    throw error
  }
}
