import { writeFile } from 'node:fs/promises'
import { errno, problemOfWriting } from '../home/files.ts'

/** Writes a secret key for the owner's eyes only; false where the file is there already. */
export async function writeOnceHere(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600, flush: true })
    return true
  } catch (error) {
    if (errno(error) === 'EEXIST') return false
    throw problemOfWriting(error, file)
  }
}
