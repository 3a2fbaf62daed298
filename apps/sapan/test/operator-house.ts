import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@sapan/kernel'
import { testDatabase } from '../../../packages/kernel/test/database.ts'
import { readIdentityFile, writeIdentityFile } from '../src/config/identity.ts'
import type { House } from '../src/identity/house.ts'
import { openOperator } from '../src/run/identity.ts'

/** An operator's house over a fresh database, behind a proxy on this machine. Its gateway answers nothing. */
export async function operatorHouse(): Promise<{ house: House; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sapan-house-'))
  const database = await testDatabase()
  const config = join(folder, 'identity.yaml')
  await writeIdentityFile(config, {
    issuer: 'http://localhost:4201',
    portal: 'http://localhost:4203',
    desk: 'http://localhost:4202',
    listen: { identity: '127.0.0.1:4201', desk: '127.0.0.1:4202' },
    behindProxy: true,
    operator: 'TH/GOV/DGA',
    gateway: { edge: 'http://127.0.0.1:1', subsystem: 'TH/GOV/DGA/identity' },
    contact: { email: 'help@example.go.th', dataProtection: 'dpo@example.go.th' },
    database: { url: database.url },
  })
  const log = createLogger({ name: 'test', level: 'silent' })
  const house = await openOperator(await readIdentityFile(config), { databaseUrl: database.url, log })
  return {
    house,
    close: async () => {
      await house.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
