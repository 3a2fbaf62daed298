import { defineProblems } from '@sapan/kernel'
import { problem } from './problem.ts'

/** What the provider’s own system behind its gateway brings about. */
export const providerProblems = defineProblems({
  'provider-unreachable': problem(
    502,
    'The provider’s system cannot be reached',
    'ติดต่อระบบของผู้ให้บริการไม่ได้',
    'Try again; if it lasts, tell the provider.',
    'ลองใหม่อีกครั้ง หากยังไม่ได้ให้แจ้งผู้ให้บริการ',
  ),
  'provider-connection-lost': problem(
    502,
    'The provider’s system broke off before its answer was whole',
    'ระบบของผู้ให้บริการขาดการเชื่อมต่อก่อนตอบครบ',
    'A read may be tried again; for a change, first find out whether it was done.',
    'การอ่านลองใหม่ได้ ส่วนการเปลี่ยนแปลงให้ตรวจก่อนว่าดำเนินการแล้วหรือไม่',
  ),
  'provider-timeout': problem(
    504,
    'The provider’s system did not answer in time',
    'ระบบของผู้ให้บริการไม่ตอบภายในเวลา',
    'A read may be tried again; for a change, first find out whether it was done.',
    'การอ่านลองใหม่ได้ ส่วนการเปลี่ยนแปลงให้ตรวจก่อนว่าทำไปแล้วหรือไม่',
  ),
  'provider-answer-invalid': problem(
    502,
    'The provider’s system answered with something that is not HTTP',
    'ระบบของผู้ให้บริการตอบสิ่งที่ไม่ใช่ HTTP',
    'Tell the provider, with the exchange’s number.',
    'แจ้งผู้ให้บริการ พร้อมเลขที่การแลกเปลี่ยน',
  ),
  'provider-answer-too-large': problem(
    502,
    'The provider’s answer is too large',
    'คำตอบของผู้ให้บริการใหญ่เกินไป',
    'Ask for less at once, for example page by page.',
    'ขอข้อมูลครั้งละน้อยลง เช่น ทีละหน้า',
  ),
  'answer-not-json': problem(
    502,
    'The provider’s answer is not JSON, so its fields could not be checked',
    'คำตอบของผู้ให้บริการไม่ใช่ JSON จึงตรวจรายการข้อมูลไม่ได้',
    'The answer was withheld. The provider answers in JSON (RFC 8259, UTF-8) as its description says.',
    'ระงับคำตอบไว้ ผู้ให้บริการต้องตอบเป็น JSON (RFC 8259, UTF-8) ตามคำอธิบายบริการ',
  ),
  'answer-duplicate-keys': problem(
    502,
    'The provider’s answer has a key twice in one object',
    'คำตอบของผู้ให้บริการมีคีย์ซ้ำในออบเจกต์เดียวกัน',
    'The answer was withheld, since readers would disagree on its meaning. The provider corrects its system.',
    'ระงับคำตอบไว้เพราะตีความได้ต่างกัน ผู้ให้บริการต้องแก้ไขระบบ',
  ),
  'answer-too-deep': problem(
    502,
    'The provider’s answer is nested too deeply',
    'คำตอบของผู้ให้บริการซ้อนกันลึกเกินไป',
    'The answer was withheld. The provider answers with at most 64 levels.',
    'ระงับคำตอบไว้ ผู้ให้บริการต้องตอบไม่เกิน 64 ชั้น',
  ),
  'question-unanswered': problem(
    502,
    'The question could not be answered from the provider’s record',
    'ตอบคำถามจากข้อมูลของผู้ให้บริการไม่ได้',
    'Nothing of the record has left. Try again; if it lasts, tell the provider, with the exchange’s number.',
    'ไม่มีข้อมูลใดออกไป ลองใหม่อีกครั้ง หากยังไม่ได้ให้แจ้งผู้ให้บริการพร้อมเลขที่การแลกเปลี่ยน',
  ),
  'question-asked-too-often': problem(
    429,
    'The question was asked too often about this person',
    'ถามคำถามนี้เกี่ยวกับบุคคลนี้บ่อยเกินไป',
    'Keep the answer that you got. Ask again after the seconds in Retry-After.',
    'ใช้คำตอบที่ได้รับแล้ว และถามใหม่ได้หลังจำนวนวินาทีใน Retry-After',
  ),
  'answer-encoded': problem(
    502,
    'The provider’s answer is compressed, so its fields could not be checked',
    'คำตอบของผู้ให้บริการถูกบีบอัด จึงตรวจรายการข้อมูลไม่ได้',
    'The answer was withheld. The provider answers without Content-Encoding when none was asked for.',
    'ระงับคำตอบไว้ ผู้ให้บริการต้องตอบโดยไม่มี Content-Encoding เมื่อไม่ได้ร้องขอ',
  ),
})
