import { defineProblems } from '@sapan/kernel'
import { signingKeyProblems } from './problems/signing-keys.ts'
import { signingServiceProblems } from './problems/signing-service.ts'
import { tokenProblems } from './problems/tokens.ts'

/** What can go wrong with keys, certificates, signatures, time-stamps and logs. */
const groundProblems = defineProblems({
  'key-corrupt': {
    status: 500,
    title: { th: 'แฟ้มกุญแจเสียหาย', en: 'A key file is damaged' },
    next: {
      th: 'กู้แฟ้มกุญแจจากสำเนาสำรอง หรือย้ายแฟ้มออกแล้วเข้าร่วมใหม่เพื่อสร้างกุญแจใหม่ ระบบไม่เขียนทับกุญแจเดิม',
      en: 'Restore the key file from its backup, or move it away and join again with a new key. Sapan never overwrites a key.',
    },
  },
  'key-wrong-kind': {
    status: 500,
    title: { th: 'แฟ้มกุญแจเป็นกุญแจคนละชนิด', en: 'A key file holds a key of another kind' },
    next: {
      th: 'ตรวจว่าแฟ้มกุญแจไม่สลับที่กัน แล้ววางกุญแจชนิดที่ระบุไว้',
      en: 'Check that key files are not mixed up, and put the kind of key that is named there.',
    },
  },
  'key-exposed': {
    status: 500,
    title: { th: 'ผู้อื่นอ่านแฟ้มกุญแจได้', en: 'A key file can be read by others' },
    next: {
      th: 'สั่ง chmod 600 กับแฟ้มกุญแจ และเปลี่ยนกุญแจหากอาจมีผู้อื่นอ่านไปแล้ว',
      en: 'Run chmod 600 on the key file, and replace the key if someone may have read it.',
    },
  },
  'key-folder-unusable': {
    status: 500,
    title: { th: 'ใช้โฟลเดอร์กุญแจไม่ได้', en: 'The key folder cannot be used' },
    next: {
      th: 'ตรวจสิทธิ์ พื้นที่ว่าง และชนิดระบบแฟ้มของโฟลเดอร์กุญแจ (ต้องรองรับ hard link)',
      en: 'Check the permissions, free space and file system of the key folder (it needs hard links).',
    },
  },
  'sealed-unreadable': {
    status: 500,
    title: { th: 'เปิดข้อมูลที่ผนึกไว้ไม่ได้', en: 'Sealed data cannot be opened' },
    next: {
      th: 'ตรวจว่ามีกุญแจผนึกรุ่นที่ระบุ หากมีแล้ว ข้อมูลถูกแก้ไขหรือย้ายแถว ให้รัน sapan audit',
      en: 'Check that the sealing key of the named version is there. If it is, the data was altered or moved: run sapan audit.',
    },
  },
  'jws-malformed': {
    status: 400,
    title: { th: 'เอกสารลงนามผิดรูปแบบ', en: 'A signed document is malformed' },
    next: {
      th: 'ส่ง JWS แบบ compact ที่มี typ และ alg ตามที่กำหนด',
      en: 'Send a compact JWS with the expected typ and alg.',
    },
  },
  'certificate-untrusted': {
    status: 401,
    title: { th: 'ใบรับรองไม่ได้ออกจากผู้ออกที่เชื่อถือ', en: 'The certificate does not lead to a trusted root' },
    next: {
      th: 'ใช้ใบรับรองที่ออกโดยศูนย์ของระบบนี้ พร้อมใบรับรองของผู้ออก',
      en: "Use a certificate issued by this system's center, sent together with its issuer's.",
    },
  },
  'certificate-expired': {
    status: 401,
    title: { th: 'ใบรับรองหมดอายุ', en: 'The certificate has expired' },
    next: {
      th: 'ต่ออายุใบรับรอง (sapan doctor บอกว่าใบใด) และตรวจนาฬิกาของเครื่อง',
      en: "Renew the certificate (sapan doctor tells which) and check the machine's clock.",
    },
  },
  'certificate-not-yet-valid': {
    status: 401,
    title: { th: 'ใบรับรองยังไม่เริ่มมีผล', en: 'The certificate is not valid yet' },
    next: {
      th: 'ตรวจนาฬิกาของทั้งสองเครื่อง แล้วลองใหม่',
      en: 'Check the clocks of both machines, then try again.',
    },
  },
  'certificate-revoked': {
    status: 401,
    title: { th: 'ใบรับรองถูกเพิกถอน', en: 'The certificate is revoked' },
    next: {
      th: 'ติดต่อศูนย์เพื่อทราบเหตุผล แล้วเข้าร่วมใหม่ด้วยกุญแจใหม่',
      en: 'Ask the center for the reason, then join again with a new key.',
    },
  },
  'certificate-wrong-purpose': {
    status: 401,
    title: { th: 'ใบรับรองออกให้ใช้เพื่อการอื่น', en: 'The certificate was issued for another purpose' },
    next: {
      th: 'ใช้ใบรับรองสำหรับงานนี้ ใบรับรอง TLS ใบรับรองลงนาม และใบรับรองประทับเวลาใช้แทนกันไม่ได้',
      en: 'Use the certificate for this purpose: TLS, signing and time-stamping certificates do not stand in for one another.',
    },
  },
  'certificate-request-refused': {
    status: 400,
    title: { th: 'คำขอใบรับรองใช้ไม่ได้', en: 'The certificate request cannot be used' },
    next: {
      th: 'สร้างคำขอใหม่ด้วยกุญแจ P-256 หรือ Ed25519 และลงนามด้วยกุญแจเดียวกัน',
      en: 'Make a new request with a P-256 or Ed25519 key, signed by the same key.',
    },
  },
  'signature-container-malformed': {
    status: 400,
    title: { th: 'ลายมือชื่อ CMS ผิดรูปแบบ', en: 'A CMS signature is malformed' },
    next: {
      th: 'ส่งลายมือชื่อ CAdES แบบแยกจากเนื้อหา ในรูป DER',
      en: 'Send a detached CAdES signature in DER.',
    },
  },
  'signature-container-invalid': {
    status: 422,
    title: { th: 'ลายมือชื่อ CMS ไม่ตรงกับเนื้อหา', en: 'A CMS signature does not match its content' },
    next: {
      th: 'เนื้อหาหรือลายมือชื่อถูกแก้ไข ขอต้นฉบับจากผู้ลงนาม',
      en: 'The content or the signature was altered: ask the signer for the original.',
    },
  },
  'timestamp-malformed': {
    status: 400,
    title: { th: 'ตราประทับเวลาผิดรูปแบบ', en: 'A time-stamp is malformed' },
    next: {
      th: 'ขอตราประทับเวลาใหม่ตาม RFC 3161',
      en: 'Ask for a new time-stamp as RFC 3161 defines it.',
    },
  },
  'timestamp-invalid': {
    status: 422,
    title: { th: 'ตราประทับเวลาไม่ตรงกับข้อมูล', en: 'A time-stamp does not match the data' },
    next: {
      th: 'ข้อมูลหรือตราประทับเวลาถูกแก้ไข ตรวจกับต้นฉบับ',
      en: 'The data or the time-stamp was altered: compare with the original.',
    },
  },
  'timestamp-refused': {
    status: 502,
    title: { th: 'ผู้ให้บริการประทับเวลาปฏิเสธคำขอ', en: 'The time-stamp authority refused the request' },
    next: {
      th: 'ดูเหตุผลที่แจ้งมา แก้คำขอ แล้วลองใหม่',
      en: 'See the reason given, correct the request, and try again.',
    },
  },
  'note-malformed': {
    status: 400,
    title: { th: 'บันทึกลงนาม (signed note) ผิดรูปแบบ', en: 'A signed note is malformed' },
    next: {
      th: 'ส่งบันทึกตามรูปแบบ c2sp.org/signed-note โดยไม่แปลงอักขระหรือขึ้นบรรทัดใหม่',
      en: 'Send the note as c2sp.org/signed-note defines it, without converting characters or line ends.',
    },
  },
  'note-untrusted': {
    status: 422,
    title: { th: 'บันทึกไม่มีลายมือชื่อที่เชื่อถือและถูกต้อง', en: 'A note has no valid signature of a trusted key' },
    next: {
      th: 'ตรวจว่าใช้กุญแจตรวจสอบของบันทึกนี้ และบันทึกไม่ถูกแก้ไข',
      en: "Check that these are the note's verifier keys and that the note was not altered.",
    },
  },
  'checkpoint-malformed': {
    status: 400,
    title: { th: 'จุดตรวจ (checkpoint) ผิดรูปแบบ', en: 'A checkpoint is malformed' },
    next: {
      th: 'ส่งจุดตรวจตามรูปแบบ c2sp.org/tlog-checkpoint: ต้นทาง ขนาด และแฮชราก บรรทัดละหนึ่งอย่าง',
      en: 'Send the checkpoint as c2sp.org/tlog-checkpoint defines it: origin, size and root hash, one a line.',
    },
  },
})

/** Every problem of the package. */
export const trustProblems = {
  ...groundProblems,
  ...signingKeyProblems,
  ...signingServiceProblems,
  ...tokenProblems,
}
