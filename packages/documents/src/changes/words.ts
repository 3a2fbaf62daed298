import type { Text } from '@sapan/kernel'
import type { Change, ChangeKind } from './change.ts'

const WORDS: Readonly<Record<ChangeKind, Text>> = {
  'signature-added': { th: 'ลงลายมือชื่อเพิ่ม', en: 'A signature was added' },
  'timestamp-added': { th: 'ประทับเวลาเพิ่ม', en: 'A document time-stamp was added' },
  'signature-field-added': { th: 'เพิ่มช่องลายมือชื่อ', en: 'A signature field was added' },
  'certification-added': { th: 'เพิ่มการรับรองเอกสาร', en: 'A certification was added' },
  'validation-data-added': { th: 'เพิ่มข้อมูลสำหรับตรวจลายมือชื่อ', en: 'Data to validate signatures was added' },
  metadata: { th: 'แก้ข้อมูลกำกับเอกสาร', en: 'The metadata was changed' },
  extensions: {
    th: 'แก้รุ่นหรือส่วนขยายของรูปแบบไฟล์',
    en: 'The version or the extensions of the format were changed',
  },
  'form-flags': { th: 'แก้เครื่องหมายของแบบฟอร์ม', en: 'Flags of the form were changed' },
  'form-resources-added': { th: 'เพิ่มทรัพยากรของแบบฟอร์ม', en: 'Resources of the form were added' },
  'structure-added': {
    th: 'เพิ่มช่องลายมือชื่อในโครงสร้างเอกสาร',
    en: 'A new signature field was put into the structure',
  },
  'field-filled': { th: 'กรอกแบบฟอร์ม', en: 'A form field was filled in' },
  'annotation-added': { th: 'เพิ่มหมายเหตุบนหน้า', en: 'An annotation was added' },
  'annotation-changed': { th: 'แก้หมายเหตุบนหน้า', en: 'An annotation was changed' },
  'annotation-removed': { th: 'ลบหมายเหตุบนหน้า', en: 'An annotation was removed' },
  'page-added': { th: 'เพิ่มหน้า', en: 'A page was added' },
  'page-removed': { th: 'ลบหน้า', en: 'A page was removed' },
  'pages-reordered': { th: 'สลับลำดับหน้า', en: 'The order of the pages was changed' },
  'page-content': { th: 'แก้เนื้อหาของหน้า', en: 'The content of a page was changed' },
  'page-resources': { th: 'แก้สิ่งที่หน้าใช้แสดง', en: 'What a page draws with was changed' },
  'page-geometry': { th: 'แก้ขนาดหรือการหมุนของหน้า', en: 'The size or the rotation of a page was changed' },
  page: { th: 'แก้คุณสมบัติของหน้า', en: 'Properties of a page were changed' },
  font: { th: 'แก้ฟอนต์', en: 'A font was changed' },
  'signature-changed': { th: 'แก้ลายมือชื่อเดิม', en: 'An earlier signature was changed' },
  'signature-removed': { th: 'ลบลายมือชื่อเดิม', en: 'An earlier signature was removed' },
  'signed-appearance-changed': { th: 'แก้รูปลายมือชื่อเดิม', en: 'The look of an earlier signature was changed' },
  'signature-overlay': {
    th: 'ลายมือชื่อใหม่บังส่วนใหญ่ของหน้า',
    en: 'A new signature covers a large part of a page',
  },
  'signature-field-nested': {
    th: 'เพิ่มช่องลายมือชื่อไว้ใต้ช่องที่มีอยู่เดิม',
    en: 'A signature field was put below a field that was there',
  },
  'field-look-changed': {
    th: 'เปลี่ยนรูปของช่องในแบบฟอร์มโดยค่าที่กรอกยังเดิม',
    en: 'A form field looks different though its value is the same',
  },
  'appearance-shared': {
    th: 'เปลี่ยนรูปของช่องที่ส่วนอื่นของเอกสารใช้อยู่ด้วย',
    en: 'The look of a field was replaced that other parts of the document use as well',
  },
  'field-added': { th: 'เพิ่มช่องในแบบฟอร์ม', en: 'A form field was added' },
  'field-removed': { th: 'ลบช่องในแบบฟอร์ม', en: 'A form field was removed' },
  'field-changed': { th: 'แก้คุณสมบัติของช่องในแบบฟอร์ม', en: 'Properties of a form field were changed' },
  'form-changed': { th: 'แก้โครงแบบฟอร์ม', en: 'The form was changed' },
  'form-appearances-regenerated': { th: 'สั่งให้วาดแบบฟอร์มใหม่', en: 'The form is to be drawn anew' },
  xfa: { th: 'แก้แบบฟอร์ม XFA', en: 'An XFA form was changed' },
  'optional-content': { th: 'แก้การซ่อนหรือแสดงชั้นเนื้อหา', en: 'Which layers are shown was changed' },
  action: { th: 'แก้คำสั่งที่ทำงานเอง', en: 'An action was changed' },
  names: { th: 'แก้จุดหมายในเอกสาร', en: 'Named places were changed' },
  'embedded-files': { th: 'แก้ไฟล์แนบ', en: 'The files inside were changed' },
  structure: { th: 'แก้โครงสร้างเอกสาร', en: 'The structure was changed' },
  outline: { th: 'แก้สารบัญนำทาง', en: 'The bookmarks were changed' },
  viewer: { th: 'แก้วิธีเปิดแสดง', en: 'How the document is shown at first was changed' },
  permissions: { th: 'แก้สิทธิ์ที่การรับรองให้ไว้', en: 'What the certification permits was changed' },
  'validation-data-changed': {
    th: 'แก้หรือลบข้อมูลสำหรับตรวจลายมือชื่อ',
    en: 'Data to validate signatures was changed or removed',
  },
  catalog: { th: 'แก้คุณสมบัติของเอกสาร', en: 'Properties of the document were changed' },
  'catalog-replaced': { th: 'เปลี่ยนรากของเอกสาร', en: 'The root of the document was replaced' },
  encryption: { th: 'แก้การเข้ารหัส', en: 'The encryption was changed' },
  'file-identifier': { th: 'แก้รหัสประจำไฟล์', en: 'The permanent identifier of the file was changed' },
  'dangling-reference-defined': {
    th: 'นิยามสิ่งที่ฉบับลงนามอ้างถึงแต่ไม่มีอยู่',
    en: 'What the signed revision pointed at without having it was defined',
  },
  'hidden-object-revealed': {
    th: 'เปิดวัตถุที่ซ่อนอยู่ในฉบับก่อน',
    en: 'An object that lay hidden in an earlier revision was brought out',
  },
  'unused-object': { th: 'เพิ่มวัตถุที่ไม่มีที่ใช้', en: 'An object that nothing uses was added' },
  'unused-object-revealed': {
    th: 'นำวัตถุที่ไม่มีที่ใช้ในฉบับก่อนมาใช้',
    en: 'An object that nothing used in an earlier revision came into use',
  },
  'unused-object-replaced': {
    th: 'นำหมายเลขของวัตถุที่ไม่มีที่ใช้ในฉบับก่อนไปใช้กับสิ่งอื่น',
    en: 'The number of an object that nothing used was given to something else',
  },
  'trailing-data': { th: 'มีข้อมูลต่อท้ายหลังจบไฟล์', en: 'There is data behind the end of the file' },
  unreadable: { th: 'อ่านฉบับแก้ไขนี้ไม่ได้', en: 'The revision cannot be read' },
  'too-many': { th: 'มีการแก้ไขมากเกินกว่าจะแสดงได้หมด', en: 'There are more changes than can be listed' },
}

/** A change in words: what, in which field, on which page. */
export function describeChange({ kind, page, field }: Pick<Change, 'kind' | 'page' | 'field'>): Text {
  const { th, en } = WORDS[kind]
  const named = field === undefined || field === '' ? '' : `: ${field}`
  return {
    th: `${th}${named}${page === undefined ? '' : ` (หน้า ${page + 1})`}`,
    en: `${en}${named}${page === undefined ? '' : ` (page ${page + 1})`}`,
  }
}
