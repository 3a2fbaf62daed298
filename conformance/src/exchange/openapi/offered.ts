import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../ports.ts'
import { describedAt, type Listener } from './listener.ts'
import { type Running, sapan, until } from './running.ts'

/** Two ways to find a row, text and numbers, and letters of several bytes. */
const mapping = `code: boat
version: v1
text: { th: ทะเบียนเรือ, en: Boats }
source: { csv: boats.csv }
fields:
  - { name: plateNumber, column: ทะเบียน, text: { th: เลขทะเบียนเรือ, en: Number of the boat }, search: true }
  - { name: harbour, column: ท่าเรือ, text: { th: ท่าเรือ, en: Harbour }, search: true }
  - { name: tons, column: ตันกรอส, text: { th: ตันกรอส, en: Gross tonnage }, type: number }
`

const rows = 'ทะเบียน,ท่าเรือ,ตันกรอส\nกข1234,คลองเตย,12.5\nกข1235,คลองเตย,3\n0,,\n'

/** A place where boats are offered: the folder for the files, and the gateway's home. */
export interface Offering {
  readonly folder: string
  readonly gateway: string
  readonly member: string
  readonly edge: string
}

/** Offers a CSV file as its guide says, and grants the member's main system everything of it. */
export async function offerBoats(place: Offering, running: Running): Promise<Listener> {
  const { folder, gateway, member, edge } = place
  const service = `${member}/boats/boat-v1`
  const path = (name: string) => join(folder, name)
  writeFileSync(path('boats.yaml'), mapping)
  writeFileSync(path('boats.csv'), rows)
  writeFileSync(path('grant.json'), JSON.stringify(grant(`${member}/main`, service)))
  const port = await freePort()
  const where = ['--port', String(port), '--subsystem', `${member}/boats`, '--home', gateway]
  await running.start(['connect', 'run', path('boats.yaml'), ...where], async () => {
    return (await fetch(`http://127.0.0.1:${port}/by-harbour/0`)).ok
  })
  const headers = { 'X-Road-Client': `${member}/main` }
  await until(
    'the grant is taken',
    async () => sapan('grant', 'add', path('grant.json'), '--home', gateway) !== '',
  )
  await until('the service answers', async () => {
    return (await fetch(`${edge}/r1/${service}/by-harbour/0`, { headers })).ok
  })
  return {
    ...describedAt(`/r1/${member}/boats/getOpenAPI?serviceCode=boat-v1`, {
      name: 'a connector’s service',
      url: edge,
      headers,
    }),
    url: `${edge}/r1/${service}`,
    held: ['response_schema_conformance', 'negative_data_rejection'],
  }
}

function grant(consumer: string, service: string) {
  const whole = { fields: ['*'], query: [] }
  return {
    consumer,
    service,
    operations: { findByPlateNumber: whole, findByHarbour: whole },
    purpose: 'conformance',
    law: { act: { th: 'พระราชบัญญัติทดสอบ', en: 'Act of a test' }, section: '1' },
    notBefore: '2020-01-01T00:00:00Z',
    expires: '2099-01-01T00:00:00Z',
  }
}
