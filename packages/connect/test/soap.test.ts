import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Problem } from '@sapan/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSource, proposeMapping, readMapping } from '../src/index.ts'
import { files } from './wsdl.ts'

interface Asked {
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

let folder: string
let server: Server
let asked: Asked[]
let answer: { status?: number; type?: string; body: Buffer }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-soap-'))
  for (const [name, text] of Object.entries(files)) await write(name, text)
  server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      asked.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces).toString() })
      const { status = 200, type = 'text/xml; charset=utf-8', body } = answer
      response.writeHead(status, { 'content-type': type }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  asked = []
})

async function write(name: string, text: string | Buffer): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), text)
}

const envelope = (body: string, space = 'http://schemas.xmlsoap.org/soap/envelope/') =>
  `<s:Envelope xmlns:s="${space}" xmlns:b="urn:boats" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`
const says = (body: string, more: Omit<typeof answer, 'body'> = {}) => {
  answer = { ...more, body: Buffer.from(envelope(body)) }
}
const boat = (more = '') =>
  `<b:boat serial="12345678901234567890"><b:plate>กข &amp; 1</b:plate><b:tons>+002.50</b:tons><b:insured>1</b:insured>` +
  `<b:length unit="m">12.5</b:length><b:secret>s</b:secret>${more}</b:boat>`

const mapped = (searches: string, columns = {}, wsdl = 'boats.wsdl') => {
  const all = {
    plate: 'plate',
    tons: 'tons',
    insured: 'insured',
    long: 'length/#text',
    unit: 'length/@unit',
    ...columns,
  }
  const fields = Object.entries(all).map(
    ([name, column]) =>
      `  - { name: ${name}, column: "${column}", text: { th: ก, en: A }${name === 'tons' ? ', type: number' : ''}${searches.includes(`${name}:`) ? ', search: true' : ''} }`,
  )
  return `code: boat\nversion: v1\ntext: { th: เรือ, en: Boats }\nsource:\n  soap: ${wsdl}\n  searches:\n    ${searches}\nfields:\n${fields.join('\n')}\n`
}
const byPlate = 'plate: { operation: Boat, parameter: plate, rows: boat }'
const byOwner = 'owner: { operation: Owned, parameter: by/owner, rows: boats/boat, with: { by/state: live } }'

async function find(text: string, name: string, value: string, more = '') {
  const { mapping, findings } = readMapping(text)
  if (mapping === undefined) throw new Error(JSON.stringify(findings))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/soap${more}`
  const source = await openSource(mapping, { folder, address })
  const field = mapping.fields.find((one) => one.name === name)
  if (field === undefined) throw new Error(name)
  return await source.find(field, value, 10)
}
const plateOf = (value: string) => find(mapped(byPlate), 'plate', value)

const refusal = (asking: Promise<unknown>) =>
  asking.then(
    () => 'taken',
    ({ code, detail }: Problem) => (detail === undefined ? code : `${code}: ${detail.en}`),
  )
const first = { plate: 'กข & 1', tons: 2.5, insured: 'true', long: '12.5', unit: 'm' }

describe('a SOAP service', () => {
  it('is asked as its WSDL says, and what is not mapped goes no further', async () => {
    says(`<b:BoatAnswer>${boat()}</b:BoatAnswer>`)
    expect(await find(mapped(byPlate), 'plate', '<&">ก', '\nAuthorization: Bearer hidden')).toEqual([first])
    expect(asked[0]).toMatchObject({
      url: '/soap',
      headers: {
        soapaction: '"urn:boats/Boat"',
        'content-type': 'text/xml; charset=utf-8',
        authorization: 'Bearer hidden',
      },
      body:
        '<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
        '<Boat xmlns="urn:boats"><plate xmlns="urn:boats">&lt;&amp;&quot;&gt;ก</plate></Boat></e:Body></e:Envelope>',
    })
  })

  it('takes a value within other elements, each in its own namespace, and answers lists', async () => {
    says(`<b:OwnedAnswer><b:boats>${boat()}${boat()}</b:boats></b:OwnedAnswer>`)
    const owned = mapped(byOwner, { owner: '?' })
    expect(await find(owned, 'owner', '1')).toEqual([
      { ...first, owner: '1' },
      { ...first, owner: '1' },
    ])
    expect(asked[0]?.body).toContain(
      '<by xmlns="urn:boats"><owner xmlns="urn:boats">1</owner><state xmlns="urn:people">live</state></by></Owned>',
    )
    for (const none of ['<b:OwnedAnswer/>', '<b:OwnedAnswer><b:boats/></b:OwnedAnswer>']) {
      says(none)
      expect(await find(owned, 'owner', '1')).toEqual([])
    }
    says('<b:OwnedAnswer><b:boats xsi:nil="true"/></b:OwnedAnswer>')
    expect(await find(owned, 'owner', '1')).toEqual([])
  })

  it('of SOAP 1.2, of calls with parts (rpc), and of one value is asked as those are', async () => {
    answer = {
      body: Buffer.from(
        envelope(boat().replaceAll('b:boat', 'b:NewerAnswer'), 'http://www.w3.org/2003/05/soap-envelope'),
      ),
      type: 'application/soap+xml; action="x"',
    }
    const newer = mapped('plate: { operation: Newer, parameter: plate }')
    expect(await find(newer, 'plate', '1')).toEqual([first])
    expect(asked[0]?.headers['content-type']).toBe(
      'application/soap+xml; charset=utf-8; action="urn:boats/Newer"',
    )
    says(
      `<c:CalledResponse xmlns:c="urn:boats:calls">${boat().replaceAll('b:boat', 'found')}</c:CalledResponse>`,
    )
    expect(
      await find(mapped('plate: { operation: Called, parameter: asked, rows: found }'), 'plate', '1'),
    ).toEqual([first])
    expect(asked[1]?.body).toContain('<Called xmlns="urn:boats:calls"><asked xmlns="">1</asked></Called>')
    says('<b:CountAnswer> 12345678901234567890 </b:CountAnswer>')
    const count = `code: boat\nversion: v1\ntext: { th: ก, en: A }\nsource: { soap: boats.wsdl, searches: { plate: { operation: Count, parameter: Count } } }
fields:\n  - { name: count, column: CountAnswer, text: { th: ก, en: A } }\n  - { name: plate, column: "?", text: { th: ก, en: A }, search: true }\n`
    expect(await find(count, 'plate', '7')).toEqual([{ count: '12345678901234567890', plate: '7' }])
    expect(asked[2]?.body).toContain('<e:Body><Count xmlns="urn:boats">7</Count></e:Body>')
  })

  it('may answer in the letters of TIS-620, said by its header or in the document', async () => {
    const thai = (text: string) =>
      Buffer.from([...text].map((letter) => (letter === 'ก' ? 0xa1 : letter.charCodeAt(0))))
    const body = envelope('<b:BoatAnswer><b:boat><b:plate>ก</b:plate></b:boat></b:BoatAnswer>')
    answer = { type: 'text/xml; charset=TIS-620', body: thai(body) }
    expect(await plateOf('1')).toEqual([{ plate: 'ก' }])
    answer = { type: 'text/xml', body: thai(`<?xml version='1.0' encoding='windows-874'?>${body}`) }
    expect(await plateOf('1')).toEqual([{ plate: 'ก' }])
    answer = { type: 'text/xml', body: thai(body) }
    expect(await refusal(plateOf('1'))).toContain('connector-answer-unusable')
  })

  it.each([
    ['a value that is too long', 'plate', '12345678901', mapped(byPlate)],
    ['letters where a number belongs', 'owner', '1 or 1=1', mapped(byOwner, { owner: '?' })],
    ['what XML cannot carry', 'plate', 'a\u0000b', mapped(byPlate)],
  ])('is not asked for %s', async (_, name, value, text) => {
    expect(await refusal(find(text, name, value))).toContain('connector-request-invalid')
    expect(asked).toEqual([])
  })

  it('tells by whose fault it was refused, and nothing of what it said', async () => {
    const fault = (code: string) =>
      `<s:Fault><faultcode>${code}</faultcode><faultstring>1101700230708</faultstring></s:Fault>`
    says(fault('s:Client.Refused'), { status: 500 })
    expect(await refusal(plateOf('1'))).toBe('connector-service-refused')
    says(fault('s:Server'), { status: 500 })
    expect(await refusal(plateOf('1'))).toBe('connector-source-down')
    says(fault('s:Client'))
    expect(await refusal(plateOf('1'))).toBe('connector-service-refused')
    answer = { status: 500, type: 'text/html', body: Buffer.from('<html>') }
    expect(await refusal(plateOf('1'))).toBe('connector-source-down')
    answer = { status: 403, body: Buffer.from('<x/>') }
    expect(await refusal(plateOf('1'))).toBe('connector-source-down')
  })

  const bad: readonly (readonly [string, string])[] = [
    ['no XML', 'x'],
    ['another element', '<b:Other/>'],
    ['two where one may be', `<b:BoatAnswer>${boat()}${boat()}</b:BoatAnswer>`],
    ['without what must be there', '<b:BoatAnswer><b:boat/></b:BoatAnswer>'],
    ['a number that is none', `<b:BoatAnswer>${boat().replace('+002.50', 'many')}</b:BoatAnswer>`],
    ['too deep', `<b:BoatAnswer>${'<b:parent>'.repeat(200)}${'</b:parent>'.repeat(200)}</b:BoatAnswer>`],
    [
      'a number that takes hours to read',
      `<b:BoatAnswer>${boat().replace('+002.50', `${'0'.repeat(300_000)}x`)}</b:BoatAnswer>`,
    ],
    [
      'namespaces that multiply',
      `<b:Other ${Array.from({ length: 20_000 }, (_, at) => `xmlns:p${at}="u"`).join(' ')}>${'<a xmlns="v"/>'.repeat(50_000)}</b:Other>`,
    ],
    ['a prefix of no namespace', '<b:BoatAnswer><z:boat/></b:BoatAnswer>'],
  ]
  it.each(bad)('that answers otherwise than described is told of: %s', async (_, body) => {
    says(body)
    expect(await refusal(plateOf('1'))).toContain('connector-answer-unusable')
  })

  it('is not read where it declares entities, or answers something else than XML', async () => {
    const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${envelope(`<b:BoatAnswer>${boat('&b;')}</b:BoatAnswer>`)}`
    answer = { body: Buffer.from(laughs) }
    expect(await refusal(plateOf('1'))).toContain('connector-answer-unusable')
    answer = { type: 'multipart/related; type="application/xop+xml"', body: Buffer.from('--x') }
    expect(await refusal(plateOf('1'))).toContain('connector-answer-unusable')
  })

  it('is proposed with its fields, their types, and what it is searched by', async () => {
    const { mapping } = readMapping(await proposeMapping('soap:boats.wsdl#Boat', { folder }, []))
    const searches = { plate: { operation: 'Boat', parameter: 'plate', rows: 'boat' } }
    expect(mapping?.source).toEqual({ soap: 'boats.wsdl', searches })
    expect(mapping?.fields.map(({ column, type }) => [column, type])).toContainEqual(['tons', 'number'])
    says('<b:BoatAnswer/>')
    const found = await find(await proposeMapping('soap:boats.wsdl#Boat', { folder }, []), 'plate', '1')
    expect(found).toEqual([])
    expect(await refusal(proposeMapping('soap:boats.wsdl', { folder }, []))).toContain(
      'Boat, Owned, Count, Called, Newer',
    )
  })

  it('whose bodies are encoded has no operation', async () => {
    expect(await refusal(proposeMapping('soap:boats.wsdl#Old', { folder }, []))).toContain(
      'name one operation',
    )
  })
})

describe('a WSDL that is not meant well', () => {
  const definitions = (inside: string) =>
    `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:x="http://www.w3.org/2001/XMLSchema">${inside}</definitions>`
  const schema = (inside: string) => definitions(`<types><x:schema>${inside}</x:schema></types>`)
  const open = async (text: string) => {
    await write('bad.wsdl', text)
    return await refusal(proposeMapping('soap:bad.wsdl#Boat', { folder }, []))
  }

  it.each([
    ['is no XML', 'x', 'not XML'],
    ['declares entities', `<!DOCTYPE d [<!ENTITY a "a">]>${definitions('')}`, 'not XML'],
    ['is of WSDL 2.0', '<description xmlns="http://www.w3.org/ns/wsdl"/>', 'neither WSDL 1.1 nor'],
    ['has no operations', definitions(''), 'no operation'],
    ['lies deep', '<a>'.repeat(1000), 'not XML'],
    ['has elements without end', definitions('<a/>'.repeat(200_001)), 'too many'],
    [
      'imports from elsewhere',
      definitions('<import location="http://127.0.0.1/x.wsdl"/>'),
      'save that beside',
    ],
    ['imports from above', schema('<x:include schemaLocation="../secret.xsd"/>'), 'save that beside'],
    [
      'imports from above by its letters',
      schema('<x:import schemaLocation="%2e%2e/secret.xsd"/>'),
      'save that',
    ],
    ['imports what is not there', schema('<x:import schemaLocation="none.xsd"/>'), 'none.xsd'],
  ])('and %s is refused', async (_, text, told) => {
    expect(await open(text)).toMatch(new RegExp(`^connector-source-unusable: .*${told}`))
  })

  it('and is larger than what is ever held is refused while it is read', async () => {
    await write('large.wsdl', '')
    await truncate(join(folder, 'large.wsdl'), 3 * 1024 ** 3)
    const found = await refusal(proposeMapping('soap:large.wsdl#Boat', { folder }, []))
    expect(found).toMatch(/^connector-source-unusable: .*10 MiB/)
  })

  it('and imports a thousand files is refused', async () => {
    for (let at = 0; at < 70; at += 1)
      await write(
        `many/${at}.xsd`,
        `<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"><x:include schemaLocation="${at + 1}.xsd"/></x:schema>`,
      )
    expect(await open(schema('<x:include schemaLocation="many/0.xsd"/>'))).toContain('64 files')
  })

  it('and has groups that hold groups without end is refused', async () => {
    const of = (kind: string, body: (name: string) => string) =>
      Array.from(
        { length: 40 },
        (_, at) => `<xs:${kind} name="g${at}">${body(`g${at + 1}`).repeat(2)}</xs:${kind}>`,
      ).join('')
    const groups =
      of('group', (next) => `<xs:sequence><xs:group ref="${next}"/></xs:sequence>`) +
      of('attributeGroup', (next) => `<xs:attributeGroup ref="${next}"/>`) +
      '<xs:group name="g40"/><xs:attributeGroup name="g40"/>'
    for (const bomb of ['<xs:sequence><xs:group ref="g0"/></xs:sequence>', '<xs:attributeGroup ref="g0"/>']) {
      const types = (files['parts/types.xsd'] ?? '').replace(
        /<xs:element name="BoatAnswer">.*\n/,
        `<xs:element name="BoatAnswer"><xs:complexType>${bomb}</xs:complexType></xs:element>${groups}`,
      )
      for (const [name, text] of Object.entries(files))
        await write(`bomb/${name}`, name === 'parts/types.xsd' ? types : text)
      expect(await refusal(proposeMapping('soap:bomb/boats.wsdl#Boat', { folder }, []))).toContain(
        'unfold too far',
      )
    }
  })
})
