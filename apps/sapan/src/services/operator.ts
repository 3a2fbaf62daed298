import { Problem } from '@sapan/kernel'
import type { IdentityFile } from '../config/identity.ts'
import { readText } from '../config/read.ts'
import type { OperatorGround } from '../identity/ground.ts'
import { problems } from '../problems.ts'
import { isRecord } from '../terminal/values.ts'
import { publishedDescriptions } from './descriptions.ts'
import type { MoneyHouse, ServicesHouseOptions } from './house.ts'

/**
 * What the services of an operator's agencies stand on, as its file says; undefined where it hosts none. Throws
 * `config-invalid` for keys of the bank that are none.
 */
export async function operatorServices({
  file,
  edge,
  log,
}: Pick<OperatorGround, 'file' | 'edge' | 'log'>): Promise<
  Omit<ServicesHouseOptions, 'documents'> | undefined
> {
  const { agencies, services } = file
  if (agencies.length === 0) return undefined
  const [description, money] = await Promise.all([
    publishedDescriptions(edge, services?.descriptions ?? 'descriptions', log),
    moneyOf(file),
  ])
  return { description, folder: services?.definitions, money }
}

async function moneyOf({ bank, agencies }: IdentityFile): Promise<MoneyHouse | undefined> {
  if (bank === undefined) return undefined
  const billers = agencies.flatMap(({ member, biller }) => (biller ? [[member, biller] as const] : []))
  return { subsystem: bank.subsystem, billers: new Map(billers), keys: await keysIn(bank.keys) }
}

/** The bank's public keys. Throws `input-unreadable`, `config-invalid`. */
export async function keysIn(file: string): Promise<MoneyHouse['keys']> {
  const text = await readText(file)
  try {
    const set: unknown = JSON.parse(text)
    if (isRecord(set) && Array.isArray(set.keys) && set.keys.length > 0 && set.keys.every(isPublicKey))
      return { keys: set.keys }
  } catch {
    // Told below.
  }
  throw new Problem(problems['config-invalid'], {
    detail: {
      th: `${file} ไม่ใช่ชุดกุญแจสาธารณะของธนาคาร (JWKS ที่แต่ละกุญแจมี kty และ kid)`,
      en: `${file} is no set of the bank's public keys (a JWKS, each key with kty and kid)`,
    },
  })
}

function isPublicKey(key: unknown): key is MoneyHouse['keys']['keys'][number] {
  return isRecord(key) && typeof key.kty === 'string' && typeof key.kid === 'string' && key.d === undefined
}
