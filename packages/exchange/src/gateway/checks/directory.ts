import type { DirectoryStanding } from '../../directory/client.ts'
import { bad, type Check, good, warning } from './check.ts'

/** How long ago the center confirmed the directory. */
export function checkDirectory(
  { grade, version, confirmedAt }: Pick<DirectoryStanding, 'grade' | 'version' | 'confirmedAt'>,
  now: number,
): Check {
  const age = confirmedAt === null ? '?' : String(Math.max(0, Math.round((now - confirmedAt) / 1000)))
  const text = {
    th: `สารบบรุ่น ${version} ศูนย์กลางยืนยันเมื่อ ${age} วินาทีก่อน`,
    en: `directory version ${version}, confirmed by the center ${age} s ago`,
  }
  if (grade === 'fresh') return good('directory', text)
  const next = {
    th: 'ตรวจว่าติดต่อศูนย์กลางได้ และนาฬิกาถูกต้อง',
    en: 'see that the center can be reached, and that the clock is right',
  }
  return grade === 'refuse' ? bad('directory', text, next) : warning('directory', text, next)
}
