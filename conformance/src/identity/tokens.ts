import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, claim, type Finding } from '../check.ts'
import { inFolder } from '../tool.ts'
import { actorToken, nationalId } from './beyond.ts'
import { type Registered, registered } from './clients.ts'
import { Person } from './person.ts'
import { findingsIn, python, versions } from './python.ts'
import { must } from './relying-party.ts'
import { accepted } from './suite/module.ts'
import { Requests } from './suite/requests.ts'

/** Actor tokens, consent receipts and status lists, read by another's library. */
export const tokensOfGateways: Check = {
  name: 'identity, actor tokens, consent receipts and status lists',
  against: () => `PyPI ${versions(['jwcrypto'])}, Python’s zlib`,
  async run() {
    let findings: Finding[] = []
    const given = await claim(
      'an agency asks for a consent, the person gives it, and the receipt is had',
      async () => {
        const at = await registered()
        const actor = { jws: await actorToken(at), typ: 'sapan-actor+jwt', status: 0 }
        const consent = await givenConsent(at)
        const receipt = { jws: consent.receipt, typ: 'sapan-consent+jwt' }
        const before = await check(at, [
          {
            ...actor,
            claim: 'an actor token holds by the published keys, and its session is valid in the list',
          },
          {
            ...receipt,
            status: 0,
            claim: 'a consent receipt holds by the published keys, and is valid in the list',
          },
        ])
        await consent.withdraw()
        const after = await check(at, [
          { ...receipt, status: 1, claim: 'once the person has withdrawn it, the list says so at once' },
        ])
        findings = [...before, ...after]
      },
    )
    return [given, ...findings]
  },
}

interface Order {
  readonly claim: string
  readonly jws: string
  readonly typ: string
  /** IETF Token Status List §7.1. */
  readonly status: number
}

async function check({ home, issuer }: Registered, tokens: readonly Order[]): Promise<Finding[]> {
  const { center }: { center: string } = JSON.parse(readFileSync(join(home, 'endpoints.json'), 'utf8'))
  return await inFolder({}, async (folder) => {
    const file = join(folder, 'order.json')
    writeFileSync(file, JSON.stringify({ center, issuer, tokens }))
    return findingsIn(await python('tokens.py', file))
  })
}

/** Asked by an agency's system with a token of its own; given, and taken back, by the person on their page. */
async function givenConsent(at: Registered): Promise<{ receipt: string; withdraw(): Promise<void> }> {
  const asking = new Requests(at, 'asking')
  const credentials = { grant_type: 'client_credentials', scope: 'consents' }
  const { body } = accepted(await asking.post(asking.endpoint('token'), credentials))
  const headers = { authorization: `Bearer ${body.access_token}`, 'content-type': 'application/json' }
  const question = {
    subject: { scheme: 'national-id', value: await nationalId(at, 'spouse') },
    consumer: 'TH/GOV/RD/efiling',
    service: 'TH/GOV/DOPA/population/person-v1',
    purpose: 'tax-assessment',
    fields: ['name', 'status'],
    reason: { th: 'ทดสอบ', en: 'To test' },
  }
  const api = `${at.issuer}/api/consents`
  const asked = await fetch(api, { method: 'POST', headers, body: JSON.stringify(question) })
  must(asked.status === 201, `asking answers ${asked.status}`)
  const { id } = (await asked.json()) as { id: string }
  await press(at, id, 'give', [
    ['fields', 'name'],
    ['fields', 'status'],
    ['days', '30'],
  ])
  const answer = (await (await fetch(`${api}/${id}`, { headers })).json()) as {
    state: string
    receipt?: string
  }
  must(answer.receipt !== undefined, `the consent is ${answer.state}`)
  return { receipt: answer.receipt ?? '', withdraw: () => press(at, id, 'withdraw', []) }
}

async function press(at: Registered, id: string, what: string, fields: [string, string][]): Promise<void> {
  const person = new Person('spouse')
  const stay = [at.portal, at.issuer]
  const page = await person.signIn(`${at.portal}/me/consents/${id}`, stay)
  const sent = await person.send(page, `/me/consents/${id}/${what}`, fields)
  const done = await person.follow(sent, page.at, stay)
  must(done.status === 200, `the page answers ${done.status}`)
}
