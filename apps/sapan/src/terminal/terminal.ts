import type { Language, Text } from '@sapan/kernel'

/** What a command may know of the place it was typed in, and its way to speak. */
export interface Terminal {
  readonly language: Language
  readonly env: Readonly<Record<string, string | undefined>>
  /** A line on standard output: what the reader asked for. */
  out(line: string): void
  /** A line on standard error: progress and complaints, so that output can be piped. */
  note(line: string): void
  /** Bytes on standard output, unchanged. */
  bytes(data: Uint8Array): void
  /** True where a line can be drawn over (progress bars). */
  readonly interactive: boolean
  /** Replaces the last line of standard error; only where `interactive`. */
  redraw(line: string): void
  readonly paint: Paint
  say(text: Text): string
}

/** Colours, or the text unchanged where there is no terminal. Colour never carries meaning alone. */
export interface Paint {
  good(text: string): string
  bad(text: string): string
  quiet(text: string): string
  strong(text: string): string
}

export const plainPaint: Paint = {
  good: (text) => text,
  bad: (text) => text,
  quiet: (text) => text,
  strong: (text) => text,
}

const ansiPaint: Paint = {
  good: (text) => `\x1b[32m${text}\x1b[39m`,
  bad: (text) => `\x1b[31m${text}\x1b[39m`,
  quiet: (text) => `\x1b[2m${text}\x1b[22m`,
  strong: (text) => `\x1b[1m${text}\x1b[22m`,
}

/** The terminal of this process. `--lang` goes before the locale of the environment. */
export function processTerminal(argv: readonly string[]): Terminal {
  const { env, stdout, stderr } = process
  // A reader that stops reading (`sapan evidence list | head`) ends the command quietly.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  const language = chosenLanguage(argv, env)
  return {
    language,
    env,
    out: (line) => void stdout.write(`${line}\n`),
    note: (line) => void stderr.write(`${line}\n`),
    bytes: (data) => void stdout.write(data),
    interactive: stderr.isTTY === true,
    redraw: (line) => void stderr.write(`\r\x1b[2K${line}`),
    paint: stdout.isTTY === true && !env.NO_COLOR ? ansiPaint : plainPaint,
    say: (text) => text[language],
  }
}

/** `--lang th|en`, else the POSIX locale (`LC_ALL`, `LC_MESSAGES`, `LANG`): Thai where it is Thai, else English. */
export function chosenLanguage(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const at = argv.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const named = at < 0 ? undefined : argv[at] === '--lang' ? argv[at + 1] : argv[at]?.slice('--lang='.length)
  if (named === 'th' || named === 'en') return named
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^th([_.@-]|$)/i.test(locale) ? 'th' : 'en'
}
