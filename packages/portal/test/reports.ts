import type { CertificateReport, Report, SignatureReport } from '@sapan/documents/check'

const at = '2026-11-22T03:00:00.000Z'

const authority: CertificateReport = {
  name: 'ผู้ออกใบรับรองสาธิต G1',
  organisation: 'สะพาน (สาธิต)',
  country: 'TH',
  serial: '2a',
  fingerprint: 'b'.repeat(64),
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2036-01-01T00:00:00.000Z',
  issuer: 'รากสาธิต',
  trusted: true,
}

export const goodSignature: SignatureReport = {
  id: 'signature',
  level: 'PAdES-B-LTA',
  indication: 'TOTAL-PASSED',
  signer: {
    name: 'ตราประทับอิเล็กทรอนิกส์ กรมตัวอย่างเพื่อการทดสอบ',
    organisation: 'กรมตัวอย่างเพื่อการทดสอบ',
    country: 'TH',
    serial: '5f3a9c01',
    fingerprint: 'a'.repeat(64),
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2028-01-01T00:00:00.000Z',
    issuer: 'ผู้ออกใบรับรองสาธิต G1',
    chain: [authority],
  },
  claimedAt: '2026-11-21T03:32:00.000Z',
  bestSignatureTime: '2026-11-21T03:32:04.000Z',
  timestamps: [
    {
      id: 'stamp',
      kind: 'signature',
      at: '2026-11-21T03:32:04.000Z',
      authority: 'ตราประทับเวลาสาธิต',
      indication: 'TOTAL-PASSED',
      checks: [],
    },
  ],
  scope: 'whole-revision',
  algorithms: { signature: 'ecdsa', digest: 'sha256', key: 'P-256' },
  checks: [
    {
      id: 'byte-range',
      passed: true,
      text: { th: 'ลายมือชื่อครอบคลุมไฟล์ทั้งฉบับ', en: 'The signature covers the whole file' },
    },
    {
      id: 'signed-data-intact',
      passed: true,
      text: { th: 'ข้อมูลที่ลงนามไม่ถูกเปลี่ยน', en: 'What was signed is unchanged' },
    },
    { id: 'not-revoked', passed: true, text: { th: 'ใบรับรองไม่ถูกเพิกถอน', en: 'No certificate is revoked' } },
  ],
  changesAfter: 'allowed',
  reason: 'ออกเอกสารตามคำขอ',
  revision: 0,
  findings: [],
}

export const passedReport: Report = {
  file: { name: 'หนังสือรับรอง.pdf', bytes: 71_234, sha256: 'c'.repeat(64), format: 'pdf' },
  at,
  conclusion: 'TOTAL-PASSED',
  signatures: [goodSignature],
  document: {
    pages: 1,
    pdfaClaim: 'PDF/A-3A',
    title: 'หนังสือรับรอง ตย 0101/123',
    revisions: [
      { index: 0, signedBy: 'signature', changes: [], verdict: 'first' },
      {
        index: 1,
        changes: [{ kind: 'dss', text: { th: 'เพิ่มข้อมูลสำหรับตรวจสอบ', en: 'Data for checking was added' } }],
        verdict: 'allowed',
      },
    ],
    attachments: [
      {
        name: 'data.json',
        mime: 'application/json',
        relationship: 'Data',
        sha256: 'd'.repeat(64),
        bytes: 812,
      },
      {
        name: 'data.xml',
        mime: 'application/xml',
        relationship: 'Alternative',
        sha256: 'e'.repeat(64),
        bytes: 1024,
      },
    ],
    embedded: { template: 'certificate-letter', agrees: true, differences: [] },
  },
  findings: [],
}

export const failedReport: Report = {
  ...passedReport,
  conclusion: 'TOTAL-FAILED',
  subIndication: 'HASH_FAILURE',
  signatures: [
    goodSignature,
    {
      ...goodSignature,
      id: 'second',
      indication: 'TOTAL-FAILED',
      subIndication: 'HASH_FAILURE',
      changesAfter: 'refused',
      timestamps: [],
      checks: [
        {
          id: 'byte-range',
          passed: true,
          text: { th: 'ลายมือชื่อครอบคลุมไฟล์ทั้งฉบับ', en: 'The signature covers the whole file' },
        },
        {
          id: 'signed-data-intact',
          passed: false,
          text: { th: 'ข้อมูลถูกเปลี่ยนหลังลงนาม', en: 'What was signed has been changed' },
          detail: 'messageDigest',
        },
      ],
    },
  ],
  findings: [
    {
      code: 'changed-after-last-signature',
      severity: 'error',
      text: { th: 'ไฟล์ถูกแก้ไขหลังลายมือชื่อสุดท้าย', en: 'The file was changed after the last signature' },
    },
  ],
}

export const unsureReport: Report = {
  ...passedReport,
  conclusion: 'INDETERMINATE',
  subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
  signatures: [
    {
      ...goodSignature,
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      timestamps: [],
      changesAfter: 'none',
    },
  ],
}

export const unsignedReport: Report = {
  file: { name: 'ใบปลิว.pdf', bytes: 900, sha256: 'f'.repeat(64), format: 'unsigned-pdf' },
  at,
  conclusion: 'NO_SIGNATURE',
  signatures: [],
  document: { pages: 2, revisions: [], attachments: [] },
  findings: [],
}

export const everyReport = { passedReport, failedReport, unsureReport, unsignedReport }
