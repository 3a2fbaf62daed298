import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Clock, type Logger, migrate, type Pool, systemClock } from '@sapan/kernel'
import type { Payee } from './accounts.ts'
import { bankPages } from './handler.ts'
import { type BankKey, ensureKey, publicKeys, signerOf } from './signing.ts'
import { type PostMessage, tellDue } from './telling.ts'

/** Makes the tables of the bank's money and its key, where they are not there yet. */
export async function openMoney(pool: Pool): Promise<void> {
  await migrate(pool, 'money', new URL('../../migrations/money/', import.meta.url))
  await ensureKey(pool)
}

export interface SandboxBankOptions {
  /** Of the bank's own database, the same that `moneyRoutes` has behind its gateway. */
  readonly pool: Pool
  /** Of its pages: `http://localhost:4412`. */
  readonly origin: string
  /** The address at the portal to which a person goes back. */
  readonly portal: string
  /** Who is paid, by biller number (`sandboxBiller`). */
  readonly payees: readonly Payee[]
  /** Sends a message to whoever is paid: POST of JSON with the header `Bank-Signature`; gives the status. */
  readonly post: PostMessage
  readonly clock?: Clock
  readonly log?: Logger
}

export interface SandboxBank {
  /** The pages, at the origin. It listens nowhere: whoever composes it does. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void
  /** Its public keys, for those who check its messages (JWK set). */
  keys(): Promise<{ keys: BankKey[] }>
  /** Tells what is due, at most `limit`, and gives how many were answered. A job for every few seconds. */
  tellDue(limit?: number): Promise<number>
}

/** The sandbox's made-up bank, on the tables that `openMoney` made. */
export async function createSandboxBank(options: SandboxBankOptions): Promise<SandboxBank> {
  const { pool, log, post, clock = systemClock } = options
  const sign = await signerOf(pool)
  return {
    handler: bankPages({ ...options, clock }),
    keys: () => publicKeys(pool),
    tellDue: (limit = 100) => tellDue({ pool, clock, sign, post, ...(log && { log }) }, limit),
  }
}
