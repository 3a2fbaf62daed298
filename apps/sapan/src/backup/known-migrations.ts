import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Problem } from '@sapan/kernel'
import { problems } from '../problems.ts'
import type { BackupHead } from './content.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/**
 * Throws `backup-of-another-version` where a database in the backup was made by a migration that this Sapan does not have.
 * One that is behind is led up at its next start.
 */
export function checkMigrations({ databases }: BackupHead): void {
  const known = new Set(
    globSync('{packages/*/src,sandbox}/**/migrations/**/*.sql', { cwd: root }).map((file) =>
      hashOf(readFileSync(`${root}${file}`, 'utf8')),
    ),
  )
  for (const { name: database, migrations } of databases) {
    const unknown = migrations.find(({ hash }) => !known.has(hash))
    if (unknown === undefined) continue
    const place = `${database}: ${unknown.name}`
    throw new Problem(problems['backup-of-another-version'], { detail: { th: place, en: place } })
  }
}

/** As `migrate` takes it. */
function hashOf(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
}
