import { createLogger, createPool, lookAtJobs, type Pool, Problem, type Text } from '@sapan/kernel'
import { outboxState } from '@sapan/notices'
import { moneyStates } from '@sapan/payments'
import { loadCountry } from '@sapan/thailand'
import { readCertificate } from '@sapan/trust'
import { type IdentityFile, readIdentityFile } from '../config/identity.ts'
import { readCertificates } from '../documents/files.ts'
import { gatewayEdge } from '../identity/gateway-edge.ts'
import { openSharedDatabase } from '../run/database.ts'
import { agencyEdges } from '../services/ask-as.ts'
import { bankOf } from '../services/bank.ts'
import { hostedDefinitions } from '../services/definitions.ts'
import { publishedDescriptions } from '../services/descriptions.ts'
import { referencesOf } from '../services/references.ts'
import { bad, type Check, good } from './check.ts'
import { checkJobs, checkMoney, checkOutbox, checkSeal } from './services.ts'

/** An operator's Digital ID and services from outside: jobs, letters, money; definitions, seals and bank as its file says. */
export async function checkOperator(
  path: string,
  databaseUrl: string | undefined,
  now: number,
): Promise<Check[]> {
  const file = await readIdentityFile(path)
  const [stored, seals, definitions, bank] = await Promise.all([
    checkStored(file, databaseUrl, now),
    checkSeals(file, now),
    checkDefinitions(file),
    checkBank(file, now),
  ])
  return [...stored, ...seals, ...definitions, ...bank]
}

async function checkStored(
  file: IdentityFile,
  databaseUrl: string | undefined,
  now: number,
): Promise<Check[]> {
  const database = await openSharedDatabase(file.database, databaseUrl)
  const pool = createPool(database.url, { application_name: 'sapan-doctor', max: 2 })
  try {
    const [jobs, isThere] = await Promise.all([lookAtJobs(pool, now), areThere(pool)])
    if (!isThere) return checkJobs(jobs)
    const [outbox, money] = await Promise.all([outboxState(pool, now), moneyStates(pool, now)])
    return [...checkJobs(jobs), checkOutbox(outbox), ...money.map((state) => checkMoney(state, now))]
  } finally {
    await pool.end()
    await database.close()
  }
}

/** Whether the operator's tables were made: they are when it first starts. */
async function areThere(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ is: boolean }>(
    `select to_regclass('notices.delivery') is not null and to_regclass('payments.refund') is not null as is`,
  )
  return rows[0]?.is === true
}

async function checkSeals({ agencies }: IdentityFile, now: number): Promise<Check[]> {
  return await Promise.all(
    agencies.map(async ({ member, seal }) => {
      const [der] = seal === undefined ? [] : await readCertificates(seal.certificate)
      return checkSeal(member, der && readCertificate(der).notAfter, now)
    }),
  )
}

async function checkDefinitions({ agencies, services, gateway, bank }: IdentityFile): Promise<Check[]> {
  if (agencies.length === 0) return []
  const edge = gatewayEdge(gateway)
  try {
    const log = createLogger({ name: 'doctor', level: 'silent' })
    const description = await publishedDescriptions(edge, services?.descriptions ?? 'descriptions', log)
    const hosted = agencies.map(({ member }) => member)
    const references = referencesOf(description, bank?.subsystem)
    const all = (await hostedDefinitions({ hosted, references, folder: services?.definitions })).current()
    return [
      good('services', { th: `คำจำกัดความ ${all.length} บริการใช้ได้`, en: `${all.length} definitions hold` }),
    ]
  } catch (error) {
    return [
      bad('services', told(error), {
        th: 'แก้ตามไฟล์และบรรทัดที่บอก แล้ว sapan service check <โฟลเดอร์>',
        en: 'mend what it says in file and line, then: sapan service check <folder>',
      }),
    ]
  } finally {
    edge.close()
  }
}

/** Asks for today's statement, as the night does. */
async function checkBank(file: IdentityFile, now: number): Promise<Check[]> {
  const { bank, agencies } = file
  if (bank === undefined) return []
  const edges = agencyEdges(file)
  const day = new Date(now).toISOString().slice(0, 10)
  const asked = bankOf(loadCountry(), bank.subsystem, edges.ask)
  try {
    return await Promise.all(
      agencies.flatMap(({ member, biller }) =>
        biller === undefined ? [] : [reached(member, () => asked.statement(member, biller, day))],
      ),
    )
  } finally {
    edges.close()
  }
}

async function reached(member: string, ask: () => Promise<unknown>): Promise<Check> {
  const of = member.split('/').at(-1)
  try {
    await ask()
    return good('bank', { th: 'ธนาคารตอบ', en: 'the bank answers' }, of)
  } catch (error) {
    const next = {
      th: 'ตรวจเกตเวย์ของหน่วยงาน และสิทธิ์ถามธนาคาร: sapan grant list',
      en: 'see to the agency’s gateway, and to its grant for the bank: sapan grant list',
    }
    return bad('bank', told(error), next, of)
  }
}

function told(error: unknown): Text {
  if (error instanceof Problem) return error.detail ?? error.type.title
  const text = error instanceof Error ? error.message : String(error)
  return { th: text, en: text }
}
