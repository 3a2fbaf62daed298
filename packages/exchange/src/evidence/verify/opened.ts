import { counted } from '@sapan/kernel'
import type { ReadFile } from '../export/container.ts'
import { manifestName, signatureName, unlisted, writeManifest } from '../export/manifest.ts'
import { type ExportedRecord, type ExportIndex, readExportedRecord, readIndex } from '../export/pieces.ts'
import type { Findings } from './findings.ts'

/** An export's files, each in its place. */
export interface Opened {
  readonly files: ReadonlyMap<string, Buffer>
  readonly index: ExportIndex
  readonly records: readonly ExportedRecord[]
  readonly manifest: Buffer
  readonly signature: Buffer | undefined
}

const known =
  /^(?:META-INF\/(?:ASiCManifest\.xml|signature\.p7s)|exchange\.json|grant\.jws|directory-\d{1,16}\.jws|(?:request|answer|failure)\.(?:json|body)|log\/\d{1,10}-\d{1,16}\.(?:txt|tst))$/

/** Sorts the files and reads what they say; undefined, with the finding, where that cannot be done. */
export function openFiles(list: readonly ReadFile[], findings: Findings): Opened | undefined {
  const files = new Map(list.map(({ name, data }) => [name, data]))
  const stranger = list.find(({ name }) => !known.test(name))
  if (stranger) {
    const { name } = stranger
    findings.fail(
      'container',
      { th: `มีไฟล์แปลกปลอม: ${name}`, en: `There is a file that does not belong: ${name}.` },
      name,
    )
    return undefined
  }
  const manifest = checkManifest(list, files, findings)
  const index = readIndex(files.get('exchange.json') ?? Buffer.alloc(0))
  if (!manifest || !index) {
    if (!index)
      findings.fail(
        'index',
        { th: 'อ่าน exchange.json ไม่ได้', en: 'exchange.json cannot be read.' },
        'exchange.json',
      )
    return undefined
  }
  const records = readRecords(files, index, findings)
  if (records) checkOrphans(files, records, findings)
  return records && { files, index, records, manifest, signature: files.get(signatureName) }
}

function checkManifest(
  list: readonly ReadFile[],
  files: ReadonlyMap<string, Buffer>,
  findings: Findings,
): Buffer | undefined {
  const manifest = files.get(manifestName)
  const content = list.filter(({ name }) => !name.startsWith('META-INF/'))
  if (manifest?.toString('utf8') === writeManifest(content)) {
    findings.pass('manifest', {
      th: `รายการไฟล์ครบ ${content.length} ไฟล์ และไม่มีไฟล์ใดถูกแก้ไข`,
      en: `${counted(content.length, 'file is', 'files are')} listed, and none was changed.`,
    })
    return manifest
  }
  const [changed = manifestName] = manifest ? unlisted(manifest.toString('utf8'), content) : []
  findings.fail(
    'manifest',
    {
      th: `${changed} ไม่ตรงกับรายการไฟล์ที่ลงนามไว้`,
      en: `${changed} is not as the signed list of files has it.`,
    },
    changed,
  )
  return undefined
}

function readRecords(
  files: ReadonlyMap<string, Buffer>,
  index: ExportIndex,
  findings: Findings,
): ExportedRecord[] | undefined {
  const records: ExportedRecord[] = []
  if (!isWhole(index.records)) {
    findings.fail(
      'index',
      {
        th: 'exchange.json ไม่ได้ระบุคำขอและผลของคำขออย่างละหนึ่งครั้ง',
        en: 'exchange.json does not list a request and at most one of each end, each once.',
      },
      'exchange.json',
    )
    return undefined
  }
  for (const kind of index.records) {
    const file = `${kind}.json`
    const read = readExportedRecord(files.get(file) ?? Buffer.alloc(0))
    if (!read || read.record.kind !== kind || !belongs(read, index)) {
      findings.fail(
        'record',
        { th: `${file} ไม่ใช่บันทึกของการแลกเปลี่ยนนี้`, en: `${file} is not a record of this exchange.` },
        file,
      )
      return undefined
    }
    records.push(read)
  }
  return records
}

/** Every exchange begins with a request. */
function isWhole(kinds: ExportIndex['records']): boolean {
  return kinds.includes('request') && new Set(kinds).size === kinds.length
}

/** What no record leads to would be taken for checked. */
function checkOrphans(
  files: ReadonlyMap<string, Buffer>,
  records: readonly ExportedRecord[],
  findings: Findings,
): void {
  const expected = new Set(records.map(({ record }) => `${record.kind}.json`))
  for (const { record, content } of records) {
    if (content?.bodyKept) expected.add(`${record.kind}.body`)
    if (record.grant !== '') expected.add('grant.jws')
  }
  for (const name of files.keys()) {
    if (!/^(?:request|answer|failure|grant)\./.test(name) || expected.has(name)) continue
    findings.fail('container', { th: `${name} ไม่เกี่ยวข้อง`, en: `${name} belongs to no record.` }, name)
  }
}

function belongs({ record }: ExportedRecord, index: ExportIndex): boolean {
  return (
    record.exchange === index.exchange &&
    record.member === index.member &&
    record.side === index.side &&
    record.peer === index.peer
  )
}
