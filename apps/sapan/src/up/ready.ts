import type { Endpoints } from '../home/endpoints.ts'
import { homeFolder } from '../home/layout.ts'
import { tick } from '../terminal/lines.ts'
import { table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface Ready {
  readonly home: string
  readonly endpoints: Endpoints
  /** A person of the sandbox whose number works. */
  readonly person: string
  readonly seconds: number
  readonly json: boolean
}

/** What runs where, and what to try. */
export function showReady(terminal: Terminal, ready: Ready): void {
  const { home, endpoints, person, seconds, json } = ready
  if (json) {
    terminal.out(JSON.stringify({ home, endpoints, person, seconds }, null, 2))
    return
  }
  const { say } = terminal
  terminal.out('')
  const rows = Object.entries(endpoints.gateways).map(([code, { edge, peer, admin }]) => [
    code,
    edge,
    peer,
    admin,
  ])
  const heading = [
    say({ th: 'เกตเวย์', en: 'gateway' }),
    say({ th: 'ระบบภายใน (edge)', en: 'own systems (edge)' }),
    say({ th: 'เกตเวย์อื่น (peer)', en: 'other gateways (peer)' }),
    say({ th: 'ผู้ดูแล (admin)', en: 'operator (admin)' }),
  ]
  for (const line of table(heading, rows)) terminal.out(line)
  terminal.out(`${say({ th: 'ศูนย์กลาง', en: 'center' })}  ${endpoints.center}`)
  for (const line of faceLines(terminal, endpoints)) terminal.out(line)
  terminal.out('')
  terminal.out(
    tick(
      terminal,
      say({
        th: `พร้อมใน ${seconds.toFixed(1)} วินาที ลองห้าอย่างนี้ สี่อย่างหลังในหน้าต่างอื่น:`,
        en: `Ready in ${seconds.toFixed(1)} s. Five things to try, the last four in another terminal:`,
      }),
    ),
  )
  for (const line of thingsToTry(terminal, ready)) terminal.out(line)
  terminal.out('')
  terminal.out(
    say({
      th: 'คนและบริษัททั้งหมดเป็นข้อมูลสมมุติ กด Ctrl-C เพื่อปิด',
      en: 'All people and companies are made up. Ctrl-C stops it.',
    }),
  )
}

/** What people open: each of them works in any browser, without anything installed. */
function faceLines({ say }: Terminal, { portal, desk, mail, bank }: Endpoints): string[] {
  const rows = [
    [say({ th: 'พอร์ทัล', en: 'portal' }), portal],
    [say({ th: 'ตรวจเอกสาร', en: 'check documents' }), `${portal}/check`],
    [say({ th: 'โต๊ะเจ้าหน้าที่', en: "officers' desk" }), desk],
    [say({ th: 'จดหมายที่ส่งออก', en: 'letters sent' }), mail],
    [say({ th: 'ธนาคารสมมติ', en: 'made-up bank' }), bank],
  ]
  return table(
    ['', ''],
    rows.map(([name = '', address = '']) => [name, address]),
  ).slice(2)
}

function thingsToTry({ say, env }: Terminal, { home, endpoints, person }: Ready): string[] {
  const path = `TH/GOV/DOPA/population/person-v1/persons/${person}`
  // In another terminal, a home elsewhere has to be named.
  const named = home === homeFolder(undefined, { ...env, SAPAN_HOME: undefined }) ? '' : ` --home ${home}`
  return [
    '',
    say({
      th: '1. เปิดพอร์ทัล ค้นคำว่า “ขอคืนภาษี” แล้วยื่นแบบ เล่นเป็นบุคคลตัวอย่างด้วยการกดครั้งเดียว ตัดสินที่โต๊ะเจ้าหน้าที่',
      en: '1. Open the portal, search for “tax refund”, and file as a sandbox person; decide it at the desk:',
    }),
    `  ${endpoints.portal}/`,
    say({
      th: '2. กรมสรรพากรขอข้อมูลของคนคนหนึ่งจากกรมการปกครอง',
      en: '2. The Revenue Department asks for a person:',
    }),
    `  npx sapan call --as TH/GOV/RD/efiling ${path} \\`,
    `    --purpose tax-assessment --evidence out.asice${named}`,
    say({ th: '   หรือด้วย curl', en: '   or the same with curl:' }),
    `  curl -H 'X-Road-Client: TH/GOV/RD/efiling' \\`,
    `    ${endpoints.gateways.RD?.edge}/r1/${path}`,
    say({ th: '3. ตรวจหลักฐานโดยไม่ต้องต่อเครือข่าย', en: '3. Check the evidence, without a network:' }),
    `  npx sapan verify out.asice${named}`,
    say({
      th: '4. เจ้าของข้อมูลเห็นว่าใครดู ที่หน้าของตน หรือ',
      en: '4. The person sees who looked, on their page or here:',
    }),
    `  npx sapan usage ${person}${named}`,
    say({
      th: '5. ออกหนังสือรับรองที่ใครก็ตรวจได้ แล้ววางไฟล์บนหน้าตรวจเอกสาร',
      en: '5. A letter that anyone can check: drop the file on the page that checks documents',
    }),
    '  npx sapan document build certificate-letter --sample --sign \\',
    `    --check-address ${endpoints.portal}/check --out letter.pdf${named}`,
  ]
}
