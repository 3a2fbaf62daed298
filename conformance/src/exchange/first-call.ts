import { readFileSync, writeFileSync } from 'node:fs'
import { type Check, claim, type Finding } from '../check.ts'
import { type Country, runningCountry } from '../country.ts'
import { freePort } from '../ports.ts'
import { inFolder } from '../tool.ts'
import { Newcomer } from './newcomer.ts'

/** Seconds: what was promised to who joins, and to who has a spreadsheet. */
const promised = { join: 300, connect: 600 }

/** An agency without anything comes in and makes its first signed call; then one with a CSV file offers it to the other. */
export const firstCall: Check = {
  name: 'First call',
  against: () => 'an empty folder, and the commands of docs/guides/join.md and connect.md as they are typed',
  async run() {
    let country: Country
    try {
      country = await runningCountry()
    } catch (error) {
      return [await claim('from nothing to the first signed call', () => Promise.reject(error))]
    }
    return await inFolder({}, async (folder) => {
      const newcomer = new Newcomer(folder)
      try {
        const joined = await timed(
          'from nothing to the first signed call, installing included',
          promised.join,
          () => join(newcomer, country),
        )
        if (joined.state !== 'passed') return [joined]
        const offered = await timed(
          'from a CSV file to a call that another agency was granted',
          promised.connect,
          () => connect(newcomer, country),
        )
        return [joined, offered]
      } finally {
        await newcomer.leave()
      }
    })
  },
}

async function timed(text: string, seconds: number, work: () => Promise<void>): Promise<Finding> {
  const start = performance.now()
  const finding = await claim(`${text}: under ${seconds / 60} minutes`, work)
  const took = Math.round((performance.now() - start) / 1000)
  if (finding.state !== 'passed') return finding
  return { ...finding, state: took < seconds ? 'passed' : 'failed', detail: `${took} s` }
}

/** Of this run, so that the check can be made again on the same country. */
const code = `NEW${Date.now().toString(36).toUpperCase()}`
const member = `TH/GOV/${code}`
const system = `${member}/boats`

async function join(newcomer: Newcomer, { home }: Country): Promise<void> {
  newcomer.install()
  const center = ['--home', home]
  const named = ['--name-th', 'กรมใหม่', '--name-en', 'A new department']
  newcomer.sapan('member', 'add', member, ...named, ...center)
  newcomer.sapan('member', 'subsystem', system, ...named, ...center)
  const token = newcomer.sapan('member', 'token', `${member}/gateway-1`, ...center).split('\n')[0] ?? ''
  const own = newcomer.path('home')
  const [edge, peer, admin] = [await freePort(), await freePort(), await freePort()]
  newcomer.sapan(
    ...['gateway', 'join', '--token', token, '--peer', `https://127.0.0.1:${peer}`, '--home', own],
    ...['--edge', `127.0.0.1:${edge}`, '--admin', `127.0.0.1:${admin}`],
  )
  const config = newcomer.path('home', 'gateway.yaml')
  const text = readFileSync(config, 'utf8')
  writeFileSync(config, text.replace('withoutCredential: []', `withoutCredential: [${system}]`))
  await newcomer.keepRunning(`✓ ${member}/gateway-1`, 'gateway', '--config', config)
  const grant = newcomer.path('places.json')
  writeFileSync(
    grant,
    JSON.stringify(grantOf(system, 'TH/GOV/DOPA/places/division-v1', 'listProvinces', ['*'])),
  )
  newcomer.sapan('grant', 'add', grant, ...center)
  const file = newcomer.path('first.asice')
  const target = 'TH/GOV/DOPA/places/division-v1/provinces'
  await newcomer.untilWell(60, 'call', '--as', system, target, '--evidence', file, '--home', own)
  newcomer.sapan('verify', file, '--home', own)
}

const mapping = `code: boat
version: v1
text: { th: ทะเบียนเรือ, en: Boats }
source: { csv: boats.csv }
fields:
  - { name: plateNumber, column: ทะเบียน, text: { th: เลขทะเบียนเรือ, en: Number of the boat }, search: true }
  - { name: tons, column: ตันกรอส, text: { th: ตันกรอส, en: Gross tonnage }, type: number }
`

async function connect(newcomer: Newcomer, { home, edge }: Country): Promise<void> {
  const own = ['--home', newcomer.path('home')]
  const service = `${system}/boat-v1`
  const file = newcomer.path('boats.yaml')
  writeFileSync(file, mapping)
  writeFileSync(newcomer.path('boats.csv'), 'ทะเบียน,ตันกรอส\nกข1234,12.5\nกข1235,3\n')
  newcomer.sapan('connect', 'check', file)
  const port = await freePort()
  const offered = ['--port', String(port), '--subsystem', system, ...own]
  await newcomer.keepRunning(`✓ offered by ${system}`, 'connect', 'run', file, ...offered)
  const grant = newcomer.path('boats-for-rd.json')
  writeFileSync(
    grant,
    JSON.stringify(grantOf('TH/GOV/RD/efiling', service, 'findByPlateNumber', ['records.tons'])),
  )
  newcomer.sapan('grant', 'add', grant, ...own)
  const target = `${service}/by-plate-number/${encodeURIComponent('กข1234')}`
  const answer = await newcomer.untilWell(60, 'call', '--as', 'TH/GOV/RD/efiling', target, '--home', home)
  if (!answer.includes('12.5') || answer.includes('plateNumber'))
    throw new Error(`${edge('RD')} answered ${answer}`)
}

function grantOf(consumer: string, service: string, operation: string, fields: readonly string[]) {
  return {
    consumer,
    service,
    operations: { [operation]: { fields, query: [] } },
    purpose: 'conformance',
    law: { act: { th: 'พระราชบัญญัติทดสอบ', en: 'Act of a test' }, section: '1' },
    notBefore: '2020-01-01T00:00:00Z',
    expires: '2099-01-01T00:00:00Z',
  }
}
