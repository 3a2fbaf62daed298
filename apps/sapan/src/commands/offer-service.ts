import { gatewayAdmin, type HomeOptions, homeOf, memberIn } from '../clients/home.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface ServiceOptions extends HomeOptions {
  readonly gateway?: string
  readonly subsystem?: string
  readonly url?: string
  readonly timeout?: string
  readonly evidence?: string
}

/** Offers what a description says at the gateway that the options name, and says so. Throws what the gateway refuses. */
export async function offerService(
  terminal: Terminal,
  openapi: unknown,
  options: ServiceOptions,
): Promise<void> {
  const { subsystem = '', url = '', timeout, evidence } = options
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway ?? memberIn(subsystem))
  const value = await admin.json('POST', '/v1/services', {
    subsystem,
    url,
    openapi,
    ...(timeout === undefined ? {} : { timeoutMs: Number(timeout) }),
    ...(evidence === undefined ? {} : { evidence }),
  })
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `เปิดบริการแล้วที่ ${subsystem}`, en: `offered by ${subsystem}` })),
    nextStep(terminal, { th: 'ให้สิทธิด้วย sapan grant add', en: 'give a grant with sapan grant add' }),
  ])
}
