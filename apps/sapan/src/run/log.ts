import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { createLogger, type Logger } from '@sapan/kernel'
import { problemOfWriting } from '../home/files.ts'

/** Past this size a log is put aside when the process starts; one older log is kept. */
const mostBytes = 64 * 1024 * 1024

/** A logger that writes JSON lines to a file, or to standard output where there is none. */
export async function openLog(name: string, level: string, file?: string): Promise<Logger> {
  if (file === undefined) return createLogger({ name, level })
  try {
    mkdirSync(dirname(file), { recursive: true })
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    if (size > mostBytes) renameSync(file, `${file}.1`)
  } catch (error) {
    throw problemOfWriting(error, file)
  }
  return createLogger({ name, level, destination: file })
}
