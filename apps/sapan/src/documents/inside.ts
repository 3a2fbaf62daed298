import {
  embeddedFiles,
  extractText,
  openPdf,
  PdfError,
  type PdfFile,
  signatureFields,
} from '@sapan/documents/check'
import { Problem, type Text } from '@sapan/kernel'
import { plainSize, portalProblems } from '@sapan/portal'
import { misuse } from '../commands/document/misuse.ts'
import { writeWhole } from '../home/files.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readInput } from './files.ts'

const unreadableTexts: Readonly<Record<PdfError['code'], Text>> = {
  'not-pdf': { th: 'ไม่ใช่ไฟล์ PDF', en: 'it is not a PDF' },
  truncated: { th: 'ไฟล์ขาดตอนท้าย', en: 'it ends too early' },
  malformed: { th: 'ไฟล์เสียหายหรือผิดรูปแบบ', en: 'it is damaged or malformed' },
  encrypted: { th: 'ไฟล์มีรหัสผ่าน ระบุด้วย --password', en: 'it has a password: give it with --password' },
  'wrong-password': { th: 'รหัสผ่านไม่ถูกต้อง', en: 'the password is not right' },
  unsupported: { th: 'ไฟล์ใช้สิ่งที่ตัวอ่านไม่รู้จัก', en: 'it uses something that the reader does not know' },
  'too-complex': { th: 'ไฟล์ซับซ้อนเกินขอบเขต', en: 'it is too complex' },
}

/** Throws `input-unreadable`, `document-unreadable`. */
export async function openInput(file: string, password: string | undefined): Promise<PdfFile> {
  const bytes = await readInput(file)
  return readable(() => openPdf(bytes, password === undefined ? {} : { password }))
}

/** A part of a file may be unreadable too: parts are read when they are asked for. */
function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof PdfError)) throw error
    throw new Problem(portalProblems['document-unreadable'], {
      detail: unreadableTexts[error.code],
      extensions: { reason: error.code },
      cause: error,
    })
  }
}

/** Everything at a glance. */
export function showInside(terminal: Terminal, pdf: PdfFile, json: boolean | undefined, file: string): void {
  const inside = readable(() => insideOf(pdf))
  if (json) terminal.out(JSON.stringify(inside, null, 2))
  else sayInside(terminal, inside, file)
}

function sayInside(terminal: Terminal, inside: ReturnType<typeof insideOf>, file: string): void {
  const { say, paint, language } = terminal
  const none = say({ th: 'ไม่มี', en: 'none' })
  const section = (title: Text, lines: readonly string[]) => {
    terminal.out('')
    terminal.out(paint.strong(say(title)))
    for (const line of lines.length === 0 ? [none] : lines) terminal.out(`  ${line}`)
  }
  terminal.out(
    `${file}: PDF ${inside.version}, ${say({ th: `${inside.pages} หน้า`, en: `pages: ${inside.pages}` })}`,
  )
  section(
    { th: 'ไฟล์ที่แนบอยู่ข้างใน', en: 'Files inside' },
    inside.attachments.length === 0
      ? []
      : table(
          [
            say({ th: 'ชื่อ', en: 'name' }),
            say({ th: 'ชนิด', en: 'kind' }),
            say({ th: 'ความสัมพันธ์', en: 'relationship' }),
            say({ th: 'ขนาด', en: 'size' }),
          ],
          inside.attachments.map(({ name, mime, relationship, bytes }) => [
            name,
            mime ?? '',
            relationship ?? '',
            plainSize(bytes, language),
          ]),
        ),
  )
  section(
    { th: 'ช่องลายมือชื่อ', en: 'Signature fields' },
    inside.signatures.map(({ name, signed, revision }) =>
      signed
        ? tick(
            terminal,
            `${name} (${say({ th: `ลงนามในการบันทึกครั้งที่ ${revision}`, en: `signed in save ${revision}` })})`,
          )
        : `- ${name} (${say({ th: 'ยังว่าง', en: 'empty' })})`,
    ),
  )
  section(
    { th: 'การบันทึก', en: 'Saves' },
    inside.revisions.map(({ bytes, objects }, index) =>
      say({
        th: `${index + 1}. ${plainSize(bytes, language)}, ${objects} วัตถุ`,
        en: `${index + 1}. ${plainSize(bytes, language)}, ${objects} objects`,
      }),
    ),
  )
  terminal.note(nextStep(terminal, `sapan document show ${file} --page 1`))
}

function insideOf(pdf: PdfFile) {
  return {
    version: pdf.version,
    pages: pdf.pages().length,
    attachments: embeddedFiles(pdf).map(({ name, mime, relationship, bytes }) => ({
      name,
      mime,
      relationship,
      bytes: bytes.length,
    })),
    signatures: signatureFields(pdf).map(({ name, type, value, revision, page }) => ({
      name,
      type,
      signed: value !== undefined,
      revision: revision + 1,
      ...(page === undefined ? {} : { page: page + 1 }),
    })),
    revisions: pdf.revisions.map(({ start, end, objects }) => ({
      bytes: end - start,
      objects: objects.size,
    })),
  }
}

/** The text of a page, from 1. */
export function showPage(terminal: Terminal, pdf: PdfFile, number: number, json: boolean | undefined): void {
  const text = readable(() => {
    const pages = pdf.pages()
    const page = pages[number - 1]
    if (page === undefined) {
      throw misuse({ th: `ไฟล์นี้มี ${pages.length} หน้า`, en: `the file has ${pages.length} pages` })
    }
    return extractText(pdf, page).text
  })
  terminal.out(json ? JSON.stringify({ page: number, text }, null, 2) : text)
}

/** An attached file, on standard output or into a file. */
export async function showAttachment(
  terminal: Terminal,
  pdf: PdfFile,
  name: string,
  out: string | undefined,
): Promise<void> {
  const files = readable(() => embeddedFiles(pdf))
  const found = files.find((file) => file.name === name)
  if (found === undefined) {
    const known = files.map((file) => file.name).join(', ')
    throw misuse({
      th: `ไม่มีไฟล์ชื่อ ${name} ข้างใน ที่มีคือ ${known || 'ไม่มีเลย'}`,
      en: `there is no ${name} inside; there is ${known || 'nothing'}`,
    })
  }
  if (out === undefined) return terminal.bytes(found.bytes)
  await writeWhole(out, found.bytes)
  terminal.out(tick(terminal, `${out}  ${plainSize(found.bytes.length, terminal.language)}`))
}
