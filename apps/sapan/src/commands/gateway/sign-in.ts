import type { Command } from 'commander'
import { gatewayAdmin, type HomeOptions, homeOf } from '../../clients/home.ts'
import { addExample } from '../../terminal/example.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { showSignInLink } from '../sign-in.ts'

/** `sapan gateway sign-in`: the way to the gateway's pages. */
export function configureSignIn(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const signIn = command
    .command('sign-in')
    .description(
      say({
        th: 'พิมพ์ลิงก์เข้าหน้าผู้ดูแลเกตเวย์ ใช้ได้ครั้งเดียว',
        en: "print a link to the gateway's pages that signs in once",
      }),
    )
    .option(
      '--gateway <name>',
      say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' }),
    )
    .action(async (options: HomeOptions & { readonly gateway?: string }) =>
      showSignInLink(terminal, await gatewayAdmin(homeOf(options, terminal), options.gateway), options.json),
    )
  addExample(signIn, terminal, 'sapan gateway sign-in --gateway DOPA')
}
