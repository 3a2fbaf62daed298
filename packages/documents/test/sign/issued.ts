import { paragraph, renderDocument, signatureField } from '../../src/index.ts'
import { now } from './authority.ts'

/** A document of ours with one empty signature field, `dean`. */
export async function issuedDocument(): Promise<Uint8Array> {
  const { bytes } = await renderDocument({
    language: 'th',
    title: 'หนังสือรับรอง',
    author: 'หน่วยงานทดสอบ',
    created: now,
    attachments: [],
    body: [
      paragraph(['ให้ไว้เพื่อเป็นหลักฐาน']),
      signatureField({ name: 'dean', width: 70, height: 25, label: 'ลายมือชื่อคณบดี' }),
    ],
  })
  return bytes
}
