import { defineProblems } from '@sapan/kernel'
import { problem } from './problem.ts'

/** What keeps a document from being written or issued. */
export const writeProblems = defineProblems({
  'document-glyph-missing': problem(
    422,
    'The font has no glyph for a character',
    'ฟอนต์ไม่มีรูปของอักขระบางตัว',
    'Leave the characters out, or write them in another way.',
    'ตัดอักขระเหล่านั้นออก หรือเขียนด้วยอักขระอื่น',
  ),
  'document-character-unsupported': problem(
    422,
    'The text has characters that a document cannot carry',
    'ข้อความมีอักขระที่ใช้ในเอกสารไม่ได้',
    'Leave out control characters, emoji and text that runs from right to left; write a line end as a line break.',
    'ตัดอักขระควบคุม อีโมจิ และข้อความที่เขียนจากขวาไปซ้ายออก และใช้ตัวแบ่งบรรทัดแทนการขึ้นบรรทัดใหม่',
  ),
  'document-text-lost': problem(
    500,
    'The text that can be read out of the file is not the text that was written',
    'ข้อความที่อ่านได้จากไฟล์ไม่ตรงกับข้อความที่เขียน',
    'The document was not issued. Report it with the template and its data.',
    'ระบบไม่ได้ออกเอกสารนี้ โปรดแจ้งผู้ดูแลพร้อมแม่แบบและข้อมูลที่ใช้',
  ),
  'document-block-too-tall': problem(
    422,
    'A part of the document is taller than a page',
    'มีส่วนของเอกสารที่สูงเกินหนึ่งหน้า',
    'Divide the part, or make its picture, box or columns smaller.',
    'แบ่งส่วนนั้นออก หรือย่อรูป กรอบ หรือคอลัมน์ให้เล็กลง',
  ),
  'document-place-too-narrow': problem(
    422,
    'There is no room for a letter where text should stand',
    'ที่วางข้อความแคบกว่าหนึ่งตัวอักษร',
    'Use fewer or wider columns, smaller margins and indents, or smaller text.',
    'ลดจำนวนคอลัมน์ ขยายคอลัมน์ ลดขอบกระดาษและย่อหน้า หรือใช้ตัวอักษรเล็กลง',
  ),
  'document-address-invalid': problem(
    422,
    'A link of the document leads nowhere',
    'ที่อยู่ของลิงก์ในเอกสารไม่ถูกต้อง',
    'Give a whole address that begins with https://, http://, mailto: or tel:, without spaces.',
    'ใช้ที่อยู่เต็มที่ขึ้นต้นด้วย https:// http:// mailto: หรือ tel: และไม่มีช่องว่าง',
  ),
  'document-description-invalid': problem(
    422,
    'The description of the document is not well-formed',
    'คำอธิบายเอกสารไม่ถูกรูปแบบ',
    'Mend what the detail names.',
    'แก้ส่วนที่ระบุไว้ในรายละเอียด',
  ),
  'document-image-unreadable': problem(
    422,
    'A picture cannot be read',
    'อ่านรูปภาพไม่ได้',
    'Give a whole PNG, or a JPEG in grey or RGB.',
    'ใช้ไฟล์ PNG ที่สมบูรณ์ หรือ JPEG สีเทาหรือ RGB',
  ),
  'attachment-empty': problem(
    422,
    'An attachment is empty',
    'ไฟล์แนบว่างเปล่า',
    'Attach a file with content, or leave it out.',
    'แนบไฟล์ที่มีเนื้อหา หรือไม่ต้องแนบ',
  ),
  'attachment-too-large': problem(
    413,
    'The attachments are too large',
    'ไฟล์แนบมีขนาดใหญ่เกินไป',
    'Attach less than 64 MiB in all; deliver larger files beside the document, in an ASiC container.',
    'แนบไฟล์รวมกันไม่เกิน 64 MiB ไฟล์ที่ใหญ่กว่านี้ให้ส่งคู่กับเอกสารในแฟ้ม ASiC',
  ),
  'attachment-malformed': problem(
    422,
    'An attachment is not well described',
    'รายละเอียดของไฟล์แนบไม่ถูกต้อง',
    'Give each attachment its own name without folders, a media type, a description and its relationship to the document.',
    'ระบุชื่อไฟล์ที่ไม่ซ้ำและไม่มีโฟลเดอร์ ชนิดสื่อ คำอธิบาย และความสัมพันธ์กับเอกสารของไฟล์แนบแต่ละไฟล์',
  ),
})
