import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inTransaction } from '@sapan/kernel'
import { createImmigrationRegister, createPopulationRegister, type Register } from '@sapan/sandbox'
import { loadCountry } from '@sapan/thailand'
import { testDatabase } from '../../../kernel/test/database.ts'
import type { Account } from '../../src/account/account.ts'
import { createAccounts } from '../../src/account/accounts.ts'
import type { AskAgency } from '../../src/exchange.ts'
import { createHistory } from '../../src/history/history.ts'
import type { ProofingGround } from '../../src/proofing/ground.ts'
import { proofingHistory } from '../../src/proofing/history-kinds.ts'
import { type TestGround, testGround } from '../ground.ts'

/** A living person of the register that these tests fill, and how the register knows the others. */
export const SOMEONE = '3365341504617'
export const OTHER = '3905207760731'
export const DEAD = '3405433409288'
export const OLD = '3375570287983'
/** Names as no form would take them: registers have them all the same. */
export const HOSTILE = { given: `${'ก'.repeat(300)}\u200b`, family: '\u202eevil<script>alert(1)</script>' }

export interface ProofingTest {
  readonly ground: ProofingGround
  readonly test: TestGround
  /** What was asked through the exchange, in order. */
  readonly asked: { service: string; path: string; body: unknown }[]
  newAccount(): Promise<Account>
  /** Whether a register answers; one that does not throws as the exchange does. */
  down: Set<string>
  /** Stands in the way of an answer that a register has given. */
  afterAnswer: (() => Promise<void>) | undefined
  stop(): Promise<void>
}

const PEOPLE = `insert into population.person select i, 'male', 'mr', g, 'Given', f, 'Family', b::date, '100101', d::date,
  'single', null, null, null, null, 'h', 'head' from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
  as t (i, b, d, g, f)`

/** Real accounts and history over a fresh database, and the stand-in registers behind an exchange of one function. */
export async function proofingTest(): Promise<ProofingTest> {
  const test = await testGround()
  const population = await testDatabase({
    population: new URL('../../../../sandbox/migrations/population/', import.meta.url),
  })
  await population.pool.query("insert into population.house values ('h', '1', null, '100101', '10200')")
  await population.pool.query(PEOPLE, [
    [SOMEONE, OTHER, DEAD, OLD],
    ['1984-02-29', '1986-05-05', '1950-05-05', '1941-01-01'],
    [null, null, '2026-01-01', null],
    ['จิรดนัย', HOSTILE.given, 'จงกล', 'นิภา'],
    ['ภักดีจันทร์', HOSTILE.family, 'โอภาสอารีย์', 'คงพันธ์'],
  ])
  const immigration = await testDatabase()
  const registers = [
    await createPopulationRegister({ pool: population.pool, clock: test.clock }),
    await createImmigrationRegister({ pool: immigration.pool, clock: test.clock }),
  ]
  await registers[1]?.load()
  const servers = await Promise.all(registers.map(serve))
  const made: ProofingTest = {
    ground: undefined as never,
    test,
    asked: [],
    down: new Set(),
    afterAnswer: undefined,
    newAccount: () =>
      inTransaction(test.pool, (client) => made.ground.accounts.create(client, { language: 'th' })),
    stop: async () => {
      for (const { server } of servers) await new Promise((resolve) => server.close(resolve))
      for (const register of registers) await register.close()
      for (const database of [population, immigration, test.database]) await database.drop()
    },
  }
  const accounts = createAccounts({ ...test, country: loadCountry().identity } as Parameters<
    typeof createAccounts
  >[0])
  const history = createHistory(test, proofingHistory)
  const country = { proofing: loadCountry().identity.proofing }
  return Object.assign(made, {
    ground: { ...test, country, ask: askThrough(servers, made), accounts, history },
  })
}

interface ServedRegister {
  readonly register: Register
  readonly server: Server
  readonly origin: string
}

async function serve(register: Register): Promise<ServedRegister> {
  const server = createServer(register.handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { register, server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function askThrough(servers: readonly ServedRegister[], made: ProofingTest): AskAgency {
  let count = 0
  return async ({ service, method, path, body }) => {
    made.asked.push({ service, path, body })
    const found = servers.find(({ register }) => register.services.some((one) => one.service === service))
    if (found === undefined || made.down.has(service)) throw new Error(`${service} does not answer`)
    const base = found.register.services.find((one) => one.service === service)?.base
    const answer = await fetch(`${found.origin}${base}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const told = await answer.json()
    await made.afterAnswer?.()
    return { status: answer.status, body: told, exchange: `exchange-${++count}` }
  }
}
