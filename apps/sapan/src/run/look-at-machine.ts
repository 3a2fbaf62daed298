import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { LookAtMachine, MachineCheck } from '@sapan/exchange'
import { checkBackup } from '../doctor/backup.ts'
import type { Check } from '../doctor/check.ts'
import { checkDisk } from '../doctor/home.ts'
import { checkKeyFiles } from '../doctor/key-files.ts'

interface Process {
  readonly keys: string
  readonly database: { readonly url: string } | { readonly embedded: string }
}

/**
 * What a gateway or center cannot see of its machine by itself: room on the disk of its database or keys, who may read its keys, and
 * the age of its home's last backup. `config` is its file, `depth` how many folders that lies below the home.
 */
export function lookAtMachine(
  { keys, database }: Process,
  { config, depth }: { readonly config: string; readonly depth: number },
): LookAtMachine {
  const home = resolve(dirname(config), ...Array(depth).fill('..'))
  return async () => {
    const found = [
      await checkDisk('embedded' in database && existsSync(database.embedded) ? database.embedded : keys),
      await checkKeyFiles('', keys),
      ...(await checkBackup(home, Date.now())),
    ]
    return found.map(asMachineCheck)
  }
}

function asMachineCheck({ code, outcome, text, next }: Check): MachineCheck {
  return { code: code as MachineCheck['code'], outcome, text, next: next ?? null }
}
