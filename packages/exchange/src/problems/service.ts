import { defineProblems } from '@sapan/kernel'
import { problem } from './problem.ts'

/** What is wrong with a service’s description. */
export const serviceProblems = defineProblems({
  'service-description-invalid': problem(
    422,
    'The service’s description cannot be used',
    'คำอธิบายบริการใช้ไม่ได้',
    'Correct what the detail names, then load it again.',
    'แก้ไขตามรายละเอียดแล้วโหลดใหม่',
  ),
  'service-description-version': problem(
    422,
    'The service’s description is not OpenAPI 3.1',
    'คำอธิบายบริการไม่ใช่ OpenAPI 3.1',
    'Write it in OpenAPI 3.1.',
    'เขียนด้วย OpenAPI 3.1',
  ),
  'service-text-missing': problem(
    422,
    'The service’s description lacks Thai or English',
    'คำอธิบายบริการขาดภาษาไทยหรือภาษาอังกฤษ',
    'Add x-sapan-text with th and en at the named place.',
    'เพิ่ม x-sapan-text ที่มี th และ en ในตำแหน่งที่ระบุ',
  ),
  'service-subject-missing': problem(
    422,
    'The service carries personal data but does not say whose',
    'บริการมีข้อมูลส่วนบุคคลแต่ไม่ระบุว่าเป็นของใคร',
    'Add x-sapan-subject to every operation, or declare that the service has no personal data.',
    'เพิ่ม x-sapan-subject ในทุกการทำงาน หรือระบุว่าบริการไม่มีข้อมูลส่วนบุคคล',
  ),
  'service-operation-duplicate': problem(
    422,
    'Two operations of the service have one name',
    'การทำงานสองรายการของบริการใช้ชื่อเดียวกัน',
    'Give each operation its own operationId.',
    'กำหนด operationId ให้ไม่ซ้ำกัน',
  ),
  'service-reference-unknown': problem(
    422,
    'The service’s description refers to something that is not in it',
    'คำอธิบายบริการอ้างถึงสิ่งที่ไม่มี',
    'Refer only to parts of the same document, by #/….',
    'อ้างถึงเฉพาะส่วนในเอกสารเดียวกันด้วย #/…',
  ),
})
