import { stat } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import { problems } from '../problems.ts'
import { type RunAs, runAs } from './run-as.ts'

/** In this order; the first is the one that we create where the machine has none of them. */
const NAMES = ['sapan', 'postgres', 'nobody']

/**
 * Under whom PostgreSQL runs: it refuses root. An ordinary user runs it as itself. Root runs it as the owner of the
 * data where there is data, else as a user of the system, which it creates where there is none.
 * Throws `postgres-owned-by-another`, `postgres-user-missing`.
 */
export async function chooseAccount(data: string): Promise<RunAs> {
  const owner = await ownerOf(data)
  const self = process.getuid?.() ?? -1
  if (self !== 0) {
    if (owner && owner.uid !== self) throw new Problem(problems['postgres-owned-by-another'], about(data))
    return undefined
  }
  const account = owner && owner.uid !== 0 ? { name: String(owner.uid), ...owner } : await findOrCreate()
  const { code, output } = await runAs(account, '/bin/sh', ['-c', 'true'])
  if (code === 0) return account
  throw new Problem(problems['postgres-user-missing'], about(`${account.name}: ${output.trim()}`))
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await stat(path)
    return { uid, gid }
  } catch {
    return undefined
  }
}

async function findOrCreate(): Promise<NonNullable<RunAs>> {
  for (const name of NAMES) {
    const account = await find(name)
    if (account) return account
  }
  return create(NAMES[0] ?? 'sapan')
}

/** Asks `id`, which knows also the users that are not in /etc/passwd. */
async function find(name: string): Promise<RunAs> {
  const [uid, gid] = await Promise.all([
    runAs(undefined, 'id', ['-u', name]),
    runAs(undefined, 'id', ['-g', name]),
  ])
  if (uid.code !== 0 || gid.code !== 0) return undefined
  return { name, uid: Number(uid.output), gid: Number(gid.output) }
}

/** shadow's `useradd` and `adduser` of BusyBox between them are on every Linux. */
async function create(name: string): Promise<NonNullable<RunAs>> {
  const first = await runAs(undefined, 'useradd', [
    '--system',
    '--no-create-home',
    '--shell',
    '/bin/false',
    name,
  ])
  const last = first.code === 0 ? first : await runAs(undefined, 'adduser', ['-S', '-D', '-H', name])
  const account = await find(name)
  if (account) return account
  throw new Problem(problems['postgres-user-missing'], about(last.output.trim()))
}

function about(text: string): { detail: { th: string; en: string } } {
  return { detail: { th: text, en: text } }
}
