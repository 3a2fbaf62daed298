import { Provider } from 'oidc-provider'
import type { PayloadRow } from './payload-reads.ts'
import type { ProviderAccount } from './ports.ts'

/** What came along with something else in a request: given once, and in that request alone. */
interface Brought {
  readonly rows: Map<string, PayloadRow>
  readonly accounts: Map<string, ProviderAccount>
}

const brought = new WeakMap<object, Brought>()

/** Keeps for this request what stood beside a payload: its grant, its session, its account. */
export function bring(rows: readonly PayloadRow[], account: ProviderAccount | undefined): void {
  const { ctx } = Provider
  if (!ctx) return
  const kept = brought.get(ctx) ?? { rows: new Map(), accounts: new Map() }
  for (const row of rows) kept.rows.set(row.uid === null ? `id ${row.id}` : `uid ${row.uid}`, row)
  if (account) kept.accounts.set(account.id, account)
  brought.set(ctx, kept)
}

/** `key`: `id <payload id>` or `uid <uid of a session>`. */
export function takeBrought(key: string): PayloadRow | undefined {
  const rows = Provider.ctx && brought.get(Provider.ctx)?.rows
  const row = rows?.get(key)
  rows?.delete(key)
  return row
}

export function takeBroughtAccount(id: string): ProviderAccount | undefined {
  const accounts = Provider.ctx && brought.get(Provider.ctx)?.accounts
  const account = accounts?.get(id)
  accounts?.delete(id)
  return account
}

/** What ends in a request must not be found by it. */
export function forgetBrought(): void {
  if (Provider.ctx) brought.delete(Provider.ctx)
}
