import { readFile } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import { fromPem } from '@sapan/trust'
import { errno } from '../home/files.ts'
import { problems } from '../problems.ts'

/** Throws `input-unreadable`. */
export async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    const detail =
      errno(cause) === 'EISDIR'
        ? { th: `${file} เป็นโฟลเดอร์ ระบุไฟล์ข้างใน`, en: `${file} is a folder: name a file in it` }
        : { th: `เปิด ${file} ไม่ได้`, en: `${file} cannot be opened` }
    throw new Problem(problems['input-unreadable'], { detail, cause })
  }
}

/** JSON out of a file. Throws `input-unreadable`. */
export async function readJsonInput(file: string): Promise<unknown> {
  const text = (await readInput(file)).toString('utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `${file} ไม่ใช่ JSON: ${why}`, en: `${file} is not JSON: ${why}` },
      cause,
    })
  }
}

/** The certificates of a file, DER each: one in DER, or any number in PEM. Throws `input-unreadable`. */
export async function readCertificates(file: string): Promise<Buffer[]> {
  const bytes = await readInput(file)
  if (bytes[0] === 0x30) return [bytes]
  try {
    const found = fromPem(bytes.toString('latin1'), 'CERTIFICATE')
    if (found.length > 0) return found.map((der) => Buffer.from(der))
  } catch {
    // Said below, as for a file without any.
  }
  throw new Problem(problems['input-unreadable'], {
    detail: { th: `${file} ไม่ใช่ใบรับรอง`, en: `${file} is not a certificate` },
  })
}
