import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '@sapan/kernel'
import type { Payee } from './accounts.ts'
import { readBill, satangOf } from './bill.ts'
import { type BankMovement, findMovement, type LedgerGround, type Telling, tellings } from './ledger.ts'
import { billPage, homePage, missingPage, slipPage } from './pages.ts'
import { payBill } from './pay.ts'

export interface BankPagesGround extends LedgerGround {
  /** Of the pages: `http://localhost:4412`. Requests that name another host are refused. */
  readonly origin: string
  /** Where the way back leads: the person's payments at the portal. */
  readonly portal: string
  readonly payees: readonly Payee[]
  readonly log?: Logger
}

interface Shown {
  readonly status: number
  readonly html?: string
  readonly to?: string
}

/** The bank's pages for whoever tries things out. `POST /bill` may come from the portal; it changes nothing. */
export function bankPages(ground: BankPagesGround) {
  const { host } = new URL(ground.origin)
  return (request: IncomingMessage, response: ServerResponse): void => {
    const shown = request.headers.host === host ? show(ground, request) : Promise.resolve(missing(421))
    shown
      .catch((error: unknown) => {
        ground.log?.error({ err: error }, 'the bank’s page failed')
        return missing(500)
      })
      .then((answer) => reply(ground, request, response, answer))
      .catch(() => response.destroy())
  }
}

async function show(ground: BankPagesGround, request: IncomingMessage): Promise<Shown> {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  if (request.method === 'POST') {
    const form = await readForm(request)
    if (form === undefined) return missing(413)
    if (path === '/bill') return bill(ground, form)
    if (path !== '/pay') return missing(404)
    return request.headers.origin === ground.origin ? await pay(ground, form) : missing(403)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return missing(405)
  if (path === '/') return { status: 200, html: homePage(await latest(ground)) }
  const [, transaction] = /^\/transactions\/(ST\d{18})$/.exec(path) ?? []
  return transaction === undefined ? missing(404) : await slip(ground, transaction)
}

function missing(status: number): Shown {
  return { status, html: missingPage() }
}

async function bill({ payees }: BankPagesGround, form: URLSearchParams): Promise<Shown> {
  const code = form.get('code') ?? ''
  const read = readBill(code)
  if (read === undefined) return { status: 422, html: homePage([], true) }
  return { status: 200, html: billPage(code, read, payeeOf(payees, read.biller)) }
}

function payeeOf(payees: readonly Payee[], biller: string): Payee | undefined {
  return payees.find((one) => one.biller === biller)
}

async function pay(ground: BankPagesGround, form: URLSearchParams): Promise<Shown> {
  const code = form.get('code') ?? ''
  const read = readBill(code)
  if (read === undefined) return { status: 422, html: homePage([], true) }
  const payee = payeeOf(ground.payees, read.biller)
  const amount = satangOf(form.get('amount') ?? '')
  if (amount === undefined || payee === undefined) {
    return { status: 422, html: billPage(code, read, payee, true) }
  }
  const telling = tellings.find((one): one is Telling => one === form.get('telling')) ?? 'now'
  const transaction = await payBill(ground, { ...read, amount }, telling)
  return { status: 303, to: `/transactions/${transaction}` }
}

async function slip({ pool, portal }: BankPagesGround, transaction: string): Promise<Shown> {
  const movement = await findMovement(pool, transaction)
  if (movement === undefined) return missing(404)
  const { rows } = await pool.query<{ state: string; outcome: string | null }>(
    'select state, outcome from money.message where transaction = $1 order by id',
    [transaction],
  )
  return { status: 200, html: slipPage(movement, rows, portal) }
}

async function latest({ pool }: BankPagesGround): Promise<readonly BankMovement[]> {
  const { rows } = await pool.query<{ transaction: string }>(
    'select transaction from money.movement order by at desc limit 10',
  )
  const found = await Promise.all(rows.map(({ transaction }) => findMovement(pool, transaction)))
  return found.filter((one) => one !== undefined)
}

const LONGEST = 4096

/** Undefined for one that is longer than any of ours. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let text = ''
  for await (const part of request) {
    text += part
    if (text.length > LONGEST) return undefined
  }
  return new URLSearchParams(text)
}

function reply(
  { origin }: BankPagesGround,
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, html = '', to }: Shown,
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; base-uri 'none'; form-action ${origin}; frame-ancestors 'none'`,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    ...(to !== undefined && { location: to }),
    ...(status === 405 && { allow: 'GET, HEAD, POST' }),
  })
  response.end(method === 'HEAD' ? undefined : html)
}
