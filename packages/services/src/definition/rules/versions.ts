import type { Rule } from './rule.ts'

/** A version that accepts what was begun under earlier ones names one that there can be: itself at most. */
export const acceptsEarlierOnes: Rule = ({ service, definition }) => {
  const { acceptsSince = 1, version } = definition
  if (acceptsSince <= version) return []
  const reason = {
    th: `รุ่นนี้คือรุ่น ${version} จึงรับรุ่นก่อนหน้าได้ไม่เกินรุ่น ${version}`,
    en: `This is version ${version}: it can accept what was begun since version ${version} at the latest.`,
  }
  return [service.source.note('/acceptsSince', 'wrong-value', reason)]
}
