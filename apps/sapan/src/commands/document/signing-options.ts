import { type Command, InvalidArgumentError, Option } from 'commander'
import { wholeNumber } from '../../terminal/arguments.ts'
import type { Terminal } from '../../terminal/terminal.ts'

/** With which key, at which level, and what the signature says. */
export interface SigningChoice {
  readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA'
  readonly key?: string
  readonly certificate?: string
  readonly chain?: readonly string[]
  readonly pkcs11?: string
  readonly token?: string
  readonly label?: string
  readonly csc?: string
  readonly credential?: string
  readonly cscToken?: string
  readonly cscVersion?: 'v1' | 'v2'
  readonly tsa?: string
  readonly field?: string
  /** From 1. */
  readonly page?: string
  readonly rect?: readonly [number, number, number, number]
  readonly text?: readonly string[]
  readonly certify?: 'nothing' | 'forms' | 'comments'
  readonly reason?: string
  readonly location?: string
}

/** The options of `document sign`, which `document build --sign` takes too. */
export function addSigningOptions(command: Command, terminal: Terminal): Command {
  command.addOption(
    new Option('--level <level>', terminal.say({ th: 'ระดับ', en: 'the level' }))
      .choices(['B-B', 'B-T', 'B-LT', 'B-LTA'])
      .default('B-LTA'),
  )
  addKeyOptions(command, terminal)
  return addLookOptions(command, terminal)
}

function addKeyOptions(command: Command, { say }: Terminal): void {
  command
    .option('--key <file>', say({ th: 'กุญแจลงนาม (PEM หรือ PKCS#12)', en: 'the key (PEM or PKCS#12)' }))
    .option('--certificate <file>', say({ th: 'ใบรับรองของกุญแจ', en: "the key's certificate" }))
    .option('--chain <file...>', say({ th: 'ใบรับรองของผู้ออก', en: 'certificates above it' }))
    .addOption(
      new Option(
        '--pkcs11 <module>',
        say({ th: 'กุญแจในโทเคน: ไฟล์โมดูล PKCS#11', en: 'a key in a token: its PKCS#11 module' }),
      ).conflicts(['key', 'csc']),
    )
    .option('--token <label>', say({ th: 'ชื่อโทเคน', en: "the token's label" }))
    .option('--label <label>', say({ th: 'ชื่อกุญแจในโทเคน', en: "the key's label in the token" }))
    .addOption(
      new Option(
        '--csc <url>',
        say({ th: 'กุญแจที่บริการลงนาม (CSC API)', en: 'a key of a signing service (CSC API)' }),
      ).conflicts(['key', 'pkcs11']),
    )
    .option('--credential <id>', say({ th: 'รหัสกุญแจที่บริการลงนาม', en: "the service's credential" }))
    .option('--csc-token <file>', say({ th: 'ไฟล์โทเคนเข้าใช้บริการ', en: 'a file with the access token' }))
    .addOption(
      new Option(
        '--csc-version <version>',
        say({ th: 'รุ่นของ CSC API', en: "the service's CSC API" }),
      ).choices(['v1', 'v2']),
    )
    .option(
      '--tsa <url>',
      say({ th: 'ผู้ให้บริการประทับเวลา (RFC 3161)', en: 'a time-stamp authority (RFC 3161)' }),
    )
}

/** What a signature says, and where it is seen: in PDFs only. */
function addLookOptions(command: Command, terminal: Terminal): Command {
  const { say } = terminal
  return command
    .option('--field <name>', say({ th: 'ช่องลายมือชื่อในเอกสาร', en: 'the signature field' }))
    .option(
      '--page <number>',
      say({ th: 'หน้าที่จะเห็นลายมือชื่อ (คู่กับ --rect)', en: 'the page on which it is seen (with --rect)' }),
      wholeNumber(terminal),
    )
    .option(
      '--rect <left,bottom,right,top>',
      say({
        th: 'กรอบลายมือชื่อบนหน้า หน่วยพอยต์ (1/72 นิ้ว) นับจากมุมล่างซ้าย',
        en: 'its box on the page, in points (1/72 inch) from the lower left corner',
      }),
      rectangle(terminal),
    )
    .option(
      '--text <line...>',
      say({ th: 'บรรทัดที่จะเห็น แทนชื่อและเวลา', en: 'the lines that are seen, in place of name and time' }),
    )
    .addOption(
      new Option(
        '--certify <what>',
        say({
          th: 'รับรองเอกสาร (ต้องเป็นลายมือชื่อแรก): ภายหลังแก้ไขอะไรได้',
          en: 'certify it (as its first signature): what may be changed later',
        }),
      ).choices(['nothing', 'forms', 'comments']),
    )
    .option('--reason <text>', say({ th: 'เหตุผล', en: 'why it is signed' }))
    .option('--location <text>', say({ th: 'สถานที่', en: 'where' }))
}

function rectangle({ say }: Terminal): (typed: string) => readonly [number, number, number, number] {
  return (typed) => {
    const [left = 0, bottom = 0, right = 0, top = 0, ...more] = typed.split(',').map(Number)
    const isPlain = /^\d{1,5}(\.\d+)?(,\d{1,5}(\.\d+)?){3}$/.test(typed) && more.length === 0
    if (isPlain && left < right && bottom < top) return [left, bottom, right, top]
    throw new InvalidArgumentError(
      say({
        th: 'ต้องเป็น ซ้าย,ล่าง,ขวา,บน เช่น 350,80,550,150',
        en: 'It must be left,bottom,right,top, such as 350,80,550,150.',
      }),
    )
  }
}
