import { archiveHazard } from './archives.ts'
import { pdfHazard } from './pdf-hazards.ts'
import { readPicture } from './pictures.ts'
import { clean, type FileScanner, refused, type ScanResult } from './scanner.ts'

/** The file by which scanners are tested (EICAR, 2003), in two parts so that this source is none. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

const endOfArchive = Buffer.from('PK\x05\x06', 'latin1')

const most = { pixels: 60_000_000, side: 20_000 } as const

/** What can be seen of a file by its structure alone, without knowing any virus: the first of scanners, never the only. */
export function structureScanner(): FileScanner {
  return { scan: async ({ content, mediaType }) => scanStructure(content, mediaType) }
}

/** Pure. */
export function scanStructure(content: Uint8Array, mediaType: string): ScanResult {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  if (bytes.includes(eicar)) return virus
  if (mediaType === 'application/pdf') return scanPdf(bytes)
  if (mediaType.startsWith('image/')) return scanPicture(bytes, mediaType)
  if (mediaType === 'application/zip' || mediaType.includes('officedocument')) return scanArchive(bytes)
  return clean
}

function scanPdf(bytes: Buffer): ScanResult {
  const hazard = pdfHazard(bytes)
  if (hazard !== undefined) return pdfTexts[hazard]
  return isArchiveToo(bytes) ? twoThings : clean
}

function scanPicture(bytes: Buffer, mediaType: string): ScanResult {
  if (mediaType === 'image/heic') return hasForeignHead(bytes) || isArchiveToo(bytes) ? twoThings : clean
  const picture = readPicture(bytes, mediaType)
  if (picture === undefined) return broken
  const { width, height, end } = picture
  if (width === 0 || height === 0) return broken
  if (width > most.side || height > most.side || width * height > most.pixels)
    return tooManyPixels(width, height)
  // Telephones put a second picture or a film behind the first; anything else is another file.
  const behind = bytes.subarray(end)
  if (behind.length > 0 && !isOfPictures(behind)) return twoThings
  return hasForeignHead(bytes) || isArchiveToo(bytes) ? twoThings : clean
}

function isOfPictures(behind: Buffer): boolean {
  const isPadding = behind.every((byte) => byte === 0 || byte === 0x0a || byte === 0x0d)
  const isPicture = behind.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))
  const isFilm = behind.toString('latin1', 4, 8) === 'ftyp'
  return isPadding || isPicture || isFilm
}

/** What a browser or reader would take for another kind of file. */
function hasForeignHead(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 4096)
  return /%PDF-|<\?php|<!doctype|<(?:html|script|svg|body|iframe)\b/i.test(head)
}

/** A ZIP is read from its end, so that it can stand behind any other file. */
function isArchiveToo(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf(endOfArchive)
  return end >= 0 && end >= bytes.length - 65_557
}

function scanArchive(bytes: Buffer): ScanResult {
  const hazard = archiveHazard(bytes, (entry) => entry.includes(eicar))
  return hazard === undefined ? clean : archiveTexts[hazard]
}

const virus = refused(
  'ไฟล์นี้ถูกตรวจพบว่าเป็นไวรัส เราไม่ได้เก็บไว้ ตรวจเครื่องของคุณ แล้วแนบไฟล์อื่น',
  'A virus was found in this file, and it was not kept. Check your device, and attach another file.',
)
const broken = refused(
  'ไฟล์นี้ไม่สมบูรณ์ เปิดดูในเครื่องของคุณก่อน แล้วบันทึกหรือสแกนใหม่',
  'This file is not whole. Open it on your device, then save or scan it again.',
)
const twoThings = refused(
  'ไฟล์นี้มีไฟล์อีกชนิดซ่อนอยู่ บันทึกใหม่จากโปรแกรมดูภาพหรือเอกสาร แล้วแนบอีกครั้ง',
  'Another kind of file is hidden in this one. Save it anew from a viewer, and attach that.',
)
const bomb = refused(
  'ไฟล์นี้ขยายแล้วใหญ่เกินไป บันทึกใหม่ให้เล็กลง',
  'This file becomes too large when it is opened. Save it anew, smaller.',
)

const pdfTexts = {
  broken,
  bomb,
  encrypted: refused(
    'PDF นี้มีรหัสผ่านหรือเข้ารหัสไว้ เจ้าหน้าที่จะเปิดไม่ได้ บันทึกใหม่โดยไม่ใส่รหัส',
    'This PDF is encrypted, so that officers cannot open it. Save it without a password.',
  ),
  active: refused(
    'PDF นี้มีสคริปต์หรือคำสั่งฝังอยู่ สั่งพิมพ์เป็น PDF ใหม่แล้วแนบไฟล์นั้น',
    'There are scripts or actions in this PDF. Print it to a new PDF, and attach that.',
  ),
  attachment: refused(
    'PDF นี้มีไฟล์อื่นแนบอยู่ข้างใน สั่งพิมพ์เป็น PDF ใหม่ หรือแนบไฟล์ข้างในแยกต่างหาก',
    'There are other files inside this PDF. Print it to a new PDF, or attach those files by themselves.',
  ),
} as const

const archiveTexts = {
  broken,
  bomb,
  encrypted: refused('ไฟล์นี้มีรหัสผ่าน บันทึกใหม่โดยไม่ใส่รหัส', 'This file has a password. Save it without one.'),
  nested: refused(
    'ไฟล์นี้มีไฟล์บีบอัดซ้อนอยู่ข้างใน แยกออกมาแล้วแนบทีละไฟล์',
    'There are archives inside this file. Take them out, and attach each file by itself.',
  ),
  active: refused(
    'ไฟล์นี้มีโปรแกรมหรือมาโครอยู่ข้างใน บันทึกใหม่เป็น PDF แล้วแนบ',
    'There are programs or macros in this file. Save it as a PDF, and attach that.',
  ),
} as const

function tooManyPixels(width: number, height: number): ScanResult {
  return refused(
    `ภาพนี้ใหญ่เกินไป (${width} × ${height} จุด) ย่อให้เหลือไม่เกิน 60 ล้านจุด`,
    `This picture is too large (${width} × ${height} pixels). Make it 60 million pixels or fewer.`,
  )
}
