import { Problem } from '@sapan/kernel'
import { parse } from 'yaml'
import { providerProblems } from '../problems/provider.ts'
import { checkSettings, invalidClient, type KnownToClients } from './check.ts'
import type { Clients } from './clients.ts'
import type { ClientSettings } from './settings.ts'

/** What became of one client of a file. */
export interface ImportedClient {
  readonly id: string
  readonly outcome: 'registered' | 'changed' | 'same'
  /** Of a client that was given one just now; shown this once. */
  readonly secret?: string
}

const longest = 1024 * 1024

/**
 * Brings clients in by file, YAML or JSON: `clients:` with a list of settings. The whole file is checked before anything
 * is done. Clients that are there and not in the file stay as they are. `member`: of whose clients alone it may speak.
 * Throws `sign-in-client-invalid` with the place in the file.
 */
export async function importClients(
  clients: Clients,
  text: string,
  options: { readonly by: string; readonly known: KnownToClients; readonly member?: string },
): Promise<ImportedClient[]> {
  const list = listIn(text).map((value, i) => checked(value, i, options.known))
  for (const [i, { id, member }] of list.entries()) {
    const place = `/clients/${i}`
    if (options.member !== undefined && member !== options.member)
      throw invalidClient(`${place}/member`, {
        th: `ต้องเป็น ${options.member}`,
        en: `must be ${options.member}`,
      })
    if (list.findIndex((one) => one.id === id) !== i)
      throw invalidClient(`${place}/id`, { th: 'ซ้ำกันในแฟ้ม', en: 'stands there twice' })
    const before = await clients.find(id)
    if (before && before.settings.member !== member)
      throw invalidClient(`${place}/id`, { th: 'เป็นของสมาชิกอื่น', en: 'is of another member' })
  }
  const outcomes: ImportedClient[] = []
  for (const settings of list) outcomes.push(await bring(clients, settings, options.by))
  return outcomes
}

function listIn(text: string): unknown[] {
  if (text.length > longest) throw invalidClient('/', { th: 'ยาวเกิน 1 MiB', en: 'is longer than 1 MiB' })
  const value: unknown = parsed(text)
  const list = typeof value === 'object' && value !== null && 'clients' in value ? value.clients : undefined
  if (!Array.isArray(list))
    throw invalidClient('/clients', { th: 'ต้องเป็นรายการแอป', en: 'must be a list of clients' })
  return list
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 })
  } catch (error) {
    const line = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    const why = line.replace(/[.:]$/, '')
    throw invalidClient('/', {
      th: `อ่านเป็น YAML หรือ JSON ไม่ได้ (${why})`,
      en: `is neither YAML nor JSON: ${why}`,
    })
  }
}

/** The place in the file goes before the place in the client. */
function checked(value: unknown, index: number, known: KnownToClients): ClientSettings {
  try {
    return checkSettings(value, known)
  } catch (error) {
    if (
      !(error instanceof Problem) ||
      error.type !== providerProblems['sign-in-client-invalid'] ||
      !error.detail
    )
      throw error
    const place = String(error.extensions.place)
    const { th, en } = error.detail
    const within = `/clients/${index}${place}`
    throw new Problem(error.type, {
      detail: { th: th.replace(place, within), en: en.replace(place, within) },
      extensions: { place: within },
    })
  }
}

async function bring(clients: Clients, settings: ClientSettings, by: string): Promise<ImportedClient> {
  const { id } = settings
  const before = await clients.find(id)
  if (before && isSame(before.settings, settings)) return { id, outcome: 'same' }
  const { secret } = before ? await clients.change(id, settings, by) : await clients.register(settings, by)
  return { id, outcome: before ? 'changed' : 'registered', ...(secret === undefined ? {} : { secret }) }
}

function isSame(a: ClientSettings, b: ClientSettings): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

/** PostgreSQL keeps the members of an object in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}
