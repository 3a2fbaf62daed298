import { http } from '../clients/http.ts'
import { bad, type Check, good } from './check.ts'

/** True where one of these processes answers at all: `sapan center` and `sapan gateway` hold no lock on a home. */
export async function someAnswer(origins: readonly string[]): Promise<boolean> {
  const answers = await Promise.allSettled(origins.map((origin) => http(origin, '/health')))
  return answers.some(({ status }) => status === 'fulfilled')
}

/** A process answers on its health address. */
export async function checkAnswers(of: string, origin: string): Promise<Check> {
  try {
    const { status } = await http(origin, '/health')
    if (status < 500) return good('answers', { th: `ตอบที่ ${origin}`, en: `answers at ${origin}` }, of)
    return bad(
      'answers',
      { th: `${origin} ตอบว่าไม่พร้อม (${status})`, en: `${origin} says that it is not ready (${status})` },
      {
        th: 'ดูบันทึกของมัน: โฟลเดอร์ logs หรือเอาต์พุตมาตรฐาน',
        en: 'look into its log: the folder logs, or its standard output',
      },
      of,
    )
  } catch {
    return bad(
      'answers',
      { th: `${origin} ไม่ตอบ`, en: `${origin} does not answer` },
      {
        th: 'เปิดใหม่แบบเดิม ทั้งประเทศเปิดด้วย sapan up',
        en: 'start it as before, a whole home with: sapan up',
      },
      of,
    )
  }
}
