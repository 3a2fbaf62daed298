import { deepEqual, equal } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openSource, proposeMapping, type Row, readMapping } from '@sapan/connect'
import { type Check, claim, type Finding, ToolMissing } from '../check.ts'
import { toolsFolder } from '../documents/peers/tools.ts'
import { freePort } from '../ports.ts'
import { inFolder } from '../tool.ts'

const python = join(toolsFolder, 'connect', 'venv/bin/python')
const program = fileURLToPath(new URL('../../connect/soap_server.py', import.meta.url))

const yaml = `
code: boat
version: v1
text: { th: เรือ, en: Boats }
source:
  soap: boats.wsdl
  searches:
    plate: { operation: FindBoat, parameter: plate, rows: FindBoatResult }
    owner: { operation: BoatsOfOwner, parameter: owner, rows: BoatsOfOwnerResult/Boat, with: { state: live } }
fields:
  - { name: plate, column: plate, text: { th: ทะเบียน, en: Plate }, search: true }
  - { name: owner, column: owner, text: { th: เจ้าของ, en: Owner }, term: "person:nationalId", subject: true, search: true }
  - { name: tons, column: tons, text: { th: ตัน, en: Tons }, type: number }
  - { name: seats, column: seats, text: { th: ที่นั่ง, en: Seats }, type: integer }
  - { name: insured, column: insured, text: { th: ประกัน, en: Insured } }
  - { name: built, column: built, text: { th: วันที่ต่อ, en: Built } }
`
const owner = '1101700230708'
const first = { plate: 'กข 1', owner, tons: 2.5, seats: 4, insured: 'true', built: '2019-05-01' }
const second = { plate: 'ขค 2', owner, seats: 0, insured: 'false' }

/** A service, and a description of it, that we did not write. */
export const operationsOfSpyne: Check = {
  name: 'Connectors, SOAP',
  against: () => 'PyPI spyne 2.14.0, over SOAP 1.1 and 1.2',
  async run() {
    const all: Finding[] = []
    for (const version of ['1.1', '1.2'])
      all.push(...(await inFolder({}, (folder) => withServer(folder, version))))
    return all
  },
}

async function withServer(folder: string, version: string): Promise<readonly Finding[]> {
  if (!existsSync(python)) {
    const missing = new ToolMissing('spyne is missing (conformance/connect/install.sh)')
    return [await claim(`SOAP ${version}: an operation answers rows`, () => Promise.reject(missing))]
  }
  const port = await freePort()
  const server = spawn(python, [program, `${port}`, version], { stdio: 'ignore' })
  try {
    const address = `http://127.0.0.1:${port}/`
    writeFileSync(join(folder, 'boats.wsdl'), await descriptionAt(`${address}?wsdl`))
    return await claims(version, folder, address)
  } finally {
    server.kill()
  }
}

async function descriptionAt(url: string, left = 60): Promise<string> {
  try {
    return await (await fetch(url)).text()
  } catch (error) {
    if (left === 0) throw error
    await setTimeout(500)
    return descriptionAt(url, left - 1)
  }
}

async function claims(version: string, folder: string, address: string): Promise<readonly Finding[]> {
  const asked = (name: string, value: string) => ask({ folder, address }, name, value)
  const says = (what: string, prove: () => Promise<void>) => claim(`SOAP ${version}: ${what}`, prove)
  return [
    await says('its WSDL is proposed as a mapping that reads', async () => {
      const text = await proposeMapping('soap:boats.wsdl#BoatsOfOwner', { folder }, [])
      deepEqual(readMapping(text).findings, [])
    }),
    await says('an operation answers the row, without what is not mapped', async () =>
      deepEqual(await asked('plate', 'กข 1'), [first]),
    ),
    await says('a list answers its rows', async () =>
      deepEqual(await asked('owner', owner), [first, second]),
    ),
    await says('what is not there is no row', async () => {
      deepEqual(await asked('plate', 'none'), [])
      deepEqual(await asked('owner', '9'), [])
    }),
    await says('a value with markup is a value', async () => {
      equal((await asked('plate', '<&">')).length, 1)
      deepEqual(await asked('plate', '</plate><plate>กข 1'), [])
    }),
    await says("the caller's and the service's own faults are told apart", async () => {
      equal(await refusalOf(asked('plate', 'refuse')), 'connector-service-refused')
      // Over SOAP 1.2 spyne breaks itself on what it refuses by its schema.
      if (version === '1.1') equal(await refusalOf(asked('owner', 'x')), 'connector-service-refused')
      equal(await refusalOf(asked('plate', 'break')), 'connector-source-down')
    }),
  ]
}

function refusalOf(asking: Promise<unknown>): Promise<string | undefined> {
  return asking.then(
    () => undefined,
    ({ code }: { code?: string }) => code,
  )
}

async function ask(
  where: { readonly folder: string; readonly address: string },
  name: string,
  value: string,
): Promise<readonly Row[]> {
  const { mapping } = readMapping(yaml)
  const field = mapping?.fields.find((one) => one.name === name)
  if (mapping === undefined || field === undefined) throw new Error('the mapping does not fit')
  const source = await openSource(mapping, where)
  return await source.find(field, value, 10)
}
