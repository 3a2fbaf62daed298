import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { outsideBack } from '@sapan/identity'
import type { Pool } from '@sapan/kernel'
import { createSandboxMail, createSandboxThaid, thaidPeople } from '@sapan/sandbox'
import { sandboxPhase } from '@sapan/ui'
import { type IdentityFile, readIdentityFile, writeIdentityFile } from '../config/identity.ts'
import { openDemonstration } from '../documents/demonstration.ts'
import type { Layout } from '../home/layout.ts'
import type { OperatorDocuments } from '../identity/documents-authority.ts'
import type { House } from '../identity/house.ts'
import type { Postgres } from '../postgres/index.ts'
import { openOperator, runDesk, runIssuer } from '../run/identity.ts'
import { listen } from '../run/listen.ts'
import { openLog } from '../run/log.ts'
import type { MoneyHouse } from '../services/house.ts'
import { doorsOf, gatewaysOf } from './agency.ts'
import type { Ports } from './choices.ts'
import type { Closing } from './closing.ts'
import type { Country } from './country.ts'
import { homeDescriptions } from './descriptions.ts'
import { officerTokenRoutes } from './officer-token.ts'
import { appointOfficers } from './officers.ts'
import { playing } from './play.ts'
import { withFonts } from './with-fonts.ts'

export interface DigitalIdOptions {
  readonly home: string
  readonly layout: Layout
  readonly ports: Ports
  readonly postgres: Postgres
  readonly closing: Closing
  readonly country: Country
  /** Where the agencies' money lies. */
  readonly money: MoneyHouse
  /** Fulfilled when the gateways of the home have joined. */
  readonly joined: Promise<unknown>
}

/** Where the faces and the stand-ins beside them are; passkeys need a name, and localhost is one. */
export const faces = ['identity', 'portal', 'desk', 'thaid', 'mail', 'bank'] as const

export type FaceName = (typeof faces)[number]

export function faceOrigin(name: FaceName, ports: Ports): string {
  return `http://localhost:${ports[name]}`
}

/** Opens the issuer and the desk with all that they share; the portal is opened with the same house. */
export async function openDigitalId(options: DigitalIdOptions): Promise<House> {
  const { layout, postgres, closing } = options
  await ensureFile(options)
  const [databaseUrl, log] = await Promise.all([
    postgres.ensureDatabase('identity'),
    openLog('identity', 'info', join(layout.logs, 'identity.log')),
  ])
  const written = await readIdentityFile(layout.identityConfig)
  const file = {
    ...written,
    watched: watchedOf(options),
    center: centerOf(options),
    agencies: hostedIn(options),
  }
  const documents = await documentsOf(options)
  const { joined, money } = options
  const described = { file, folder: join(options.home, 'descriptions'), log, joined }
  const services = { description: await homeDescriptions(described), isTrial: true, money }
  const house = await openOperator(file, { databaseUrl, log, documents, services })
  closing.add('identity', () => house.close())
  await appointOfficers(house.rooms)
  const [issuer, desk] = await Promise.all([
    runIssuer(house, layout.chosen, { phase: sandboxPhase, addition: playing(house) }),
    runDesk(house, layout.chosen, { phase: sandboxPhase, routes: officerTokenRoutes(house.rooms) }),
  ])
  closing.add('faces', () => issuer.stop())
  closing.add('faces', () => desk.stop())
  return house
}

/** Every gateway of the home: in a real country each operator watches its own. */
function watchedOf({ layout, ports, country }: DigitalIdOptions): IdentityFile['watched'] {
  return gatewaysOf(country.agencies).map(({ code, id }) => ({
    gateway: id,
    admin: doorsOf(code, ports).admin,
    keys: join(layout.gateway(code), 'keys'),
  }))
}

/** The agency that runs the house runs the center, too. */
function centerOf({ layout, ports, country }: DigitalIdOptions): NonNullable<IdentityFile['center']> {
  const admin = `http://127.0.0.1:${ports['center.admin']}`
  return { instance: country.instance, admin, keys: join(layout.center, 'keys') }
}

/** The house offers the services of all agencies of the home, each through its own gateway. */
function hostedIn({ ports, country }: DigitalIdOptions): IdentityFile['agencies'] {
  return country.agencies.map(({ id, gateway }) => ({ member: id, edge: doorsOf(gateway, ports).edge }))
}

async function ensureFile({ layout, ports }: DigitalIdOptions): Promise<void> {
  const path = layout.identityConfig
  if (existsSync(path)) return
  await writeIdentityFile(path, {
    issuer: faceOrigin('identity', ports),
    portal: faceOrigin('portal', ports),
    desk: faceOrigin('desk', ports),
    listen: { identity: `localhost:${ports.identity}`, desk: `localhost:${ports.desk}` },
    operator: 'TH/GOV/DGA',
    gateway: { edge: `http://127.0.0.1:${ports['DGA.edge']}`, subsystem: 'TH/GOV/DGA/identity' },
    contact: {
      email: 'help@sapan.example',
      dataProtection: 'dpo@sapan.example',
      address: { th: 'เลขที่ 1 ถนนสมมติ กรุงเทพมหานคร', en: '1 Example Road, Bangkok' },
    },
    mail: {
      smtp: `smtp://127.0.0.1:${ports.smtp}?security=plain`,
      from: 'Sapan <no-reply@sapan.example>',
    },
    providers: [
      {
        id: 'thaid',
        issuer: faceOrigin('thaid', ports),
        clientId: 'sapan',
        clientSecret: randomBytes(32).toString('base64url'),
      },
    ],
    keys: 'keys',
    database: { embedded: '../postgres', name: 'identity' },
  })
}

async function documentsOf({ home, ports, country }: DigitalIdOptions): Promise<OperatorDocuments> {
  const { issuer, seal, agencySeals, revocation, timestamper, rootList, statusOf } = await openDemonstration(
    home,
    country.agencies,
  )
  const at = faceOrigin('identity', ports)
  return {
    authority: { issuer, addresses: { ocsp: [`${at}/ocsp`], crl: [`${at}/crl`] } },
    timestamper,
    seal: { key: seal, revocation },
    agencySeals: new Map([...agencySeals].map(([member, key]) => [member, { key, revocation }])),
    statusOf,
    lists: async () => [await rootList()],
  }
}

/** The stand-ins beside the house: a second provider at which people sign in, and a mail system that passes nothing on. */
export async function openNeighbours(
  { layout, ports, closing }: Pick<DigitalIdOptions, 'layout' | 'ports' | 'closing'>,
  population: Pool,
): Promise<void> {
  const file = await readIdentityFile(layout.identityConfig)
  const thaid = createSandboxThaid({
    issuer: faceOrigin('thaid', ports),
    people: await thaidPeople(population),
    clients: file.providers.map(({ clientId, clientSecret }) => ({
      id: clientId,
      secret: clientSecret,
      redirectUris: [`${file.portal}/me/proofing/outside/back`, `${file.issuer}${outsideBack}`],
    })),
  })
  const mail = createSandboxMail({ origin: faceOrigin('mail', ports) })
  closing.add('registers', () => mail.close())
  const doors = await Promise.all([
    listen(createServer(withFonts(thaid)), `localhost:${ports.thaid}`, layout.chosen),
    listen(createServer(withFonts(mail.handler)), `localhost:${ports.mail}`, layout.chosen),
  ])
  await new Promise<void>((resolve, reject) => {
    mail.smtp.once('error', reject)
    mail.smtp.listen(ports.smtp, '127.0.0.1', resolve)
  })
  for (const door of doors) closing.add('register doors', () => door.close(500))
}
