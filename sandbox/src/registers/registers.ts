import { type Clock, type Logger, type Pool, systemClock } from '@sapan/kernel'
import { forgetCompanies } from '../companies/companies.ts'
import { forgetEmployments } from '../employment/employment.ts'
import { forgetPopulation } from '../population/population.ts'
import { createBankRegister } from './bank/register.ts'
import { createEmployerRegister } from './com/register.ts'
import { createCompanyRegister } from './dbd/register.ts'
import { createDigitalRegister } from './dga/register.ts'
import { createPopulationRegister } from './dopa/register.ts'
import { createHospitalRegister } from './hospital/register.ts'
import { createImmigrationRegister } from './imm/register.ts'
import { createWorkforceRegister } from './ocsc/register.ts'
import { createTaxRegister } from './rd/register.ts'
import type { LoadProgress, Register, RegisterOptions } from './register.ts'
import { createRegistrarRegister } from './registrars/register.ts'
import { createInsuranceRegister } from './sso/register.ts'

/** Lets the generated people and companies go (about 150 MB), once the registers are filled. */
export function forgetSynthetic(): void {
  forgetEmployments()
  forgetCompanies()
  forgetPopulation()
}

/** The members that have a stand-in register, by the short name of their gateway; REG is that of several. */
export const registerNames = [
  ...(['DOPA', 'RD', 'DBD', 'DGA', 'OCSC', 'IMM', 'COM'] as const),
  ...(['SSO', 'HOSPITAL', 'BANK', 'REG'] as const),
] as const
export type RegisterName = (typeof registerNames)[number]

const makers: Readonly<Record<RegisterName, (options: RegisterOptions) => Promise<Register>>> = {
  DOPA: createPopulationRegister,
  RD: createTaxRegister,
  DBD: createCompanyRegister,
  DGA: createDigitalRegister,
  OCSC: createWorkforceRegister,
  IMM: createImmigrationRegister,
  COM: createEmployerRegister,
  SSO: createInsuranceRegister,
  HOSPITAL: createHospitalRegister,
  BANK: createBankRegister,
  REG: createRegistrarRegister,
}

/**
 * Registers that stand on another's database instead of one of their own: the books of registrars lie in the central
 * population register.
 */
export const sharedDatabases: Readonly<Partial<Record<RegisterName, RegisterName>>> = { REG: 'DOPA' }

export interface RegistersOptions {
  /** A pool of each register's own database (`sharedDatabases` says which have none). Those without one are not made. */
  readonly pools: Readonly<Partial<Record<RegisterName, Pool>>>
  readonly log?: Logger
  readonly clock?: Clock
}

export interface Registers {
  readonly all: ReadonlyMap<RegisterName, Register>
  /** Fills each register that is empty, one after the other, then lets the generated people go. */
  load(onProgress?: (progress: LoadProgress) => void): Promise<void>
  close(): Promise<void>
}

/** The sandbox's registers over their databases. They listen nowhere: whoever composes them serves the handlers. */
export async function createRegisters({
  pools,
  log,
  clock = systemClock,
}: RegistersOptions): Promise<Registers> {
  const all = new Map<RegisterName, Register>()
  for (const name of registerNames) {
    const pool = pools[sharedDatabases[name] ?? name]
    if (pool) all.set(name, await makers[name]({ pool, clock, ...(log && { log }) }))
  }
  return {
    all,
    load: async (onProgress) => {
      for (const register of all.values()) await register.load(onProgress)
      forgetSynthetic()
    },
    close: async () => {
      for (const register of all.values()) await register.close()
    },
  }
}
