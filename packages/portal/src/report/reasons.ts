import type { SubIndication } from '@sapan/documents/check'
import type { Text } from '@sapan/kernel'

/** Why a signature did not pass, in plain words (the sub-indications of EN 319 102-1 §5.1.3). */
export const reasons: Readonly<Record<SubIndication, Text>> = {
  FORMAT_FAILURE: {
    th: 'ลายมือชื่อผิดรูปแบบ หรือไม่ครอบคลุมทั้งไฟล์',
    en: 'The signature is malformed, or does not cover the whole file.',
  },
  HASH_FAILURE: { th: 'เนื้อหาถูกเปลี่ยนหลังลงนาม', en: 'The content was changed after it was signed.' },
  SIG_CRYPTO_FAILURE: {
    th: 'ลายมือชื่อไม่ได้สร้างด้วยกุญแจของผู้ที่อ้างว่าลงนาม',
    en: 'The signature was not made with the key of the person who is said to have signed.',
  },
  REVOKED: {
    th: 'ใบรับรองของผู้ลงนามถูกเพิกถอนก่อนลงนาม',
    en: "The signer's certificate had been revoked before the signature was made.",
  },
  EXPIRED: {
    th: 'ลงนามหลังใบรับรองหมดอายุ',
    en: "The signature was made after the signer's certificate had expired.",
  },
  NOT_YET_VALID: {
    th: 'ลงนามก่อนใบรับรองเริ่มมีผล',
    en: "The signature was made before the signer's certificate became valid.",
  },
  SIG_CONSTRAINTS_FAILURE: {
    th: 'ลายมือชื่อขาดส่วนที่ต้องมี หรือไฟล์ถูกแก้ในแบบที่ลายมือชื่อไม่อนุญาต',
    en: 'The signature lacks something that it must have, or the file was altered in a way that it does not permit.',
  },
  CHAIN_CONSTRAINTS_FAILURE: {
    th: 'ใบรับรองของผู้ลงนามไม่ได้มีไว้สำหรับลงนามเอกสาร',
    en: "The signer's certificate is not meant for signing documents.",
  },
  CERTIFICATE_CHAIN_GENERAL_FAILURE: {
    th: 'ตรวจสายใบรับรองของผู้ลงนามให้จบไม่ได้',
    en: "The chain of the signer's certificate could not be checked to its end.",
  },
  CRYPTO_CONSTRAINTS_FAILURE: {
    th: 'วิธีเข้ารหัสที่ใช้ไม่ปลอดภัยพอในเวลาที่ลงนาม',
    en: 'The cryptography was not strong enough when the signature was made.',
  },
  POLICY_PROCESSING_ERROR: {
    th: 'อ่านนโยบายลายมือชื่อที่อ้างถึงไม่ได้',
    en: 'The signature policy that it names cannot be processed.',
  },
  SIGNATURE_POLICY_NOT_AVAILABLE: {
    th: 'ไม่มีนโยบายลายมือชื่อที่อ้างถึง',
    en: 'The signature policy that it names is not at hand.',
  },
  TIMESTAMP_ORDER_FAILURE: {
    th: 'เวลาของตราประทับขัดกันเอง',
    en: 'The times of its time-stamps contradict each other.',
  },
  NO_SIGNING_CERTIFICATE_FOUND: {
    th: 'ไม่พบใบรับรองของผู้ลงนาม',
    en: "The signer's certificate is missing.",
  },
  NO_CERTIFICATE_CHAIN_FOUND: {
    th: 'ผู้ออกใบรับรองไม่อยู่ในรายชื่อที่ระบบนี้เชื่อถือ จึงยังยืนยันตัวผู้ลงนามไม่ได้',
    en: 'The certificate comes from nobody whom this checker trusts, so who signed cannot be confirmed.',
  },
  REVOKED_NO_POE: {
    th: 'ใบรับรองถูกเพิกถอน และไม่มีหลักฐานว่าลงนามก่อนหน้านั้น',
    en: 'The certificate was revoked, and nothing proves that the signature was made before that.',
  },
  REVOKED_CA_NO_POE: {
    th: 'ใบรับรองของผู้ออกถูกเพิกถอน และไม่มีหลักฐานว่าลงนามก่อนหน้านั้น',
    en: "The issuer's certificate was revoked, and nothing proves that the signature was made before that.",
  },
  OUT_OF_BOUNDS_NO_POE: {
    th: 'ใบรับรองพ้นอายุแล้ว และไม่มีหลักฐานว่าลงนามในขณะที่ยังมีอายุ',
    en: 'The certificate is outside its time, and nothing proves that the signature was made within it.',
  },
  OUT_OF_BOUNDS_NOT_REVOKED: {
    th: 'ใบรับรองพ้นอายุแล้ว แต่ไม่ถูกเพิกถอน',
    en: 'The certificate is outside its time, though it was not revoked.',
  },
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE: {
    th: 'วิธีเข้ารหัสล้าสมัย และไม่มีหลักฐานว่าลงนามตั้งแต่เมื่อยังปลอดภัย',
    en: 'The cryptography is out of date, and nothing proves that the signature is older than that.',
  },
  NO_POE: {
    th: 'ไม่มีหลักฐานว่าลายมือชื่อมีอยู่ในเวลาที่ใบรับรองยังใช้ได้',
    en: 'Nothing proves that the signature was there while the certificate was good.',
  },
  TRY_LATER: {
    th: 'ยังไม่มีข้อมูลว่าใบรับรองถูกเพิกถอนหรือไม่',
    en: 'It is not known yet whether the certificate was revoked.',
  },
  SIGNED_DATA_NOT_FOUND: {
    th: 'ไม่มีไฟล์ที่ลงนามไว้ ต้องแนบมาด้วยจึงจะตรวจได้',
    en: 'The file that was signed is not here; it is needed for checking.',
  },
}
