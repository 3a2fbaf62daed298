import { counted, Problem, type ProblemOptions } from '@sapan/kernel'
import { siteProblems } from '../problems.ts'

/** Seconds. Those who are sent away at once come back spread over the second of them. */
const [least, spread] = [10, 10]

/** How many requests a process answers at once: who comes beyond is told when to come again, before any work is done. */
export class Crowd {
  readonly #most: number
  #inside = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Gives what to call when they leave. */
  enter(): () => void {
    this.#inside++
    return () => {
      this.#inside--
    }
  }

  get isTooLarge(): boolean {
    return this.#inside > this.#most
  }
}

/**
 * That the site cannot answer now, when to come again, and what became of what was sent. Nobody has a place in a line: who
 * comes when there is room is let in. So none is told, only the time.
 */
export function busyProblem(method: string, options: ProblemOptions = {}): Problem {
  const seconds = least + Math.floor(Math.random() * (spread + 1))
  return new Problem(siteProblems['site-busy'], {
    ...options,
    detail: detailOf(isReading(method), seconds),
    extensions: { retryAfter: seconds },
  })
}

/** A request that changes nothing. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function detailOf(mayRepeat: boolean, seconds: number) {
  return mayRepeat
    ? {
        th: `หน้านี้จะลองเปิดใหม่เองในอีก ${seconds} วินาที ไม่ต้องกดอะไร`,
        en: `This page tries again by itself in ${counted(seconds, 'second', 'seconds')}. You need do nothing.`,
      }
    : {
        th: `สิ่งที่ส่งเมื่อครู่อาจยังไม่ถูกรับ รอ ${seconds} วินาที แล้วกดย้อนกลับและส่งอีกครั้ง`,
        en: `What you sent just now may not have been taken. Wait ${counted(seconds, 'second', 'seconds')}, then go back and send it again.`,
      }
}
