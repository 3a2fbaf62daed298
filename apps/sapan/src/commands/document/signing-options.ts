import { type Command, Option } from 'commander'
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
  readonly tsa?: string
  readonly field?: string
  readonly reason?: string
  readonly location?: string
}

/** The options of `document sign`, which `document build --sign` takes too. */
export function addSigningOptions(command: Command, { say }: Terminal): Command {
  return command
    .addOption(
      new Option('--level <level>', say({ th: 'ระดับ', en: 'the level' }))
        .choices(['B-B', 'B-T', 'B-LT', 'B-LTA'])
        .default('B-LTA'),
    )
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
    .option(
      '--tsa <url>',
      say({ th: 'ผู้ให้บริการประทับเวลา (RFC 3161)', en: 'a time-stamp authority (RFC 3161)' }),
    )
    .option('--field <name>', say({ th: 'ช่องลายมือชื่อในเอกสาร', en: 'the signature field' }))
    .option('--reason <text>', say({ th: 'เหตุผล', en: 'why it is signed' }))
    .option('--location <text>', say({ th: 'สถานที่', en: 'where' }))
}
