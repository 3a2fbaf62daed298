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
  th: 'ขอฉบับที่มีตราประทับเวลาจากผู้ลงนาม',
  en: 'Ask the signer for a copy with a time-stamp',
}

/** Each sub-indication of EN 319 102-1 in plain words. */
export const reasonTexts: Readonly<Record<SubIndication, Reason>> = {
  FORMAT_FAILURE: {
    means: {
      th: 'ลายมือชื่อผิดรูปแบบ ไม่ครอบคลุมทั้งไฟล์ หรือไฟล์ถูกแก้ในแบบที่ลายมือชื่อไม่อนุญาต',
      en: 'The signature is malformed, does not cover the whole file, or the file was altered in a way that it does not permit',
    },
    next: doNotRely,
  },
  HASH_FAILURE: {
    means: { th: 'เนื้อหาถูกเปลี่ยนหลังลงนาม', en: 'The content was changed after it was signed' },
    next: doNotRely,
  },
  SIG_CRYPTO_FAILURE: {
    means: {
      th: 'ลายมือชื่อไม่ได้สร้างด้วยกุญแจของผู้ที่อ้างว่าลงนาม',
      en: 'The signature was not made with the key of the person who is said to have signed',
    },
    next: doNotRely,
  },
  REVOKED: {
    means: {
      th: 'ใบรับรองของผู้ลงนามถูกเพิกถอนก่อนลงนาม',
      en: 'The signer’s certificate had been revoked before the signature was made',
    },
    next: doNotRely,
  },
  EXPIRED: {
    means: {
      th: 'ลงนามหลังใบรับรองหมดอายุ',
      en: 'The signature was made after the signer’s certificate had expired',
    },
    next: doNotRely,
  },
  NOT_YET_VALID: {
    means: {
      th: 'ลงนามก่อนใบรับรองเริ่มมีผล',
      en: 'The signature was made before the signer’s certificate became valid',
    },
    next: doNotRely,
  },
  SIG_CONSTRAINTS_FAILURE: {
    means: {
      th: 'ลายมือชื่อขาดส่วนที่ต้องมี หรือไฟล์ถูกแก้ในแบบที่ลายมือชื่อไม่อนุญาต',
      en: 'The signature lacks something that it must have, or the file was altered in a way that it does not permit',
    },
    next: askSigner,
  },
  CHAIN_CONSTRAINTS_FAILURE: {
    means: {
      th: 'ใบรับรองของผู้ลงนามไม่ได้มีไว้สำหรับลงนามเอกสาร',
      en: 'The signer’s certificate is not meant for signing documents',
    },
    next: askSigner,
  },
  CERTIFICATE_CHAIN_GENERAL_FAILURE: {
    means: {
      th: 'ตรวจสายใบรับรองของผู้ลงนามให้จบไม่ได้',
      en: 'The chain of the signer’s certificate could not be checked to its end',
    },
    next: askSigner,
  },
  CRYPTO_CONSTRAINTS_FAILURE: {
    means: {
      th: 'วิธีเข้ารหัสที่ใช้ไม่ปลอดภัยพอในเวลาที่ลงนาม',
      en: 'The cryptography was not strong enough when the signature was made',
    },
    next: askSigner,
  },
  POLICY_PROCESSING_ERROR: {
    means: { th: 'อ่านนโยบายลายมือชื่อที่อ้างถึงไม่ได้', en: 'The signature policy that it names cannot be processed' },
    next: askSigner,
  },
  SIGNATURE_POLICY_NOT_AVAILABLE: {
    means: { th: 'ไม่มีนโยบายลายมือชื่อที่อ้างถึง', en: 'The signature policy that it names is not at hand' },
    next: askSigner,
  },
  TIMESTAMP_ORDER_FAILURE: {
    means: { th: 'เวลาของตราประทับขัดกันเอง', en: 'The times of its time-stamps contradict each other' },
    next: askSigner,
  },
  NO_SIGNING_CERTIFICATE_FOUND: {
    means: { th: 'ไม่พบใบรับรองของผู้ลงนาม', en: 'The signer’s certificate is missing' },
    next: askSigner,
  },
  NO_CERTIFICATE_CHAIN_FOUND: {
    means: {
      th: 'ผู้ออกใบรับรองไม่อยู่ในรายชื่อที่ผู้ตรวจเชื่อถือ จึงยังยืนยันตัวผู้ลงนามไม่ได้',
      en: 'The certificate comes from nobody who is trusted here, so who signed cannot be confirmed',
    },
    next: {
      th: 'ยืนยันตัวผู้ลงนามด้วยทางอื่น หรือเพิ่มผู้ออกใบรับรองที่เชื่อถือ',
      en: 'Confirm the signer in another way, or add the authority to those you trust',
    },
  },
  REVOKED_NO_POE: {
    means: {
      th: 'ใบรับรองถูกเพิกถอน และไม่มีหลักฐานว่าลงนามก่อนหน้านั้น',
      en: 'The certificate was revoked, and nothing proves that the signature was made before that',
    },
    next: proof,
  },
  REVOKED_CA_NO_POE: {
    means: {
      th: 'ใบรับรองของผู้ออกถูกเพิกถอน และไม่มีหลักฐานว่าลงนามก่อนหน้านั้น',
      en: 'The issuer’s certificate was revoked, and nothing proves that the signature was made before that',
    },
    next: proof,
  },
  OUT_OF_BOUNDS_NO_POE: {
    means: {
      th: 'ใบรับรองพ้นอายุแล้ว และไม่มีหลักฐานว่าลงนามในขณะที่ยังมีอายุ',
      en: 'The certificate is outside its time, and nothing proves that the signature was made within it',
    },
    next: proof,
  },
  OUT_OF_BOUNDS_NOT_REVOKED: {
    means: {
      th: 'ใบรับรองพ้นอายุแล้ว แต่ไม่ถูกเพิกถอน',
      en: 'The certificate is outside its time, though it was not revoked',
    },
    next: proof,
  },
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE: {
    means: {
      th: 'วิธีเข้ารหัสล้าสมัย และไม่มีหลักฐานว่าลงนามตั้งแต่เมื่อยังปลอดภัย',
      en: 'The cryptography is out of date, and nothing proves that the signature is older than that',
    },
    next: askSigner,
  },
  NO_POE: {
    means: {
      th: 'ไม่มีหลักฐานว่าลายมือชื่อมีอยู่ในเวลาที่ใบรับรองยังใช้ได้',
      en: 'Nothing proves that the signature was there while the certificate was good',
    },
    next: proof,
  },
  TRY_LATER: {
    means: {
      th: 'ยังไม่มีข้อมูลว่าใบรับรองถูกเพิกถอนหรือไม่',
      en: 'It is not known yet whether the certificate was revoked',
    },
    next: later,
  },
  SIGNED_DATA_NOT_FOUND: {
    means: {
      th: 'ไม่มีไฟล์ที่ลงนามไว้ ต้องแนบมาด้วยจึงจะตรวจได้',
      en: 'The file that was signed is not here; it is needed for checking',
    },
    next: { th: 'แนบไฟล์ต้นฉบับที่ลงนามมาตรวจด้วย', en: 'Check again together with the file that was signed' },
  },
}
