import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger, defineProblems, Problem, WorkingDays } from '@sapan/kernel'
import type { SubsystemQuestion } from '../../src/ground.ts'
import type { FetchGround } from '../../src/prefill/fetch.ts'

export interface Register extends AsyncDisposable {
  readonly ground: FetchGround
  /** What was asked, in its order: the service and what follows it. */
  readonly asked: SubsystemQuestion[]
  readonly tokens: Parameters<FetchGround['rooms']['actorToken']>[0][]
  readonly lines: string[]
  at: number
}

export type Answers = Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>

export const json =
  (body: unknown, status = 200) =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

const silent = defineProblems({
  'test-register-down': {
    status: 502,
    title: { th: 'ไม่ตอบ', en: 'It does not answer' },
    next: { th: 'ลองใหม่', en: 'Try again' },
  },
})

/** Registers behind a real server, by the path that is asked; what has no answer is a 404, `down` hangs up. */
export async function register(answers: Answers): Promise<Register> {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    if (answer) answer(request, response)
    else json({ error: 'none' }, 404)(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const lines: string[] = []
  const asked: SubsystemQuestion[] = []
  const tokens: Register['tokens'] = []
  const made: Register = {
    asked,
    tokens,
    lines,
    at: Date.parse('2026-11-23T09:00:00+07:00'),
    ground: {
      clock: () => made.at,
      days,
      log: createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } }),
      rooms: {
        actorToken: async (request) => {
          tokens.push(request)
          return { token: `token-${tokens.length}`, expiresIn: 300 }
        },
      },
      ask: async (question) => {
        const at = asked.push(question)
        const response = await fetch(origin + question.path).catch(() => {
          throw new Problem(silent['test-register-down'])
        })
        return { status: response.status, body: await response.json(), exchange: `exchange-${at}` }
      },
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return made
}

export const down = (request: IncomingMessage): void => void request.socket.destroy()

/** Never answers. */
export const never = (): void => undefined

export const days = new WorkingDays({
  offset: '+07:00',
  opens: '08:30',
  closes: '16:30',
  weekend: [0, 6],
  holidays: new Map(),
  workdays: new Set(),
  knownUntil: '2026-12-31',
})
