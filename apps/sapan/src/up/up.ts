import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Text } from '@sapan/kernel'
import { registerNames } from '@sapan/sandbox'
import { sandboxPhase } from '@sapan/ui'
import { type AdminClient, adminClient } from '../clients/admin.ts'
import { readCenterFile } from '../config/center.ts'
import { readGatewayFile } from '../config/gateway.ts'
import { type Endpoints, writeEndpoints } from '../home/endpoints.ts'
import { makeFolder } from '../home/files.ts'
import { type Layout, layoutOf } from '../home/layout.ts'
import { lockHome } from '../home/lock.ts'
import type { House } from '../identity/house.ts'
import { portalSite } from '../identity/portal-site.ts'
import { type Postgres, startPostgres } from '../postgres/index.ts'
import { type RunningCenter, runCenter } from '../run/center.ts'
import { runGateway } from '../run/gateway.ts'
import { initialiseCenter } from '../run/initialise-center.ts'
import { openLog } from '../run/log.ts'
import { runHomePortal } from '../run/portal.ts'
import { identityKeys, issuerTokens } from '../run/subject-token.ts'
import { type AgencyGateway, databaseNameOf, doorsOf, gatewaysOf, joinAgencies } from './agency.ts'
import { makeBank, openBank } from './bank.ts'
import { checkFiles } from './check-files.ts'
import { choosePorts, type Ports } from './choices.ts'
import type { Closing } from './closing.ts'
import type { Country } from './country.ts'
import { faceOrigin, faces, openDigitalId, openNeighbours } from './digital-id.ts'
import type { Progress } from './progress.ts'
import { type BehindGateway, makeRegisters } from './registers.ts'
import { directoryEverywhere, giveGrants, offerServices, registerMembers } from './seed.ts'
import { allSettled } from './settled.ts'

/** A little more than gateways take between two looks at the directory. */
const pollMs = 15_000

export interface CountryOptions {
  readonly home: string
  readonly country: Country
  readonly progress: Progress
  /** Everything that was opened; close it to end the country. */
  readonly closing: Closing
  /** Throws when the start is to be given up. Asked between the steps. */
  readonly goOn: () => void
}

/**
 * Starts a whole small country in one process: database, center, registers, and a gateway for each agency. They
 * speak with each other only over the wire, as they would on machines of their own. A second start finds what the
 * first one made.
 */
export async function startCountry(options: CountryOptions): Promise<Endpoints> {
  const { progress, goOn } = options
  const { agencies } = options.country
  const hosts = gatewaysOf(agencies)
  const layout = await openHome(options)
  await checkFiles(
    layout,
    hosts.map(({ code }) => code),
  )
  const ports = await choosePorts(layout, portNames(options))
  goOn()
  const postgres = await progress.step(words.database, () => openPostgres(layout, options))
  goOn()
  const center = await progress.step(words.center, () => openCenter(layout, ports, postgres, options))
  const admin = await adminClient(origin('http', ports, 'center.admin'), join(layout.center, 'keys'))
  goOn()
  const standIns = await makeRegisters({ ...options, layout, ports, postgres })
  const waiting: string[] = []
  const joined = progress.step(words.gateways(hosts.length), async () => {
    await registerMembers(admin, agencies)
    await allSettled(hosts.map((host) => openGateway(layout, ports, postgres, admin, host, options)))
    const admins = await Promise.all(hosts.map((host) => adminOf(layout, ports, host)))
    waiting.push(...(await openServices(hosts, admins, standIns.registers)))
    return admins
  })
  const standInBank = await makeBank(standIns.pools.BANK, options.country, {
    origin: faceOrigin('bank', ports),
    portal: faceOrigin('portal', ports),
  })
  const digitalId = { ...options, layout, ports, postgres, money: standInBank.money, joined }
  const opened = progress.step(words.faces, async () => {
    await openPortal(layout, ports, options, await openDigitalId(digitalId))
  })
  await allSettled<unknown>([joined, standIns.open(), opened])
  await openNeighbours(digitalId, standIns.pools.DOPA)
  await openBank(standInBank, {
    place: `localhost:${ports.bank}`,
    path: layout.chosen,
    closing: options.closing,
  })
  const gateways = await joined
  for (const grant of waiting) progress.note(words.waiting(grant))
  goOn()
  await progress.step(words.directory, () => directoryEverywhere(admin, gateways, pollMs))
  const endpoints = endpointsOf(layout, ports, center, hosts)
  await writeEndpoints(options.home, endpoints)
  return endpoints
}

const words = {
  database: { th: 'ฐานข้อมูล PostgreSQL', en: 'PostgreSQL' },
  center: {
    th: 'ศูนย์กลาง: ใบรับรอง สารบบ การประทับเวลา พยาน',
    en: 'center: certificates, directory, time-stamps, witness',
  },
  gateways: (count: number): Text => ({
    th: `เกตเวย์ ${count} แห่งเข้าร่วม เปิดบริการ และให้สิทธิแล้ว`,
    en: `${count} gateways joined, with their services and grants`,
  }),
  waiting: (grant: string): Text => ({
    th: `สิทธิ ${grant} ยังไม่ได้ให้ เพราะยังไม่มีบริการนี้ เปิดด้วย sapan service add แล้วเริ่มใหม่`,
    en: `not granted: ${grant}. Nobody offers that service yet: sapan service add, then start again`,
  }),
  faces: {
    th: 'Digital ID พอร์ทัล และโต๊ะทำงานเจ้าหน้าที่',
    en: "Digital ID, the portal and the officers' desk",
  },
  directory: { th: 'ทุกเกตเวย์ถือสารบบล่าสุด', en: 'every gateway holds the newest directory' },
}

async function openHome({ home, closing }: CountryOptions): Promise<Layout> {
  await makeFolder(home)
  const lock = await lockHome(home)
  closing.add('lock', () => lock.release())
  return layoutOf(home)
}

function portNames({ country }: CountryOptions): string[] {
  const doors = ['edge', 'peer', 'admin']
  return [
    'center.public',
    'center.admin',
    ...faces,
    'smtp',
    ...gatewaysOf(country.agencies).flatMap(({ code }) => doors.map((door) => `${code}.${door}`)),
    ...registerNames.map((name) => `register.${name}`),
  ]
}

function origin(scheme: string, ports: Ports, name: string): string {
  return `${scheme}://127.0.0.1:${ports[name]}`
}

async function openPostgres(layout: Layout, { progress, closing }: CountryOptions): Promise<Postgres> {
  const postgres = await startPostgres({ directory: layout.postgres, onProgress: progress.at })
  closing.add('postgres', () => postgres.stop())
  return postgres
}

async function openCenter(
  layout: Layout,
  ports: Ports,
  postgres: Postgres,
  { home, country, closing }: CountryOptions,
): Promise<RunningCenter> {
  const url = origin('https', ports, 'center.public')
  const path = layout.centerConfig
  if (!existsSync(path)) {
    await initialiseCenter(layout.center, {
      instance: country.instance,
      url,
      admin: `127.0.0.1:${ports['center.admin']}`,
      subjectTokens: [
        (await issuerTokens(identityKeys(home), faceOrigin('identity', ports))).directoryEntry(),
      ],
      database: { embedded: '../postgres', name: 'center' },
    })
  }
  const [databaseUrl, log] = await Promise.all([
    postgres.ensureDatabase('center'),
    openLog('center', 'info', join(layout.logs, 'center.log')),
  ])
  const running = await runCenter(await readCenterFile(path), { path, databaseUrl, log, phase: sandboxPhase })
  closing.add('center', () => running.stop())
  return running
}

async function openGateway(
  layout: Layout,
  ports: Ports,
  postgres: Postgres,
  center: AdminClient,
  host: AgencyGateway,
  { closing }: CountryOptions,
): Promise<void> {
  await joinAgencies(layout, host, ports, center)
  const path = layout.gatewayConfig(host.code)
  const [databaseUrl, log] = await Promise.all([
    postgres.ensureDatabase(databaseNameOf(host)),
    openLog(`gateway ${host.code}`, 'info', join(layout.logs, `${host.code}.log`)),
  ])
  const running = await runGateway(await readGatewayFile(path), {
    path,
    databaseUrl,
    log,
    phase: sandboxPhase,
  })
  closing.add('gateways', () => running.stop())
}

function adminOf(layout: Layout, ports: Ports, { code }: AgencyGateway): Promise<AdminClient> {
  return adminClient(doorsOf(code, ports).admin, join(layout.gateway(code), 'keys'))
}

/**
 * Opens every agency's services, then gives its grants: a grant is held against the service that it names. Those of services that
 * nobody offers yet come back: consumer and service.
 */
async function openServices(
  hosts: readonly AgencyGateway[],
  admins: readonly AdminClient[],
  registers: readonly BehindGateway[],
): Promise<readonly string[]> {
  const waiting: string[] = []
  await allSettled(
    hosts.map(async ({ code, agencies }, at) => {
      const admin = admins[at]
      if (admin === undefined) return
      for (const register of registers) if (register.code === code) await offerServices(admin, register)
      for (const agency of agencies) waiting.push(...(await giveGrants(admin, agency, Date.now())))
    }),
  )
  return waiting
}

async function openPortal(
  layout: Layout,
  ports: Ports,
  { home, closing }: CountryOptions,
  house: House,
): Promise<void> {
  const log = await openLog('portal', 'info', join(layout.logs, 'portal.log'))
  const place = `localhost:${ports.portal}`
  const running = await runHomePortal({
    home,
    place,
    file: layout.chosen,
    log,
    site: await portalSite(house),
  })
  closing.add('portal', () => running.stop())
}

function endpointsOf(
  layout: Layout,
  ports: Ports,
  { center }: RunningCenter,
  hosts: readonly AgencyGateway[],
): Endpoints {
  return {
    center: origin('https', ports, 'center.public'),
    centerAdmin: origin('http', ports, 'center.admin'),
    centerKeys: join(layout.center, 'keys'),
    rootFingerprint: center.rootFingerprint,
    identity: faceOrigin('identity', ports),
    portal: faceOrigin('portal', ports),
    desk: faceOrigin('desk', ports),
    thaid: faceOrigin('thaid', ports),
    mail: faceOrigin('mail', ports),
    bank: faceOrigin('bank', ports),
    gateways: Object.fromEntries(
      hosts.map(({ code, id, agencies }) => [
        code,
        {
          id,
          members: agencies.map((agency) => agency.id),
          ...doorsOf(code, ports),
          keys: join(layout.gateway(code), 'keys'),
        },
      ]),
    ),
  }
}
