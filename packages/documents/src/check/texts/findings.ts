import type { Text } from '@sapan/kernel'

/** Remarks that decide nothing by themselves, or that concern the file as a whole. */
export const findingTexts = {
  'no-signature': { th: 'ไฟล์นี้ไม่มีลายมือชื่ออิเล็กทรอนิกส์', en: 'The file has no electronic signature' },
  'too-much-work': {
    th: 'ไฟล์ซับซ้อนเกินขอบเขตที่ตรวจได้',
    en: 'The file is too complex to be checked within the limits',
  },
  'too-many-signatures': {
    th: 'มีลายมือชื่อมากเกินไป ตรวจเพียงส่วนหนึ่ง',
    en: 'There are too many signatures; only some were checked',
  },
  unreadable: { th: 'อ่านส่วนหนึ่งของไฟล์ไม่ได้', en: 'A part of the file cannot be read' },
  encrypted: { th: 'ไฟล์เข้ารหัสไว้ ต้องใช้รหัสผ่าน', en: 'The file is encrypted; its password is needed' },
  'detached-file-missing': {
    th: 'ต้องมีไฟล์ที่ลงนามด้วย จึงจะตรวจได้',
    en: 'The file that was signed is needed for checking',
  },
  'detached-file-unused': {
    th: 'ไฟล์ที่ให้มาด้วยไม่ใช่ไฟล์ที่ลายมือชื่อนี้กำกับ',
    en: 'A file that was given along is not what is signed here',
  },
  'filled-in-later': {
    th: 'มีการกรอกแบบฟอร์มหรือเพิ่มหมายเหตุหลังลงนาม ซึ่งผู้ลงนามอนุญาตไว้ แต่ลายมือชื่อนี้ไม่ครอบคลุม',
    en: 'Form fields were filled in or notes added after the signature: it permits that, but is not over it',
  },
  'algorithm-ends-soon': { th: 'ควรเลิกใช้วิธีเข้ารหัสนี้', en: 'This algorithm should no longer be used' },
  'key-usage-signing-only': {
    th: 'ใบรับรองไม่ได้ระบุว่าใช้ลงนามผูกพัน (nonRepudiation)',
    en: 'The certificate does not say that it is for binding signatures (nonRepudiation)',
  },
  'signature-policy-unknown': {
    th: 'ลายมือชื่ออ้างนโยบายที่ไม่ได้ตรวจตาม',
    en: 'The signature names a policy by which it was not checked',
  },
  'certificate-not-bound': {
    th: 'ลายมือชื่อไม่ได้ระบุใบรับรองไว้ในส่วนที่ลงนาม',
    en: 'The signature does not name its certificate in what is signed',
  },
  'timestamp-ignored': { th: 'มีตราประทับเวลาที่ใช้ไม่ได้', en: 'A time-stamp could not be used' },
  'timestamp-future': { th: 'ตราประทับเวลามาจากอนาคต', en: 'A time-stamp is from the future' },
  'timestamp-missing': {
    th: 'ไม่มีตราประทับเวลา เวลาที่ลงนามเป็นเพียงคำกล่าวของผู้ลงนาม',
    en: 'There is no time-stamp: the time of signing is only what the signer says',
  },
  'material-unreadable': {
    th: 'มีใบรับรองหรือข้อมูลการเพิกถอนที่อ่านไม่ได้ จึงไม่ได้ใช้',
    en: 'A certificate or revocation information in the file cannot be read and was not used',
  },
  'counter-signature': {
    th: 'มีลายมือชื่อกำกับ (countersignature) ที่ถูกต้อง แสดงไว้เป็นข้อมูล',
    en: 'There is a countersignature, and it holds; it is for information',
  },
  'counter-signature-unsound': {
    th: 'มีลายมือชื่อกำกับ (countersignature) ที่ยืนยันไม่ได้ จึงไม่ได้นับ',
    en: 'There is a countersignature that could not be confirmed and was not counted',
  },
  'counter-signature-unchecked': {
    th: 'มีลายมือชื่อกำกับ (countersignature) ที่ไม่ได้ตรวจ',
    en: 'There is a countersignature, which was not checked',
  },
  'evidence-record': {
    th: 'มีหลักฐานการเก็บรักษา (evidence record) ที่ไม่ได้ตรวจและไม่ได้นับ',
    en: 'There is an evidence record, which was not checked and not counted',
  },
  'archive-timestamp-old': {
    th: 'มีตราประทับเวลาเก็บรักษารุ่นเก่า ซึ่งไม่ได้ตรวจและไม่ได้นับ',
    en: 'There is an archive time-stamp of an old kind, which was not checked and not counted',
  },
  'look-unchecked': {
    th: 'ช่องลายมือชื่อกำหนดรูปแบบของลายมือชื่อที่ตรวจไม่ได้',
    en: 'The field demands a look of the signature that cannot be checked',
  },
  'unsigned-content': { th: 'มีส่วนของไฟล์ที่ไม่มีลายมือชื่อครอบคลุม', en: 'A part of the file is under no signature' },
  'changed-after-last-signature': {
    th: 'ไฟล์ถูกแก้ไขหลังลายมือชื่อสุดท้าย',
    en: 'The file was changed after the last signature',
  },
  'hidden-layers': {
    th: 'มีชั้นเนื้อหาที่ซ่อนไว้ตั้งแต่ก่อนลงนาม โปรแกรมอื่นหรือการพิมพ์อาจแสดงต่างจากที่เห็น',
    en: 'There are layers that were hidden when it was signed; other programs, or printing, may show them',
  },
  'prepared-content': {
    th: 'มีเนื้อหาที่ไม่แสดงอยู่ในไฟล์ตั้งแต่ก่อนลงนาม ซึ่งการแก้ไขภายหลังอาจนำมาแสดงได้',
    en: 'Content that nothing shows lay in the file when it was signed; a later change could bring it out',
  },
  'signature-removed': {
    th: 'ลายมือชื่อที่เคยมีในไฟล์ถูกลบหรือถูกแก้ภายหลัง',
    en: 'A signature that the file once had was removed or altered later',
  },
  'suspicious-changes': {
    th: 'มีการเปลี่ยนที่น่าสงสัยหลังลงนาม',
    en: 'There are suspicious changes after the signature',
  },
  'embedded-differs': {
    th: 'ข้อมูลที่ฝังมาไม่ตรงกับหน้าที่มองเห็น',
    en: 'The data inside differs from what the page shows',
  },
  'online-failed': {
    th: 'ขอสถานะใบรับรองหรือใบรับรองของผู้ออกจากเครือข่ายไม่ได้',
    en: 'The state of a certificate, or its issuer, could not be had from the network',
  },
  'trusted-list-unusable': { th: 'ใช้บัญชีรายชื่อผู้ให้บริการไม่ได้', en: 'A trusted list could not be used' },
} as const satisfies Record<string, Text>

export type FindingCode = keyof typeof findingTexts
