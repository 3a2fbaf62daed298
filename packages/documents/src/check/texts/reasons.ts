import type { Text } from '@sapan/kernel'
import type { SubIndication } from '../engine/indication.ts'

interface Reason {
  /** What it means to somebody who wants to rely on the file. */
  readonly means: Text
  /** What to do next. */
  readonly next: Text
}

const askSigner: Text = {
  th: 'ขอไฟล์ฉบับใหม่จากผู้ลงนาม',
  en: 'Ask the signer for a new file',
}
const doNotRely: Text = {
  th: 'อย่าเชื่อถือไฟล์นี้ ติดต่อหน่วยงานที่ออกเพื่อขอฉบับจริง',
  en: 'Do not rely on this file; ask the body that issued it for the original',
}
const later: Text = {
  th: 'ตรวจอีกครั้งเมื่อต่ออินเทอร์เน็ตได้ หรือสอบถามผู้ออกใบรับรอง',
  en: 'Check again with a connection to the network, or ask whoever issued the certificate',
}
const proof: Text = {
  th: 'ขอฉบับที่มีตราเวลาจากผู้ลงนาม',
  en: 'Ask the signer for a copy with a time-stamp',
}

/** Each sub-indication of EN 319 102-1 in plain words. */
export const reasonTexts: Readonly<Record<SubIndication, Reason>> = {
  FORMAT_FAILURE: {
    means: {
      th: 'ลายมือชื่อหรือไฟล์ผิดรูปแบบ หรือถูกแก้ในทางที่ลายมือชื่อไม่อนุญาต',
      en: 'The signature or the file is malformed, or was altered in a way that the signature does not permit',
    },
    next: doNotRely,
  },
  HASH_FAILURE: {
    means: { th: 'เนื้อหาถูกเปลี่ยนหลังลงนาม', en: 'The content was changed after it was signed' },
    next: doNotRely,
  },
  SIG_CRYPTO_FAILURE: {
    means: {
      th: 'ลายมือชื่อไม่ได้มาจากผู้ถือใบรับรองนี้',
      en: 'The signature was not made by the holder of this certificate',
    },
    next: doNotRely,
  },
  REVOKED: {
    means: { th: 'ลงนามหลังใบรับรองถูกเพิกถอน', en: 'It was signed after the certificate had been revoked' },
    next: doNotRely,
  },
  EXPIRED: {
    means: { th: 'ลงนามหลังใบรับรองหมดอายุ', en: 'It was signed after the certificate had expired' },
    next: doNotRely,
  },
  NOT_YET_VALID: {
    means: { th: 'ลงนามก่อนใบรับรองมีผล', en: 'It was signed before the certificate was valid' },
    next: doNotRely,
  },
  SIG_CONSTRAINTS_FAILURE: {
    means: {
      th: 'ลายมือชื่อขาดสิ่งที่ต้องมี หรือมีสิ่งที่ขัดกัน',
      en: 'The signature lacks something that it must have, or contradicts itself',
    },
    next: askSigner,
  },
  CHAIN_CONSTRAINTS_FAILURE: {
    means: {
      th: 'ใบรับรองนี้ไม่ได้มีไว้ลงนามเอกสาร',
      en: 'The certificate is not meant for signing documents',
    },
    next: askSigner,
  },
  CERTIFICATE_CHAIN_GENERAL_FAILURE: {
    means: {
      th: 'สายใบรับรองผิดกฎ จึงยืนยันผู้ลงนามไม่ได้',
      en: 'The chain of certificates breaks a rule, so that the signer cannot be confirmed',
    },
    next: askSigner,
  },
  CRYPTO_CONSTRAINTS_FAILURE: {
    means: {
      th: 'ใช้วิธีเข้ารหัสที่ไม่รองรับหรืออ่อนเกินไป',
      en: 'It uses an algorithm that is not supported or too weak',
    },
    next: askSigner,
  },
  POLICY_PROCESSING_ERROR: {
    means: { th: 'ประมวลนโยบายลายมือชื่อไม่ได้', en: 'The signature policy cannot be processed' },
    next: askSigner,
  },
  SIGNATURE_POLICY_NOT_AVAILABLE: {
    means: { th: 'ไม่มีนโยบายลายมือชื่อที่อ้างถึง', en: 'The signature policy that it names is not at hand' },
    next: askSigner,
  },
  TIMESTAMP_ORDER_FAILURE: {
    means: { th: 'เวลาต่าง ๆ ในลายมือชื่อขัดกัน', en: 'The times in the signature contradict each other' },
    next: askSigner,
  },
  NO_SIGNING_CERTIFICATE_FOUND: {
    means: { th: 'ไม่มีใบรับรองของผู้ลงนามในไฟล์', en: 'The signer’s certificate is not in the file' },
    next: askSigner,
  },
  NO_CERTIFICATE_CHAIN_FOUND: {
    means: {
      th: 'ไม่รู้จักผู้ออกใบรับรอง จึงยืนยันตัวผู้ลงนามไม่ได้',
      en: 'Whoever issued the certificate is not known here, so that the signer cannot be confirmed',
    },
    next: {
      th: 'ยืนยันตัวผู้ลงนามด้วยทางอื่น หรือเพิ่มผู้ออกใบรับรองที่เชื่อถือ',
      en: 'Confirm the signer in another way, or add the authority to those you trust',
    },
  },
  REVOKED_NO_POE: {
    means: {
      th: 'ใบรับรองถูกเพิกถอน และไม่มีหลักฐานว่าลงนามก่อนหน้านั้น',
      en: 'The certificate is revoked, and nothing proves that the signature is older',
    },
    next: proof,
  },
  REVOKED_CA_NO_POE: {
    means: {
      th: 'ใบรับรองของผู้ออกถูกเพิกถอน และไม่มีหลักฐานว่าลงนามก่อนหน้านั้น',
      en: 'An authority’s certificate is revoked, and nothing proves that the signature is older',
    },
    next: proof,
  },
  OUT_OF_BOUNDS_NO_POE: {
    means: {
      th: 'ใบรับรองอยู่นอกอายุ และไม่มีหลักฐานว่าลงนามในอายุ',
      en: 'A certificate is outside its time, and nothing proves that the signature was made within it',
    },
    next: proof,
  },
  OUT_OF_BOUNDS_NOT_REVOKED: {
    means: {
      th: 'ใบรับรองหมดอายุแล้ว (ไม่ถูกเพิกถอน) และไม่มีหลักฐานว่าลงนามในอายุ',
      en: 'The certificate has expired, unrevoked, and nothing proves that the signature was made before',
    },
    next: proof,
  },
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE: {
    means: {
      th: 'วิธีเข้ารหัสอ่อนเกินไปในปัจจุบัน และไม่มีหลักฐานว่าลงนามเมื่อยังแข็งแรง',
      en: 'An algorithm is too weak today, and nothing proves that the signature is of a time when it was not',
    },
    next: askSigner,
  },
  NO_POE: {
    means: { th: 'ไม่มีหลักฐานเวลาที่ลงนาม', en: 'There is no proof of when it was signed' },
    next: proof,
  },
  TRY_LATER: {
    means: {
      th: 'ยังไม่ทราบว่าใบรับรองถูกเพิกถอนหรือไม่',
      en: 'It is not known yet whether the certificate was revoked',
    },
    next: later,
  },
  SIGNED_DATA_NOT_FOUND: {
    means: { th: 'ไม่พบข้อมูลที่ลงนาม', en: 'What was signed is not there' },
    next: { th: 'แนบไฟล์ต้นฉบับที่ลงนามมาตรวจด้วย', en: 'Check again together with the file that was signed' },
  },
}
