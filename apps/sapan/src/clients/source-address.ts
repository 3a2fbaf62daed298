import { readFile } from 'node:fs/promises'
import { connectProblems } from '@sapan/connect'
import { Problem } from '@sapan/kernel'
import { isOthersToRead } from '../home/files.ts'
import { problems } from '../problems.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface AddressOptions {
  readonly addressFile?: string
}

/**
 * Where a connector's database is and who signs in: from a file that only its owner reads, or from the environment. Throws
 * `input-unreadable`, and `connector-address-invalid` where others may read the file.
 */
export async function sourceAddress(
  terminal: Terminal,
  { addressFile: file }: AddressOptions,
): Promise<string | undefined> {
  if (file === undefined) return terminal.env.SAPAN_CONNECT_ADDRESS
  try {
    if (await isOthersToRead(file)) throw exposed(file)
    return (await readFile(file, 'utf8')).trim()
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem(problems['input-unreadable'], { detail: { th: file, en: file }, cause })
  }
}

function exposed(file: string): Problem {
  return new Problem(connectProblems['connector-address-invalid'], {
    detail: {
      th: `ผู้อื่นอ่าน ${file} ได้ ใช้ chmod 600 ${file}`,
      en: `others can read ${file}: chmod 600 ${file}`,
    },
  })
}
