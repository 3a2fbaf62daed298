import type { Text } from '@sapan/kernel'
import type { unmetCertificateDemand } from '../../check/pades/certificate-seed.ts'
import {
  type DemandedParts,
  demandedSubFilter,
  permittedReasons,
  type SeedValues,
  type UnmetDemand,
} from '../../pdf/index.ts'

type Say = (seed: SeedValues, parts: DemandedParts) => Text

/** What a field demands that its signature would not do, and what to do about it. */
export function demandText(unmet: UnmetDemand, seed: SeedValues, parts: DemandedParts): Text {
  return texts[unmet](seed, parts)
}

export function certificateDemandText(unmet: NonNullable<ReturnType<typeof unmetCertificateDemand>>): Text {
  return certificateTexts[unmet]
}

const texts: Readonly<Record<UnmetDemand, Say>> = {
  filter: ({ filter = '' }) => ({
    th: `ต้องลงนามด้วยโปรแกรมของ ${quoted(filter)} ให้ใช้โปรแกรมนั้น`,
    en: `it demands the signature handler ${quoted(filter)}: sign it with software that has it`,
  }),
  'sub-filter': (seed) => ({
    th: `ต้องใช้ลายมือชื่อรูปแบบ ${quoted(demandedSubFilter(seed) ?? '')} แต่ที่นี่ลงนามแบบ ETSI.CAdES.detached ให้ใช้โปรแกรมอื่นหรือช่องอื่น`,
    en: `it demands the encoding ${quoted(demandedSubFilter(seed) ?? '')}, and ETSI.CAdES.detached is what is written here: use other software or another field`,
  }),
  version: ({ version }) => ({
    th: `เงื่อนไขเป็นรุ่น ${version} ซึ่งใหม่กว่าที่รู้จัก ให้ใช้โปรแกรมที่ใหม่กว่าหรือช่องอื่น`,
    en: `its conditions are of version ${version}, newer than those known here: use newer software or another field`,
  }),
  reason: (seed) => ({
    th: `ต้องให้เหตุผลข้อใดข้อหนึ่งต่อไปนี้ (--reason): ${list(permittedReasons(seed))}`,
    en: `it demands one of these reasons (--reason): ${list(permittedReasons(seed))}`,
  }),
  'no-reason': () => ({
    th: 'ห้ามให้เหตุผล ลงนามโดยไม่ใส่ --reason',
    en: 'it permits no reason: sign without --reason',
  }),
  attestation: ({ attestations = [] }) => ({
    th: `เอกสารต้องมีคำรับรองทางกฎหมาย ${list(attestations)} ให้ผู้จัดทำใส่ไว้ก่อนลงนาม`,
    en: `it demands that the document holds a legal attestation ${list(attestations)}: have its maker put it in first`,
  }),
  digest: ({ digests = [] }, { digest = '' }) => ({
    th: `ต้องใช้ค่าย่อยแบบ ${list(digests)} แต่กุญแจนี้ลงนามด้วย ${digest} ให้ใช้กุญแจที่ใช้ค่าย่อยนั้น`,
    en: `it demands the digest ${list(digests)}, and this key signs with ${digest}: use a key that signs with that`,
  }),
  revocation: () => noRevocation,
  'revocation-encoding': () => noRevocation,
  'no-revocation': () => ({
    th: 'ห้ามมีข้อมูลการเพิกถอนในลายมือชื่อ',
    en: 'it permits no revocation information inside the signature',
  }),
  'certification-unreadable': () => ({
    th: 'อ่านเงื่อนไขเรื่องการรับรองเอกสารไม่ได้ ให้ผู้จัดทำแก้ไข หรือใช้ช่องอื่น',
    en: 'what it says of certification cannot be read: have its maker mend it, or use another field',
  }),
  certification: () => ({
    th: 'ต้องรับรองเอกสาร ซึ่งทำได้เฉพาะลายมือชื่อแรก ให้ลงนามช่องนี้ก่อนช่องอื่น',
    en: 'it demands that the document is certified, which only its first signature can do: sign this field before others',
  }),
  'no-certification': () => ({
    th: 'ห้ามรับรองเอกสาร ลงนามโดยไม่ใส่ --certify',
    en: 'it permits no certification: sign without --certify',
  }),
  'certification-level': ({ certification = 0 }) => ({
    th: `ต้องรับรองเอกสารแบบ --certify ${permissions[certification] ?? certification}`,
    en: `it demands another certification: --certify ${permissions[certification] ?? certification}`,
  }),
  lock: () => ({
    th: 'ต้องปิดเอกสารไม่ให้แก้ไข',
    en: 'it demands that the document is locked',
  }),
  'no-lock': () => ({
    th: 'ห้ามปิดเอกสาร ลงนามโดยไม่ใส่ --certify nothing หรือใช้ช่องที่ไม่ปิดเอกสาร',
    en: 'it permits no lock: sign without --certify nothing, in a field that does not lock either',
  }),
  timestamp: () => ({
    th: 'ต้องมีตราประทับเวลา ลงนามระดับ B-T ขึ้นไป (--level B-T)',
    en: 'it demands a time-stamp: sign at level B-T or above (--level B-T)',
  }),
}

const noRevocation: Text = {
  th: 'ต้องมีข้อมูลการเพิกถอนในลายมือชื่อแบบ adbe.pkcs7 ซึ่งที่นี่ไม่เขียน (ระดับ B-LT เก็บไว้ในเอกสาร) ให้ใช้โปรแกรมอื่นหรือช่องอื่น',
  en: 'it demands revocation information inside the signature, as adbe.pkcs7 has it, which is not written here (level B-LT keeps it in the document): use other software or another field',
}

/** What --certify calls the levels. */
const permissions: Readonly<Record<number, string>> = { 1: 'nothing', 2: 'forms', 3: 'comments' }

const certificateTexts: Readonly<Record<Parameters<typeof certificateDemandText>[0], Text>> = {
  Subject: {
    th: 'ต้องลงนามด้วยใบรับรองใบอื่นที่ระบุไว้ ให้ผู้ถือใบรับรองนั้นลงนาม',
    en: 'it demands another certificate, which it names: have its holder sign',
  },
  Issuer: {
    th: 'ต้องใช้ใบรับรองจากผู้ออกที่ระบุไว้ ให้ใช้ใบรับรองจากผู้ออกนั้น และให้ใบรับรองของผู้ออกมาด้วย (--chain)',
    en: 'it demands a certificate of another authority, which it names: use one, and give those above it too (--chain)',
  },
  OID: {
    th: 'ต้องใช้ใบรับรองที่ออกตามนโยบายที่ระบุไว้ ให้ใช้ใบรับรองเช่นนั้น',
    en: 'it demands a certificate under another policy: use one that was issued under it',
  },
  SubjectDN: {
    th: 'ต้องใช้ใบรับรองในชื่อที่ระบุไว้ ให้ผู้มีชื่อนั้นลงนาม',
    en: 'it demands a certificate of another name: have the one so named sign',
  },
  KeyUsage: {
    th: 'ต้องใช้ใบรับรองที่มีการใช้กุญแจตามที่ระบุไว้ ให้ใช้ใบรับรองเช่นนั้น',
    en: 'it demands a certificate with another key usage: use one that has it',
  },
  Reserved: {
    th: 'มีเงื่อนไขเรื่องใบรับรองที่ไม่รู้จัก ให้ใช้โปรแกรมที่ใหม่กว่าหรือช่องอื่น',
    en: 'it demands of the certificate what is not known here: use newer software or another field',
  },
  missing: {
    th: 'มีเงื่อนไขเรื่องใบรับรอง แต่อ่านใบรับรองของผู้ลงนามไม่ได้ ให้ใช้ใบรับรองอื่น',
    en: "it makes demands on the certificate, and the signer's cannot be read: use another one",
  },
}

const mostShown = 10

function list(words: readonly string[]): string {
  const more = words.length > mostShown ? ', …' : ''
  return words.slice(0, mostShown).map(quoted).join(', ') + more
}

/** Words out of a file go to people's screens. */
function quoted(word: string): string {
  const plain = word.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
  return `"${plain.length > 100 ? `${plain.slice(0, 100)}…` : plain}"`
}
