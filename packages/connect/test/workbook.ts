import { crc32, deflateRawSync } from 'node:zlib'

/** A ZIP file of texts. `claimed` says another size than a file has. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>, claimed?: number): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text)
    const packed = deflateRawSync(content)
    const called = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimed ?? content.length, 18)
    common.writeUInt16LE(called.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, called, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, called]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relations = (...all: (readonly [id: string, type: string, target: string])[]) =>
  `<Relationships>${all.map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`

/** The parts of a workbook with two sheets: a cover, and "ทะเบียน" with these rows. */
export function partsOf(rows: string, { since1904 = false } = {}): Record<string, string> {
  return {
    '_rels/.rels': relations(['r1', 'officeDocument', '/xl/workbook.xml']),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}"><workbookPr date1904="${since1904}"/><sheets><sheet name="ปก" r:id="a"/><sheet name="ทะเบียน" r:id="b"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ['a', 'worksheet', 'worksheets/sheet1.xml'],
      ['b', 'worksheet', 'worksheets/sheet2.xml'],
      ['c', 'sharedStrings', 'sharedStrings.xml'],
      ['d', 'styles', 'styles.xml'],
    ),
    'xl/sharedStrings.xml': `<sst ${main}><si><t>เจ้าของ</t></si><si><r><t>กข </t></r><r><t xml:space="preserve">1 &amp; 2</t></r><rPh><t>no</t></rPh></si></sst>`,
    'xl/styles.xml': `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="0000000000000"/><numFmt numFmtId="165" formatCode="[$-D07041E]d mmmm yyyy"/><numFmt numFmtId="166" formatCode="#,##0.00&quot; บาท&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="166"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData/></worksheet>`,
    'xl/worksheets/sheet2.xml': `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${rows}</x:sheetData></x:worksheet>`,
  }
}

/** One row of cells as they stand in the XML: attributes and content. */
export function sheetRow(
  number: number,
  ...cells: (readonly [attributes: string, content: string])[]
): string {
  const written = cells.map(([attributes, content]) => `<x:c ${attributes}>${content}</x:c>`).join('')
  return `<x:row r="${number}">${written}</x:row>`
}

/** A cell that holds a text. */
export function textCell(place: string, text: string): readonly [string, string] {
  return [`r="${place}" t="inlineStr"`, `<x:is><x:t>${text}</x:t></x:is>`]
}

/** A cell that holds a number, in one of the styles above. */
export function numberCell(place: string, value: string, style = 0): readonly [string, string] {
  return [`r="${place}" s="${style}"`, `<x:v>${value}</x:v>`]
}
