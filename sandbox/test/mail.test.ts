import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { afterEach, describe, expect, it } from 'vitest'
import { createSandboxMail, type SandboxMailOptions } from '../src/index.ts'

interface MailRun {
  readonly origin: string
  readonly smtpPort: number
  send(letter: SendMailOptions): Promise<void>
  page(path?: string): Promise<{ status: number; text: string; headers: Headers }>
  close(): Promise<void>
}

async function mailRun(options: Partial<SandboxMailOptions> = {}): Promise<MailRun> {
  const server = createServer((asked, answer) => mail.handler(asked, answer))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const mail = createSandboxMail({ origin, ...options })
  await once(mail.smtp.listen(0, '127.0.0.1'), 'listening')
  const smtpPort = (mail.smtp.address() as AddressInfo).port
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true })
  return {
    origin,
    smtpPort,
    send: async (letter) => {
      await transport.sendMail({ from: 'Sapan <no-reply@sapan.example>', ...letter })
    },
    page: async (path = '/') => {
      const response = await fetch(origin + path)
      return { status: response.status, text: await response.text(), headers: response.headers }
    },
    close: async () => {
      transport.close()
      await mail.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

let open: MailRun | undefined
const begin = async (options?: Partial<SandboxMailOptions>) => {
  open = await mailRun(options)
  return open
}
afterEach(async () => {
  await open?.close()
  open = undefined
})

/** The addresses of the letters on a page, in its order. */
const lettersOn = (text: string) =>
  [...text.matchAll(/href="(\/letters\/[0-9a-f-]{36})"/g)].map(([, at]) => at)

async function newest({ page }: MailRun): Promise<string> {
  return lettersOn((await page()).text)[0] ?? 'no letter'
}

describe('a letter in the sandbox', () => {
  it('arrives by SMTP and is shown with what it says, in Thai too', async () => {
    const run = await begin({ clock: () => Date.parse('2026-11-23T02:00:00Z') })
    await run.send({
      to: 'somchai@mail.example',
      subject: 'คุณมีข้อความใหม่ที่สะพาน: ความปลอดภัยของบัญชีและการเข้าใช้ระบบของคุณ',
      text: 'รหัสยืนยันของคุณคือ 482913\n\nhttps://portal.example/me/inbox?a=1&b=2\n',
      html: '<p>รหัส <b>482913</b></p>',
    })
    const list = await run.page()
    expect(list.text).toContain('คุณมีข้อความใหม่ที่สะพาน: ความปลอดภัยของบัญชีและการเข้าใช้ระบบของคุณ')
    const { text } = await run.page(await newest(run))
    expect(text).toContain('รหัสยืนยันของคุณคือ 482913')
    expect(text).toContain('<a rel="noreferrer" href="https://portal.example/me/inbox?a=1&amp;b=2">')
    expect(text).toContain('Sapan &lt;no-reply@sapan.example&gt;')
    expect(text).toContain('datetime="2026-11-23T02:00:00.000Z"')
    expect((await run.page(`${await newest(run)}/html`)).text).toContain('<p>รหัส <b>482913</b></p>')
  })

  it('is listed under each of its recipients, the newest first; hidden ones are told as the envelope has them', async () => {
    const run = await begin()
    await run.send({ to: 'a@mail.example', subject: 'first', text: '1' })
    await run.send({ to: 'a@mail.example', bcc: 'b+x@mail.example', subject: 'second', text: '2' })
    const of = async (to: string) => (await run.page(`/?to=${encodeURIComponent(to)}`)).text
    expect((await of('a@mail.example')).match(/first|second/g)).toEqual(['second', 'first'])
    expect((await of('b+x@mail.example')).match(/first|second/g)).toEqual(['second'])
    expect((await of('c@mail.example')).match(/first|second/g)).toBeNull()
    expect((await run.page()).text).toContain('href="/?to=b%2Bx%40mail.example"')
  })

  it('is marked as a demonstration on every page, in both languages', async () => {
    const run = await begin()
    await run.send({ to: 'a@mail.example', text: 'x' })
    for (const path of ['/', await newest(run), '/letters/none']) {
      const { text } = await run.page(path)
      expect(text).toContain('นี่คือการสาธิต')
      expect(text).toContain('This is a demonstration')
    }
  })

  it.each(['base64', 'quoted-printable'] as const)('is read from %s', async (textEncoding) => {
    const run = await begin()
    await run.send({ to: 'a@mail.example', subject: '=?UTF-8?Q?=E0?=', text: 'ก=ข\r\nบรรทัด', textEncoding })
    expect((await run.page(await newest(run))).text).toContain('ก=ข\r\nบรรทัด')
  })

  it('shows no attachment', async () => {
    const run = await begin()
    const attachments = [{ filename: 'a.txt', contentType: 'text/plain', content: 'of the attachment' }]
    await run.send({ to: 'a@mail.example', html: '<p>whole</p>', attachments })
    expect((await run.page(await newest(run))).text).not.toContain('of the attachment')
  })
})

describe('a hostile letter', () => {
  const hostile = '</div><script>alert(1)</script><img src=x onerror=alert(1)>'

  it('is shown as the text that it is', async () => {
    const run = await begin()
    await run.send({
      from: { name: '"><script>alert(1)</script>', address: 'x@mail.example' },
      to: "a&b'c@mail.example",
      subject: `${hostile}\u202e`,
      text: `${hostile} javascript:alert(1) https://x.example/"onclick=alert(1)`,
    })
    const [list, letter] = [await run.page(), await run.page(await newest(run))]
    for (const { text } of [list, letter]) {
      expect(text).not.toMatch(/<script|<img|<\/div><script|"onclick/)
      expect(text).toContain('&lt;script&gt;alert(1)')
      // Letters that turn the direction end with the subject.
      expect(text).toContain('\u202e</bdi>')
      expect(text).toContain('a&amp;b&#39;c@mail.example')
    }
    expect(letter.text).not.toContain('href="javascript')
  })

  it('runs nothing and reaches nothing as HTML, in its frame or opened by itself', async () => {
    const run = await begin()
    await run.send({ to: 'a@mail.example', subject: 'x', html: hostile })
    const letter = await newest(run)
    const { text, headers } = await run.page(letter)
    expect(text).toContain(`<iframe sandbox title="HTML" src="${letter}/html"></iframe>`)
    expect(text).not.toContain('<script')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/)
    const html = await run.page(`${letter}/html`)
    expect(html.text).toContain('<script>')
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/)
    expect(html.headers.get('content-security-policy')).not.toContain('allow')
    expect(html.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    ['no headers', 'just words'],
    ['headers without a body', 'Subject: x'],
    ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=b\r\n\r\ntext'],
    ['parts without a boundary', 'Content-Type: multipart/mixed\r\n\r\ntext'],
    ['parts in itself', `Content-Type: multipart/mixed; boundary=b\r\n\r\n${nested(200)}`],
    ['an unknown character set', 'Content-Type: text/plain; charset=klingon\r\n\r\ntext'],
    ['a broken encoding', 'Content-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=\r\n=4'],
    ['octets that are no text', 'Subject: =?UTF-8?B?/////w==?=\r\n\r\n\x00\x01'],
  ])('with %s is shown as far as it goes', async (_, raw) => {
    const run = await begin()
    await run.send({ envelope: { from: 'x@mail.example', to: 'a@mail.example' }, raw })
    expect((await run.page(await newest(run))).status).toBe(200)
  })
})

function nested(depth: number): string {
  const head = (at: number) => `--b${at || ''}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`
  return Array.from({ length: depth }, (_, at) => head(at)).join('')
}

describe('what is kept', () => {
  it('is as many letters as were agreed on, the oldest going first', async () => {
    const run = await begin({ limits: { letters: 3, bytes: 10_000_000 } })
    for (let i = 0; i < 5; i++) await run.send({ to: `${i}@mail.example`, subject: `letter ${i}`, text: 'x' })
    const { text } = await run.page()
    expect(text.match(/letter \d/g)).toEqual(['letter 4', 'letter 3', 'letter 2'])
    expect(text).not.toContain('0@mail.example')
  })

  it('is as many octets as were agreed on', async () => {
    const run = await begin({ limits: { letters: 100, bytes: 25_000 } })
    for (let i = 0; i < 5; i++) {
      await run.send({ to: 'a@mail.example', subject: `letter ${i}`, text: 'x'.repeat(10_000) })
    }
    expect((await run.page()).text.match(/letter \d/g)).toEqual(['letter 4', 'letter 3'])
  })

  it('has no letter of more than a megabyte, nor one to more than twenty', async () => {
    const run = await begin()
    const large = run.send({ to: 'a@mail.example', text: 'x'.repeat(2 ** 20 + 1) })
    await expect(large).rejects.toMatchObject({ responseCode: 552 })
    const to = Array.from({ length: 30 }, (_, i) => `${i}@mail.example`)
    await run.send({ to, subject: 'many', text: 'x' })
    const listed = (await run.page()).text.match(/href="\/\?to=/g)
    expect(listed).toHaveLength(20)
  })

  it('takes nothing of a letter whose sender goes away in the middle', async () => {
    const run = await begin()
    const socket = connect(run.smtpPort, '127.0.0.1')
    for (const line of ['EHLO x', 'MAIL FROM:<x@mail.example>', 'RCPT TO:<a@mail.example>', 'DATA']) {
      await once(socket, 'data')
      socket.write(`${line}\r\n`)
    }
    await once(socket, 'data')
    socket.end('Subject: half\r\n\r\nhalf')
    await once(socket, 'close')
    await run.send({ to: 'a@mail.example', subject: 'whole', text: 'x' })
    expect(lettersOn((await run.page()).text)).toHaveLength(1)
  })
})

describe('the page of the mail system', () => {
  it('answers under its own name alone', async () => {
    const run = await begin()
    const asked = request(run.origin, { headers: { host: 'elsewhere.example' } }).end()
    const [answer] = await once(asked, 'response')
    expect(answer.statusCode).toBe(421)
    answer.resume()
  })

  it.each([
    '/letters/5f4dcc3b-0000-4000-8000-000000000000',
    '/letters/x',
    '/nothing',
    '//elsewhere.example/',
  ])('says of %s that it is not there', async (path) => {
    const run = await begin()
    expect((await run.page(path)).status).toBe(404)
  })

  it('is only read', async () => {
    const run = await begin()
    const response = await fetch(run.origin, { method: 'POST' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })
})
