import { randomUUID } from 'node:crypto'
import type { Text } from '@sapan/kernel'
import { generateSigner } from '@sapan/trust'
import { createConsents } from '../../src/consents/consents.ts'
import type { PlainWords } from '../../src/consents/plain-words.ts'
import type { ConsentPorts } from '../../src/consents/ports.ts'
import { createStatusLists } from '../../src/status/lists.ts'
import { createTokens } from '../../src/tokens/tokens.ts'
import { type TestGround, testGround } from '../ground.ts'

const purposes: Readonly<Record<string, { name: Text; about: Text }>> = {
  'employee-verification': {
    name: { th: 'ตรวจสอบลูกจ้าง', en: 'Verification of employees' },
    about: { th: 'นายจ้างตรวจชื่อ', en: 'An employer checks the name' },
  },
  'withholding-tax': {
    name: { th: 'ภาษีหัก ณ ที่จ่าย', en: 'Withholding tax' },
    about: { th: 'นายจ้างตรวจสถานะ', en: 'An employer checks the status' },
  },
  loan: {
    name: { th: 'สินเชื่อ', en: 'A loan' },
    about: { th: 'ธนาคารตรวจรายได้', en: 'A bank checks the income' },
  },
}

export const words: PlainWords = {
  member: (id) => (id.startsWith('TH/COM/PAYROLL') ? { th: 'บริษัทเงินเดือน', en: 'Payroll' } : undefined),
  service: () => ({ th: 'ทะเบียนราษฎร', en: 'Population register' }),
  operation: () => undefined,
  purpose: (code) => purposes[code],
  field: (_service, path) => (path === 'name' ? { th: 'ชื่อ', en: 'Name' } : undefined),
}

/** Consents over a real database, with real status lists and tokens; the other rooms only note what they were told. */
export interface ConsentHouse extends TestGround {
  readonly consents: ReturnType<typeof createConsents>
  readonly statuses: ReturnType<typeof createStatusLists>
  readonly tokens: ReturnType<typeof createTokens>
  readonly told: { account: string; title: { en: string }; link?: string }[]
  readonly recorded: { account: string; kind: string }[]
  /** A person with this number, proved. */
  person(number: string): Promise<string>
  stop(): Promise<void>
}

export async function consentHouse(): Promise<ConsentHouse> {
  const ground = await testGround()
  const { pool, clock, issuer } = ground
  const tokens = createTokens({
    issuer,
    clock,
    signer: generateSigner('ecdsa-p256-sha256'),
    statusLists: `${issuer}/status`,
  })
  const statuses = createStatusLists({ pool, clock, signer: tokens.signer, issuer })
  const numbers = new Map<string, string>()
  const told: ConsentHouse['told'] = []
  const recorded: ConsentHouse['recorded'] = []
  const ports: ConsentPorts = {
    accounts: {
      find: async (id) => (numbers.has(id) ? { state: 'open' } : undefined),
      findByIdentifier: async (_scheme, value) => {
        const found = [...numbers].find(([, number]) => number === value)
        return found && { id: found[0] }
      },
      identifiersOf: async (id) => {
        const value = numbers.get(id)
        return value === undefined ? [] : [{ scheme: 'national-id', value, proved: true }]
      },
    },
    history: { record: async (_client, event) => void recorded.push(event) },
    notices: { send: async (_client, notice) => void told.push(notice) },
    statuses,
    tokens,
    words,
  }
  return {
    ...ground,
    consents: createConsents(ground, ports),
    statuses,
    tokens,
    told,
    recorded,
    person: async (number) => {
      const id = randomUUID()
      await pool.query(
        `insert into identity.account (id, state, ial, created_at, changed_at) values ($1, 'open', '2.3', now(), now())`,
        [id],
      )
      numbers.set(id, number)
      return id
    },
    stop: async () => {
      await statuses.stop()
      await ground.database.drop()
    },
  }
}
