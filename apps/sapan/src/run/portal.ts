import { createServer, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { CheckNetworkOptions } from '@sapan/documents'
import { type Logger, Problem } from '@sapan/kernel'
import { createPortal, type Portal, type PortalSiteOptions } from '@sapan/portal'
import { loadCountry } from '@sapan/thailand'
import { type Phase, sandboxPhase } from '@sapan/ui'
import type { PortalFile } from '../config/portal.ts'
import { anchorCount, type Trust, trustOf } from '../documents/anchors.ts'
import { openDemonstration } from '../documents/demonstration.ts'
import { readInput } from '../documents/files.ts'
import { problems } from '../problems.ts'
import { listen } from './listen.ts'
import { problemPages } from './pages.ts'
import type { Running } from './running.ts'

export interface PortalPlace {
  /** Where it listens: `127.0.0.1:8080`. */
  readonly place: string
  /** Where an operator changes the port. */
  readonly file: string
  readonly log: Logger
}

interface PortalSetting extends PortalPlace {
  readonly trust: Trust
  readonly phase?: Phase
  readonly network?: CheckNetworkOptions
  readonly limits?: PortalFile['limits']
  readonly tls?: PortalFile['tls']
  /** With it people sign in and have a page of their own. */
  readonly site?: PortalSiteOptions
}

export interface RunningPortal extends Running {
  readonly trust: Trust
}

/** How long a file may take to arrive, where nothing else is set. */
const uploadSeconds = 60
/** How long checks that run may go on when the portal is told to stop. */
const graceMs = 2_000

/** Runs the public pages of a home. They trust its demonstration authority, and those of the country. Throws `port-taken`. */
export async function runHomePortal({
  home,
  ...place
}: PortalPlace & { readonly home: string; readonly site?: PortalSiteOptions }): Promise<Running> {
  const { root } = await openDemonstration(home)
  return open({ ...place, trust: await trustOf({ demonstration: root }), phase: sandboxPhase })
}

/**
 * Runs the public pages as a configuration file says. They trust those whom it names, and those of the country. Throws
 * `port-taken`, `config-invalid`, `input-unreadable`, `trusted-list-unusable`.
 */
export async function runPortal(
  file: PortalFile,
  from: { readonly path: string; readonly log: Logger; readonly site?: PortalSiteOptions },
): Promise<RunningPortal> {
  const { listen: place, tls, limits, network } = file
  const { path, log, site } = from
  const trust = await trustOf(file.trust)
  for (const { en } of trust.warnings) log.warn(en)
  const isOnline = network.public || network.hosts.length > 0
  const running = await open({
    place,
    file: path,
    log,
    trust,
    limits,
    ...(tls && { tls }),
    ...(site && { site }),
    ...(isOnline && { network }),
  })
  log.info({ listen: place, anchors: anchorCount(trust), network }, 'portal open')
  return { ...running, trust }
}

async function open(setting: PortalSetting): Promise<Running> {
  const { place, file, log } = setting
  const portal = portalOf(setting)
  try {
    const listening = await listen(await serverOf(setting, portal), place, file)
    return {
      stop: async () => {
        log.info({ listen: place }, 'portal closing')
        await listening.close(graceMs)
        await portal.close()
      },
    }
  } catch (error) {
    await portal.close()
    throw error
  }
}

function portalOf({ trust, log, phase, network, limits, site }: PortalSetting): Portal {
  const { certificates, services = [] } = trust.anchors
  return createPortal({
    anchors: certificates,
    services,
    docs: problemPages,
    log,
    words: loadCountry().documentWords,
    ...(phase && { phase }),
    ...(site && { site }),
    ...(network && { network }),
    ...(limits && {
      mostBytes: limits.fileMegabytes * 2 ** 20,
      filesAtOnce: limits.filesAtOnce,
      timeoutMs: limits.checkSeconds * 1000,
    }),
  })
}

async function serverOf({ tls, limits, file }: PortalSetting, { handler }: Portal): Promise<Server> {
  const options: ServerOptions = {
    requestTimeout: (limits?.uploadSeconds ?? uploadSeconds) * 1000,
    headersTimeout: 10_000,
  }
  if (!tls) return createServer(options, handler)
  const [cert, key] = await Promise.all([readInput(tls.certificate), readInput(tls.key)])
  try {
    return createTlsServer({ ...options, cert, key, minVersion: 'TLSv1.2' }, handler)
  } catch (cause) {
    throw new Problem(problems['config-invalid'], {
      detail: {
        th: `${file}: กุญแจและใบรับรองใน tls ใช้ด้วยกันไม่ได้`,
        en: `${file}: the key and the certificate under tls do not go together`,
      },
      cause,
    })
  }
}
