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

const longName =
  'นางสาวพระพิมพ์ลดาวัลย์รัตนโกสินทร์ ณ อยุธยามหานครอมรรัตนโกสินทร์ ผู้อำนวยการสำนักส่งเสริมและพัฒนาการแลกเปลี่ยนข้อมูลภาครัฐระหว่างหน่วยงาน'

function signedBy(name: string, id: string, over: Partial<SignatureReport> = {}): SignatureReport {
  const { signer } = goodSignature
  return { ...goodSignature, id, ...(signer && { signer: { ...signer, name } }), ...over }
}

export const severalReport: Report = {
  ...passedReport,
  signatures: [
    signedBy('นายทะเบียน สมมติวงศ์', 'registrar', { changesAfter: 'allowed' }),
    signedBy('รองศาสตราจารย์ ดร. ตัวอย่าง เจริญวิทยากุล', 'dean', {
      reason: 'รับรองผลการศึกษา',
      location: 'เชียงใหม่',
    }),
    signedBy('ตราประทับอิเล็กทรอนิกส์ มหาวิทยาลัยตัวอย่างเพื่อการทดสอบ', 'seal', { changesAfter: 'none' }),
  ],
}

export const longReport: Report = {
  ...passedReport,
  file: {
    ...passedReport.file,
    name: `หนังสือรับรองผลการศึกษาและการอบรมหลักสูตรการใช้เอกสารอิเล็กทรอนิกส์ฉบับสมบูรณ์แก้ไขครั้งสุดท้าย_${'final-'.repeat(12)}v2.pdf`,
  },
  signatures: [
    signedBy(longName, 'long', {
      reason: 'ออกเอกสารตามคำขอของผู้ยื่นและตามระเบียบว่าด้วยงานสารบรรณซึ่งแก้ไขเพิ่มเติมทุกฉบับ',
      location: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
    }),
  ],
  document: {
    ...passedReport.document,
    revisions: [],
    title: `${longName} ${longName}`,
    attachments: [
      {
        name: `${'ภาคผนวก'.repeat(12)}.xlsx`,
        mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        sha256: 'a'.repeat(64),
        bytes: 5_242_880,
      },
    ],
  },
}

export const changedReport: Report = {
  ...passedReport,
  conclusion: 'TOTAL-FAILED',
  subIndication: 'FORMAT_FAILURE',
  signatures: [
    {
      ...goodSignature,
      indication: 'TOTAL-FAILED',
      subIndication: 'FORMAT_FAILURE',
      changesAfter: 'refused',
      checks: [
        ...goodSignature.checks,
        {
          id: 'changes-after',
          passed: false,
          text: {
            th: 'มีการเปลี่ยนภายหลังที่ลายมือชื่อไม่อนุญาต',
            en: 'The file was altered later in a way that the signature does not permit',
          },
          detail: 'page-content',
        },
      ],
    },
  ],
  document: {
    ...passedReport.document,
    attachments: [],
    revisions: [
      { index: 0, signedBy: 'signature', changes: [], verdict: 'first' },
      {
        index: 1,
        changes: [{ kind: 'dss', text: { th: 'เพิ่มข้อมูลสำหรับตรวจสอบ', en: 'Data for checking was added' } }],
        verdict: 'allowed',
      },
      {
        index: 2,
        changes: [
          {
            kind: 'page-content',
            text: { th: 'เนื้อหาของหน้าถูกเปลี่ยน', en: 'The content of a page was changed' },
            detail: '/Root/Pages/Kids/0/Contents',
          },
          { kind: 'annotation', text: { th: 'เพิ่มสิ่งทับบนหน้า', en: 'Something was laid over a page' } },
        ],
        verdict: 'refused',
      },
    ],
  },
  findings: failedReport.findings,
}

export const differingReport: Report = {
  ...passedReport,
  document: {
    ...passedReport.document,
    revisions: [],
    attachments: passedReport.document?.attachments ?? [],
    embedded: {
      template: 'receipt',
      agrees: false,
      differences: [
        {
          kind: 'page',
          text: { th: 'หน้าเอกสารแสดงต่างจากข้อมูล', en: 'The page shows something else than the data' },
          expected: 'ขออนุมัติจ่ายเงิน9,000,000บาทแก่บริษัทสมมติจำกัด(มหาชน)ตามส',
          shown: 'ขออนุมัติจ่ายเงิน900บาทแก่บริษัทสมมติจำกัด(มหาชน)ตามสัญญาเลข',
        },
      ],
    },
  },
  findings: [
    {
      code: 'embedded-differs',
      severity: 'error',
      text: {
        th: 'ข้อมูลที่ฝังมาไม่ตรงกับหน้าที่มองเห็น',
        en: 'The data inside differs from what the page shows',
      },
    },
  ],
}

const files = ['หนังสือนำส่ง.pdf', 'ผังเมืองรวม/แผนผังแนวเขต ฉบับที่ 2.dwg', 'data.json']

export const containerReport: Report = {
  file: { name: 'เอกสารประกอบคำขอ.asice', bytes: 1_871_234, sha256: 'c'.repeat(64), format: 'asic-e' },
  at,
  conclusion: 'TOTAL-PASSED',
  signatures: [
    { ...goodSignature, level: 'CAdES-B-LTA', scope: 'whole-file', changesAfter: 'none', covers: files },
  ],
  document: {
    revisions: [],
    attachments: files.map((name) => ({ name, sha256: 'd'.repeat(64), bytes: 48_213 })),
  },
  findings: [],
}

export const detachedReport: Report = {
  file: { name: 'ประกาศ.pdf.p7s', bytes: 4_812, sha256: 'c'.repeat(64), format: 'cades' },
  at,
  conclusion: 'INDETERMINATE',
  subIndication: 'SIGNED_DATA_NOT_FOUND',
  signatures: [
    {
      ...goodSignature,
      level: 'CAdES-B-B',
      indication: 'INDETERMINATE',
      subIndication: 'SIGNED_DATA_NOT_FOUND',
      scope: 'detached',
      timestamps: [],
      changesAfter: 'none',
      checks: [
        {
          id: 'signed-data-found',
          passed: false,
          text: { th: 'ไม่พบข้อมูลที่ลงนาม', en: 'What was signed is not there' },
        },
      ],
    },
  ],
  findings: [
    {
      code: 'detached-file-missing',
      severity: 'warning',
      text: {
        th: 'ต้องมีไฟล์ที่ลงนามด้วย จึงจะตรวจได้',
        en: 'The file that was signed is needed for checking',
      },
    },
  ],
}

export const unreadReport: Report = {
  file: { name: 'สแกน.pdf', bytes: 90_000, sha256: 'e'.repeat(64), format: 'unsigned-pdf' },
  at,
  conclusion: 'INDETERMINATE',
  signatures: [],
  findings: [
    {
      code: 'unreadable',
      severity: 'warning',
      text: { th: 'อ่านส่วนหนึ่งของไฟล์ไม่ได้', en: 'A part of the file cannot be read' },
      detail: 'xref',
    },
  ],
}

export const everyReport = {
  passedReport,
  severalReport,
  longReport,
  failedReport,
  changedReport,
  differingReport,
  unsureReport,
  unsignedReport,
  containerReport,
  detachedReport,
  unreadReport,
}
