import { exchangeProblem } from '../problems.ts'

/**
 * What one member may have in the directory: every gateway of the country holds it, reads it again after each change,
 * and takes none that is larger than 64 MiB. Nobody fills it for the others.
 */
const limits = {
  grants: { most: 20_000, th: 'สิทธิที่มีผลอยู่', en: 'grants in force' },
  services: { most: 1_000, th: 'บริการ', en: 'services' },
  epochs: { most: 1_000, th: 'รุ่นของบันทึกหลักฐาน', en: 'epochs of the evidence log' },
  /** Of one member for signing, or of one gateway for TLS. */
  certificates: { most: 64, th: 'ใบรับรองที่มีผลอยู่', en: 'certificates in force' },
} as const

/** Throws Problem `directory-limit-reached` where there are more than there may be. */
export function requireRoom(what: keyof typeof limits, count: number): void {
  const { most, th, en } = limits[what]
  if (count <= most) return
  throw exchangeProblem('directory-limit-reached', {
    detail: { th: `${th}: ไม่เกิน ${most}`, en: `It has at most ${most} ${en}.` },
  })
}
