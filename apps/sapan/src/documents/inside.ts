import { embeddedFiles, extractText, type PdfFile, signatureFields } from '@sapan/documents/check'
import { counted } from '@sapan/kernel'
import { plainSize } from '@sapan/portal'
import { misuse } from '../commands/document/misuse.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readable } from './open-input.ts'
import { section, writeInner } from './sections.ts'

/** Everything at a glance. */
export function showInside(terminal: Terminal, pdf: PdfFile, json: boolean | undefined, file: string): void {
  const inside = readable(() => insideOf(pdf))
  if (json) terminal.out(JSON.stringify(inside, null, 2))
  else sayInside(terminal, inside, file)
}

function sayInside(terminal: Terminal, inside: ReturnType<typeof insideOf>, file: string): void {
  const { say, language } = terminal
  terminal.out(
    `${file}: PDF ${inside.version}, ${say({ th: `${inside.pages} หน้า`, en: `pages: ${inside.pages}` })}`,
  )
  section(
    terminal,
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
    terminal,
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
    terminal,
    { th: 'การบันทึก', en: 'Saves' },
    inside.revisions.map(({ bytes, objects }, index) =>
      say({
        th: `${index + 1}. ${plainSize(bytes, language)}, ${objects} วัตถุ`,
        en: `${index + 1}. ${plainSize(bytes, language)}, ${counted(objects, 'object')}`,
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
      throw misuse({ th: `ไฟล์นี้มี ${pages.length} หน้า`, en: `the file has ${counted(pages.length, 'page')}` })
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
  await writeInner(terminal, found.bytes, out)
}
