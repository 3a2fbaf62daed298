import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { askEdge, type Country, runningCountry } from '../../country.ts'
import { inFolder, tool } from '../../tool.ts'

const program = fileURLToPath(new URL('../../../../apps/sapan/bin/sapan.mjs', import.meta.url))
const description = readFileSync(new URL('../../../exchange/letters.json', import.meta.url), 'utf8')

/** A queue for letters between two members of a running country. */
export interface LetterQueue {
  readonly sender: { readonly edge: string; readonly client: string }
  readonly receiver: { readonly edge: string; readonly client: string }
  readonly service: string
  /** For the files of a check. */
  readonly folder: string
}

/** Throws `ToolMissing` where no country runs. */
export async function atLetters<T>(use: (queue: LetterQueue) => Promise<T>): Promise<T> {
  const country = await runningCountry()
  const sender = { edge: country.edge('RD'), client: 'TH/GOV/RD/efiling' }
  const receiver = { edge: country.edge('DOPA'), client: 'TH/GOV/DOPA/places' }
  // Of this run: the grants of an earlier one would make the purpose unclear.
  const code = `letters${Date.now().toString(36)}`
  const service = `${receiver.client}/${code}-v1`
  const files = {
    'letters.json': description.replace('"x-sapan-code": "letters"', `"x-sapan-code": "${code}"`),
    'grant.json': JSON.stringify(grantOf(sender.client, service)),
  }
  return await inFolder(files, async (folder) => {
    const sapan = (...args: string[]) => tool(process.execPath, [program, ...args, '--home', country.home])
    const at = ['--subsystem', receiver.client, '--url', 'http://127.0.0.1:9']
    sapan('service', 'add', join(folder, 'letters.json'), ...at)
    try {
      sapan('grant', 'add', join(folder, 'grant.json'))
      await untilGranted(country, receiver.client, sender.client, code)
      return await use({ sender, receiver, service, folder })
    } finally {
      sapan('service', 'remove', service)
    }
  })
}

function grantOf(consumer: string, service: string) {
  return {
    consumer,
    service,
    operations: { sendLetter: { fields: [], query: [] } },
    purpose: 'conformance',
    law: { act: { th: 'พระราชบัญญัติทดสอบ', en: 'Act of a test' }, section: '1' },
    notBefore: '2020-01-01T00:00:00Z',
    expires: '2099-01-01T00:00:00Z',
  }
}

/** The sender's gateway learns of service and grant within seconds. */
async function untilGranted(country: Country, provider: string, client: string, code: string): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const allowed = await askEdge(country, 'RD', `/r1/${provider}/allowedMethods`, client)
    if (JSON.stringify(allowed).includes(code)) return
    if (Date.now() > deadline) throw new Error('the grant did not reach the sender’s gateway')
    await setTimeout(300)
  }
}
