import { randomBytes, randomUUID } from 'node:crypto'
import { Problem, registeredProblems } from '@sapan/kernel'
import { agreementKey, generateSigner } from '@sapan/trust'
import { type Country, client, startAgencies } from '../../../exchange/test/gateway/agencies.ts'
import type { Scheme } from '../../src/account/identifier.ts'
import { pairwiseSubjects } from '../../src/provider/subjects.ts'
import { createTokens } from '../../src/tokens/tokens.ts'
import { collectHints } from '../../src/usage/hints/collect.ts'
import type { AccessQuestion, UsageDoor } from '../../src/usage/ports.ts'
import { createUsage, type UsageOptions } from '../../src/usage/usage.ts'
import { type TestGround, testGround } from '../ground.ts'

/** Usage over two real agencies, of which RD's gateway has the door. */
export interface UsageHouse extends TestGround {
  readonly country: Country
  readonly usage: ReturnType<typeof createUsage>
  readonly opened: { agency: string; duty: string; detail: Record<string, unknown>; reference: string }[]
  person(number: string | undefined, scheme?: Scheme): Promise<string>
  /** Fetches what the gateways hint. */
  collectHints(): Promise<number>
  stop(): Promise<void>
}

/** The door, over the edge of a gateway. */
export function doorAt(edge: string): UsageDoor {
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(`${edge}/sapan/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'x-road-client': client,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (answer.ok) return answer
    const type = registeredProblems().get((await answer.json()).code)
    throw type ? new Problem(type) : new Error(`answered ${answer.status}`)
  }
  return {
    operators: async () => (await (await ask('operators')).json()).operators,
    ask: async (question) => (await ask('usage', question)).json(),
    hints: async (question) => (await ask('hints', question)).json(),
    prove: async (question) => new Uint8Array(await (await ask('usage-proof', question)).arrayBuffer()),
  }
}

export async function usageHouse(options: UsageOptions = {}): Promise<UsageHouse> {
  const ground = await testGround()
  const clock = () => Date.now()
  const { issuer, pool } = ground
  const hintKey = agreementKey(randomBytes(32))
  const tokens = createTokens({
    issuer,
    clock,
    signer: generateSigner('ecdsa-p256-sha256'),
    hintKey,
    statusLists: `${issuer}/status`,
  })
  const country = await startAgencies({ country: { subjectTokens: [tokens.directoryEntry()] } })
  const numbers = new Map<string, string>()
  const schemes = new Map<string, Scheme>()
  const opened: UsageHouse['opened'] = []
  const tasks: (AccessQuestion & { subject: string })[] = []
  const usage = createUsage(
    { ...ground, clock },
    {
      accounts: {
        identifiersOf: async (id) => {
          const value = numbers.get(id)
          return value === undefined
            ? []
            : [{ scheme: schemes.get(id) ?? 'national-id', value, proved: true }]
        },
      },
      tokens,
      subjects: pairwiseSubjects(Buffer.alloc(32, 7)),
      hasOfficers: async () => true,
      operator: 'TH/GOV/DGA',
      door: doorAt(country.rd.edge),
      casework: {
        open: async (_client, { agency, duty, kind, subject, detail, reference }) => {
          opened.push({ agency, duty, detail, reference })
          const at = clock()
          tasks.push({
            id: randomUUID(),
            agency,
            kind,
            reference,
            state: 'open',
            openedAt: at,
            dueAt: at,
            subject,
          })
        },
        stateFor: async (subject) => tasks.filter((task) => task.subject === subject),
      },
    },
    options,
  )
  return {
    ...ground,
    clock,
    country,
    usage,
    opened,
    collectHints: () =>
      collectHints(
        { ...ground, clock },
        {
          key: hintKey,
          tokens,
          door: doorAt(country.rd.edge),
          notices: { send: async () => {} },
          accounts: {
            findByIdentifier: async (_scheme, value) => {
              const [id] = [...numbers].find(([, number]) => number === value) ?? []
              return id === undefined ? undefined : { id, state: 'open' }
            },
          },
        },
      ),
    person: async (number, scheme) => {
      const id = randomUUID()
      await pool.query(
        `insert into identity.account (id, state, ial, created_at, changed_at) values ($1, 'open', '2.3', now(), now())`,
        [id],
      )
      if (number !== undefined) numbers.set(id, number)
      if (scheme !== undefined) schemes.set(id, scheme)
      return id
    },
    stop: async () => {
      await country.stop()
      await ground.database.drop()
    },
  }
}
