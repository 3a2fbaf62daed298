import { type CscKeyOptions, cscKey, type JsonPost } from '../src/index.ts'
import { ServiceDesk } from './signing-service-desk.ts'

interface Sent {
  readonly method: string
  readonly token: string | undefined
  readonly body: string
}

/** Posts straight to a desk, remembers what was sent, and lets `meddle` answer in its place. */
export class Line {
  readonly sent: Sent[] = []
  readonly desk: ServiceDesk
  meddle: (method: string, times: number) => Awaited<ReturnType<JsonPost>> | undefined = () => undefined

  constructor(desk: ServiceDesk) {
    this.desk = desk
  }

  get post(): JsonPost {
    return async ({ url, headers, body }) => {
      const path = new URL(url).pathname
      const method = path.split('/').slice(-2).join('/')
      this.sent.push({ method, token: headers.authorization, body })
      const meddled = this.meddle(method, this.times(method))
      return meddled ?? this.desk.service({ method: 'POST', path, headers, body: Buffer.from(body) })
    }
  }

  times(method: string): number {
    return this.sent.filter((each) => each.method === method).length
  }

  key(more: Partial<CscKeyOptions> = {}) {
    return cscKey({
      baseUrl: 'https://signing.example/',
      credentialId: 'seal',
      token: () => 'officer',
      authorize: () => ({ pin: '1234' }),
      post: this.post,
      againAfterMs: 1,
      askEveryMs: 1,
      ...more,
    })
  }
}

export const answer = (status: number, body: object = {}) => ({
  status,
  body: Buffer.from(JSON.stringify(body)),
})

export async function line(...given: Parameters<typeof ServiceDesk.open>): Promise<Line> {
  return new Line(await ServiceDesk.open(...given))
}
