import { Command, CommanderError } from 'commander'
import { commands } from './commands.ts'
import { demonstrationCommands } from './demonstration.ts'
import { exit } from './exit.ts'
import { EndedWith, printFailure } from './terminal/failure.ts'
import type { Terminal } from './terminal/terminal.ts'

/**
 * Runs one command line and returns its exit code. Only the module of the command that was named is loaded,
 * so that a plain command starts at once.
 */
export async function runSapan(argv: readonly string[], terminal: Terminal): Promise<number> {
  const program = createProgram(terminal)
  const named = commandNamed(argv)
  for (const { name, summary, load } of [...demonstrationCommands, ...commands]) {
    const command = program.command(name).summary(terminal.say(summary)).description(terminal.say(summary))
    if (name !== named) continue
    const module = await load()
    module.configure(command, terminal)
    addCommonOptions(command, terminal)
  }
  try {
    await program.parseAsync(isBare(argv) ? ['--help'] : [...argv], { from: 'user' })
    return exit.done
  } catch (error) {
    if (error instanceof EndedWith) return error.code
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.misuse
    return printFailure(terminal, error, argv.includes('--json'))
  }
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('sapan')
    .description(
      terminal.say({
        th: 'สะพาน: หน่วยงานแลกเปลี่ยนข้อมูลกันโดยมีหลักฐาน และเจ้าของข้อมูลเห็นว่าใครดูข้อมูลของตน',
        en: 'Sapan: agencies exchange data with proof, and people see who looked at their data.',
      }),
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
    .configureHelp({
      styleTitle: (title) => (terminal.language === 'th' ? (thaiTitles[title] ?? title) : title),
    })
    .showHelpAfterError(terminal.say({ th: '(ดูวิธีใช้: เติม --help)', en: '(add --help to see how it is used)' }))
    .helpOption('-h, --help', terminal.say({ th: 'แสดงวิธีใช้', en: 'show how it is used' }))
    .helpCommand(false)
    .option('--lang <th|en>', terminal.say({ th: 'ภาษา', en: 'language' }))
    .addHelpText(
      'after',
      terminal.say({
        th: '\nเริ่มต้น: sapan up\nวิธีใช้ของแต่ละคำสั่ง: sapan call --help',
        en: '\nTo begin: sapan up\nHow a command is used: sapan call --help',
      }),
    )
  return program
}

const thaiTitles: Readonly<Record<string, string>> = {
  'Usage:': 'วิธีใช้:',
  'Arguments:': 'สิ่งที่ต้องระบุ:',
  'Options:': 'ตัวเลือก:',
  'Commands:': 'คำสั่ง:',
}

/** `sapan` alone, in whichever language: whoever types it wants to see what there is. */
function isBare(argv: readonly string[]): boolean {
  return (
    argv.length === 0 ||
    (commandNamed(argv) === undefined && /^--lang/.test(argv[0] ?? '') && argv.length < 3)
  )
}

/** The first word that is not an option or the value of `--lang`. */
function commandNamed(argv: readonly string[]): string | undefined {
  for (let at = 0; at < argv.length; at += 1) {
    if (argv[at] === '--lang') at += 1
    else if (!argv[at]?.startsWith('-')) return argv[at]
  }
  return undefined
}

/** The options that every command understands, added to each leaf of its tree. */
function addCommonOptions(command: Command, terminal: Terminal): void {
  command.helpOption('-h, --help', terminal.say({ th: 'แสดงวิธีใช้', en: 'show how it is used' }))
  command.helpCommand(false)
  for (const nested of command.commands) addCommonOptions(nested, terminal)
  if (command.commands.length > 0) {
    return
  }
  command
    .option('--json', terminal.say({ th: 'ผลลัพธ์เป็น JSON', en: 'answer as JSON' }))
    .option('--lang <th|en>', terminal.say({ th: 'ภาษา', en: 'language' }))
    .option(
      '--home <folder>',
      terminal.say({ th: 'โฟลเดอร์ของสะพาน (SAPAN_HOME)', en: 'the home of Sapan (SAPAN_HOME)' }),
    )
}
