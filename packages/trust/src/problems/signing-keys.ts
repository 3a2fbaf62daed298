import { defineProblems } from '@sapan/kernel'

/** What can go wrong with keys that sign documents, wherever they lie. */
export const signingKeyProblems = defineProblems({
  'signing-key-unreadable': {
    status: 422,
    title: { th: 'อ่านแฟ้มกุญแจลงนามไม่ได้', en: 'The signing key file cannot be read' },
    next: {
      th: 'ใช้กุญแจแบบ PEM (PKCS#8) หรือแฟ้ม PKCS#12 (.p12, .pfx) ที่มีกุญแจเดียวกับใบรับรองของกุญแจนั้น',
      en: 'Use a PEM key (PKCS#8), or a PKCS#12 file (.p12, .pfx) with one key and its certificate.',
    },
  },
  'signing-key-password': {
    status: 403,
    title: { th: 'รหัสผ่านของแฟ้มกุญแจลงนามไม่ถูกต้อง', en: 'The password of the signing key file is wrong' },
    next: {
      th: 'ตรวจแป้นพิมพ์ภาษาและตัวพิมพ์ แล้วป้อนรหัสผ่านของแฟ้มนี้อีกครั้ง',
      en: 'Check the keyboard language and capitals, and enter the password of this file again.',
    },
  },
  'signing-key-unsupported': {
    status: 422,
    title: { th: 'กุญแจชนิดนี้ใช้ลงนามเอกสารไม่ได้', en: 'This kind of key cannot sign documents' },
    next: {
      th: 'ใช้กุญแจ RSA 2048 ถึง 8192 บิต ECDSA P-256, P-384, P-521 หรือ Ed25519 กับอัลกอริทึมของกุญแจชนิดนั้น',
      en: 'Use RSA with 2048 to 8192 bits, ECDSA on P-256, P-384 or P-521, or Ed25519, with an algorithm of that kind.',
    },
  },
  'signing-certificate-unreadable': {
    status: 422,
    title: { th: 'อ่านใบรับรองของผู้ลงนามไม่ได้', en: "The signer's certificate cannot be read" },
    next: {
      th: 'ส่งใบรับรอง X.509 ในรูป DER',
      en: 'Give the X.509 certificate in DER.',
    },
  },
  'signing-certificate-mismatch': {
    status: 422,
    title: { th: 'ใบรับรองเป็นของกุญแจอื่น', en: 'The certificate belongs to another key' },
    next: {
      th: 'ใช้ใบรับรองที่ออกให้กุญแจนี้ ตรวจว่าไม่ได้สลับแฟ้ม',
      en: 'Use the certificate that was issued for this key; check that files are not mixed up.',
    },
  },
})
