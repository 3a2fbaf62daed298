import type { KeyObject } from 'node:crypto'
import { randomUUID } from 'node:crypto'
import { mostHints, openHint } from '@sapan/exchange'
import type { Clock, Logger, Pool, PoolClient, Text } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { agencySchemes } from '../../account/identifier.ts'
import type { Tokens } from '../../tokens/tokens.ts'
import type { UsageDoor, UsageOperator } from '../ports.ts'
import { keepHint } from './store.ts'

export interface HintPorts {
  readonly door: Pick<UsageDoor, 'operators' | 'hints'>
  readonly tokens: Pick<Tokens, 'hints'>
  /** The private half of the key to which gateways encrypt. */
  readonly key: KeyObject
  readonly accounts: {
    findByIdentifier(
      scheme: (typeof agencySchemes)[number],
      value: string,
    ): Promise<{ readonly id: string; readonly state: string } | undefined>
  }
  readonly notices: {
    send(
      client: PoolClient,
      notice: {
        readonly account: string
        readonly kind: 'access'
        readonly title: Text
        readonly body: Text
        readonly link: string
        readonly key: string
      },
    ): Promise<unknown>
  }
}

interface Ground {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
}

const Page = Compile(
  Type.Object({
    hints: Type.Array(
      Type.Object({ number: Type.Integer({ minimum: 1 }), jwe: Type.String({ maxLength: 2000 }) }),
      { maxItems: mostHints },
    ),
  }),
)

/** Pages of one operator that are read in one go. */
const mostPages = 50
const day = 86_400_000

/**
 * A job: fetches what gateways hint, keeps where there is something to see, and tells people of unusual accesses, no more
 * than once a day for each agency. What was kept is acknowledged with the next question: a hint that comes twice changes
 * nothing. Gives how many came. A gateway that is silent is asked again next time.
 */
export async function collectHints(ground: Ground, ports: HintPorts): Promise<number> {
  let kept = 0
  for (const operator of await ports.door.operators()) {
    try {
      kept += await collectFrom(ground, ports, operator)
    } catch (error) {
      ground.log.warn({ err: error, owner: operator.owner }, 'hints were not fetched; tried again')
    }
  }
  return kept
}

async function collectFrom(
  ground: Ground,
  ports: HintPorts,
  { owner, gateways }: UsageOperator,
): Promise<number> {
  let kept = 0
  let taken: readonly number[] = []
  for (let page = 0; page < mostPages; page++) {
    const hints = await fetchPage(ground, ports, { gateways, taken })
    for (const { jwe } of hints) await keep(ground, ports, { owner, jwe })
    kept += hints.length
    taken = hints.map(({ number }) => number)
    if (taken.length === 0) break
  }
  return kept
}

/** Of the operator's gateways the first that answers: they stand on one database. */
async function fetchPage(
  { log }: Ground,
  { door, tokens }: HintPorts,
  { gateways, taken }: { gateways: readonly string[]; taken: readonly number[] },
): Promise<readonly { readonly number: number; readonly jwe: string }[]> {
  let failure: unknown = new Error('the operator has no gateway')
  for (const gateway of gateways) {
    try {
      const token = tokens.hints({ audience: gateway, tokenId: randomUUID() })
      const answer = await door.hints({ gateway, token, taken })
      if (Page.Check(answer)) return answer.hints
      failure = new TypeError(`${gateway} answered something else`)
    } catch (error) {
      failure = error
    }
    log.debug({ gateway }, 'a gateway told no hints')
  }
  throw failure
}

/** One of whom we know nobody is dropped: so is what is no hint. */
async function keep(
  { pool, clock, log }: Ground,
  { key, accounts, notices }: HintPorts,
  { owner, jwe }: { readonly owner: string; readonly jwe: string },
): Promise<void> {
  const hint = await openHint(key, jwe)
  if (hint === undefined) return log.warn({ owner }, 'a gateway sent what is no hint')
  const { subject, unusual } = hint
  const account = await accountOf(accounts, subject)
  if (account === undefined || account.state === 'closed') return
  // A gateway's clock may be wrong: nothing is newer than now.
  const at = Math.min(hint.at, clock())
  await inTransaction(pool, async (client) => {
    await keepHint(client, { account: account.id, owner, at })
    if (!unusual) return
    const today = Math.floor(at / day)
    const key = `unusual-access ${owner} ${today}`
    await notices.send(client, { account: account.id, kind: 'access', ...unusualNotice, key })
  })
}

async function accountOf(accounts: HintPorts['accounts'], subject: string) {
  for (const scheme of agencySchemes) {
    const found = await accounts.findByIdentifier(scheme, subject)
    if (found !== undefined) return found
  }
  return undefined
}

/** Says neither who looked, nor at what: that the page tells, to whoever has signed in. */
const unusualNotice = {
  title: { th: 'มีการดูข้อมูลของคุณที่ผิดไปจากปกติ', en: 'An unusual look at your data' },
  body: {
    th: 'เจ้าหน้าที่ดูข้อมูลของคุณในเวลาหรือจำนวนที่ต่างจากปกติ ไม่ได้หมายความว่าทำผิด เปิดหน้า “ใครดูข้อมูลของฉัน” เพื่อดูและถามหน่วยงานได้',
    en: 'An officer looked at your data at an unusual time, or more often than usual. That does not say that it was wrong. See who it was under “Who looked at my data”, and ask the agency.',
  },
  link: '/me/usage',
} as const
