/** Exit codes of the `sapan` command. Documented for readers in `docs/guides/commands.md`. */
export const exit = {
  done: 0,
  /** The request was refused, the thing checked is invalid, or a report found something wrong. */
  refused: 1,
  /** The command line itself is wrong. */
  misuse: 2,
  homeInUse: 10,
  portTaken: 11,
  notWritable: 12,
  corrupt: 13,
  diskFull: 14,
  database: 15,
  /** 128 + SIGINT: a second Ctrl-C did not wait for the orderly end. */
  interrupted: 130,
} as const

const byProblem: Readonly<Record<string, number>> = {
  misuse: exit.misuse,
  'template-unknown': exit.misuse,
  'document-unreadable': exit.misuse,
  'document-password-needed': exit.misuse,
  'home-in-use': exit.homeInUse,
  'port-taken': exit.portTaken,
  'folder-not-writable': exit.notWritable,
  'output-unwritable': exit.notWritable,
  'home-corrupt': exit.corrupt,
  'config-invalid': exit.corrupt,
  'country-data-invalid': exit.corrupt,
  'definitions-refused': exit.corrupt,
  'definition-changed': exit.corrupt,
  'country-anchor-mismatch': exit.corrupt,
  'trusted-list-unusable': exit.corrupt,
  'key-corrupt': exit.corrupt,
  'backup-damaged': exit.corrupt,
  'membership-corrupt': exit.corrupt,
  'disk-full': exit.diskFull,
  'database-unreachable': exit.database,
}

/** The exit code with which a command ends when it met this problem. */
export function exitCodeOf(problemCode: string): number {
  return byProblem[problemCode] ?? exit.refused
}
