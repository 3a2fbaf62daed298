import { createLogger } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { describedServices } from 'sapan/demonstration'
import { type House, type IdentityFile, openOperator } from 'sapan/operator'

/** Where an operator's house stands, as its processes are told. */
export interface HouseOrder {
  readonly databaseUrl: string
  /** The folder of its keys. */
  readonly keys: string
  /** The portal's origin. */
  readonly portal: string
}

export type ServicesHouse = NonNullable<House['services']>

/** A place at which nobody answers: what is measured asks no register. */
const nobody = 'http://127.0.0.1:9'

/** The house of an operator that gives all services of the country, with everything that a real one has but gateways. */
export async function openHouse(order: HouseOrder): Promise<House & { readonly services: ServicesHouse }> {
  const house = await openOperator(fileOf(order), {
    databaseUrl: order.databaseUrl,
    log: createLogger({ name: 'bench', level: 'error' }),
    services: { description: await describedServices() },
  })
  const { services } = house
  if (services === undefined) throw new Error('the house gives no services')
  return { ...house, services }
}

function fileOf({ databaseUrl, keys, portal }: HouseOrder): IdentityFile {
  return {
    issuer: 'http://localhost:9',
    portal,
    desk: 'http://localhost:9',
    listen: { identity: '127.0.0.1:0', desk: '127.0.0.1:0' },
    behindProxy: false,
    operator: 'TH/GOV/DGA',
    gateway: { edge: nobody, subsystem: 'TH/GOV/DGA/identity' },
    agencies: loadCountry().members.map(({ id }) => ({ member: id, edge: nobody })),
    watched: [],
    contact: { email: 'help@sapan.example', dataProtection: 'dpo@sapan.example' },
    providers: [],
    keys: keys,
    database: { url: databaseUrl },
    logLevel: 'error',
  }
}
