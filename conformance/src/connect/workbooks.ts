import { deepEqual, equal } from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSource, proposeMapping, readMapping, type Source } from '@sapan/connect'
import { type Check, claim, type Finding, ToolMissing } from '../check.ts'
import { toolsFolder } from '../documents/peers/tools.ts'
import { inFolder, tool } from '../tool.ts'

const python = join(toolsFolder, 'connect', 'venv/bin/python')
const program = fileURLToPath(new URL('../../connect/workbooks.py', import.meta.url))

const sheet = 'ทะเบียน เรือ & แพ'
const yaml = (file: string) => `
code: boat
version: v1
text: { th: เรือ, en: Boats }
source: { xlsx: ${file}, sheet: "${sheet}", headings: 3 }
fields:
  - { name: owner, column: เลขประจำตัว, text: { th: ก, en: A }, term: "person:nationalId", subject: true, search: true }
  - { name: called, column: ชื่อ, text: { th: ก, en: A }, search: true }
  - { name: count, column: จำนวน, text: { th: ก, en: A }, type: number }
  - { name: built, column: ต่อเมื่อ, text: { th: ก, en: A } }
  - { name: seen, column: ตรวจเมื่อ, text: { th: ก, en: A } }
  - { name: at, column: เวลา, text: { th: ก, en: A } }
  - { name: sum, column: รวม, text: { th: ก, en: A }, type: integer }
`
const moments = { built: '2019-05-01', seen: '2019-05-01T08:15:00', at: '10:30:00' }
const rows = [
  { owner: '1101700230708', called: 'กข "1", <ก>', count: 2.5, ...moments, sum: 7 },
  { owner: '0110170023070', called: 'ข หนา ค' },
  { owner: '3' },
]

/** Workbooks that programs wrote which we did not write. */
export const workbooksOfOthers: Check = {
  name: 'Connectors, XLSX',
  against: () => 'PyPI openpyxl 3.1.5 and XlsxWriter 3.3.1',
  async run() {
    if (!existsSync(python)) {
      const missing = new ToolMissing('openpyxl is missing (conformance/connect/install.sh)')
      return [await claim('workbooks are read', () => Promise.reject(missing))]
    }
    return await inFolder({}, async (folder) => {
      tool(python, [program, folder])
      return await claims(folder)
    })
  },
}

async function claims(folder: string): Promise<readonly Finding[]> {
  const look = (file: string) => using(folder, file, async (source) => (await source.look()).sample)
  const all = (file: string) => async () => deepEqual(await look(file), rows)
  return [
    await claim(
      'openpyxl: Thai sheets and texts, days of the Buddhist era, times, rich texts, merged and hidden cells, empty rows',
      all('openpyxl.xlsx'),
    ),
    await claim('openpyxl: days counted from 1904', all('from-1904.xlsx')),
    await claim('openpyxl: 20,000 rows as they were streamed', async () => {
      const found = await using(folder, 'streamed.xlsx', async (source, searched) => [
        (await source.look()).rows,
        await source.find(searched, '0000000019999', 9),
      ])
      const last = { owner: '0000000019999', called: 'เรือลำที่ 19999', count: 4999.75, ...moments }
      deepEqual(found, [20_000, [last]])
    }),
    await claim('openpyxl: a formula that was never worked out is refused with its row', async () => {
      const refusal = await look('never-worked-out.xlsx').catch((error: unknown) => String(error))
      equal(/row 7: column “รวม” holds a formula/.test(String(refusal)), true, String(refusal))
    }),
    await claim('XlsxWriter: the same, with a formula and its value', all('xlsxwriter.xlsx')),
    await claim('XlsxWriter: in constant memory, texts within the cells', all('constant.xlsx')),
    await claim('a mapping is proposed of each', async () => {
      for (const file of ['openpyxl.xlsx', 'xlsxwriter.xlsx']) {
        const text = await proposeMapping(`${file}#${sheet}:3`, { folder }, [])
        equal(readMapping(text).mapping?.fields.length, 8)
      }
    }),
  ]
}

type Searched = NonNullable<ReturnType<typeof readMapping>['mapping']>['fields'][number]

async function using<Result>(
  folder: string,
  file: string,
  use: (source: Source, searched: Searched) => Promise<Result>,
): Promise<Result> {
  const { mapping } = readMapping(yaml(file))
  const [searched] = mapping?.fields ?? []
  if (mapping === undefined || searched === undefined) throw new Error('the mapping does not fit')
  const source = await openSource(mapping, { folder })
  return await use(source, searched).finally(() => source.close())
}
