import { counted, Problem } from '@sapan/kernel'
import { readText } from '../config/read.ts'
import { problems } from '../problems.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { OpenedWith, SealedFor } from './sealing.ts'

export interface SecretOptions {
  readonly recipient?: readonly string[]
  readonly identity?: string
  readonly passphraseFile?: string
}

const leastCharacters = 12

/** For whom a backup is sealed, as the command and its environment say. Throws `misuse` where they do not. */
export async function sealedFor(options: SecretOptions, terminal: Terminal): Promise<SealedFor> {
  const recipients = options.recipient ?? []
  const passphrase = await passphraseOf(options, terminal)
  if (recipients.length > 0 && passphrase === undefined) return { recipients }
  if (passphrase === undefined || recipients.length > 0) {
    throw new Problem(problems.misuse, {
      detail: {
        th: 'ระบุอย่างใดอย่างหนึ่ง: --recipient (จาก sapan backup key), --passphrase-file หรือ SAPAN_BACKUP_PASSPHRASE',
        en: 'say one: --recipient (from sapan backup key), --passphrase-file or SAPAN_BACKUP_PASSPHRASE',
      },
    })
  }
  if (passphrase.length < leastCharacters) {
    throw new Problem(problems.misuse, {
      detail: {
        th: `รหัสผ่านของแฟ้มสำรองต้องยาวอย่างน้อย ${leastCharacters} ตัวอักษร`,
        en: `the passphrase of a backup has at least ${counted(leastCharacters, 'character')}`,
      },
    })
  }
  return { passphrase }
}

/** With what a backup is opened. Throws `misuse` where nothing says it. */
export async function openedWith(options: SecretOptions, terminal: Terminal): Promise<OpenedWith> {
  if (options.identity !== undefined) {
    const lines = (await readText(options.identity)).split('\n').map((line) => line.trim())
    return { identities: lines.filter((line) => line !== '' && !line.startsWith('#')) }
  }
  const passphrase = await passphraseOf(options, terminal)
  if (passphrase !== undefined) return { passphrase }
  throw new Problem(problems.misuse, {
    detail: {
      th: 'ระบุ --identity, --passphrase-file หรือ SAPAN_BACKUP_PASSPHRASE',
      en: 'say --identity, --passphrase-file or SAPAN_BACKUP_PASSPHRASE',
    },
  })
}

/** Never from the command line, which other users of the machine can see. */
async function passphraseOf(
  { passphraseFile }: SecretOptions,
  { env }: Terminal,
): Promise<string | undefined> {
  if (passphraseFile !== undefined) return (await readText(passphraseFile)).replace(/\r?\n$/, '')
  return env.SAPAN_BACKUP_PASSPHRASE || undefined
}
