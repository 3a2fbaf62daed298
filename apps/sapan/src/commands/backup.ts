import { resolve } from 'node:path'
import { counted, Problem } from '@sapan/kernel'
import { type Command, Option } from 'commander'
import type { SecretOptions } from '../backup/secrets.ts'
import { type HomeOptions, homeOf } from '../clients/home.ts'
import { databaseUrlOf } from '../config/database-url.ts'
import { problems } from '../problems.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { megabytes, showingProgress } from '../terminal/progress.ts'
import { showDone, showTime } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface BackupOptions extends HomeOptions, SecretOptions {
  readonly out: string
}

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const create = command
    .command('create', { isDefault: true })
    .description(
      say({
        th: 'สำรองฐานข้อมูล กุญแจ และการตั้งค่าของโฟลเดอร์หนึ่ง ขณะเปิดอยู่ก็ได้',
        en: 'back up the databases, keys and configuration of a home, also while it runs',
      }),
    )
    .requiredOption('-o, --out <file>', say({ th: 'แฟ้มสำรองที่จะเขียน', en: 'the backup to write' }))
    .option(
      '--recipient <key...>',
      say({ th: 'กุญแจสาธารณะที่เปิดแฟ้มได้ (age1…)', en: 'public keys whose holders open it (age1…)' }),
    )
    .addOption(passphraseFile(terminal))
    .action((options: BackupOptions) => createBackup(terminal, options))
  addExample(create, terminal, 'sapan backup --home /srv/gateway -o gateway.age --recipient age1…')

  const verify = command
    .command('verify')
    .argument('<file>')
    .description(say({ th: 'อ่านแฟ้มสำรองทั้งแฟ้มโดยไม่กู้คืน', en: 'read a whole backup, without restoring it' }))
    .addOption(identityFile(terminal))
    .addOption(passphraseFile(terminal))
    .action((file: string, options: BackupOptions) => verifyFile(terminal, file, options))
  addExample(verify, terminal, 'sapan backup verify gateway.age --identity backup.key')

  const key = command
    .command('key')
    .description(say({ th: 'สร้างกุญแจสำหรับแฟ้มสำรอง', en: 'make a key for backups' }))
    .requiredOption('-o, --out <file>', say({ th: 'แฟ้มกุญแจลับ', en: 'the file of the secret key' }))
    .action((options: BackupOptions) => makeKey(terminal, options))
  addExample(key, terminal, 'sapan backup key -o backup.key')
}

/** `--identity <file>`, with which a backup is opened. */
export function identityFile({ say }: Terminal): Option {
  return new Option(
    '--identity <file>',
    say({ th: 'แฟ้มกุญแจลับจาก sapan backup key', en: 'the file of the secret key, from sapan backup key' }),
  )
}

/** `--passphrase-file <file>`; the passphrase itself never stands on a command line. */
export function passphraseFile({ say }: Terminal): Option {
  return new Option(
    '--passphrase-file <file>',
    say({
      th: 'แฟ้มที่มีรหัสผ่าน หากไม่ระบุ ใช้ SAPAN_BACKUP_PASSPHRASE',
      en: 'a file with the passphrase; SAPAN_BACKUP_PASSPHRASE where none is given',
    }),
  )
}

async function createBackup(terminal: Terminal, options: BackupOptions): Promise<void> {
  const [{ writeBackup }, { sealedFor }] = await Promise.all([
    import('../backup/write.ts'),
    import('../backup/secrets.ts'),
  ])
  const whom = await sealedFor(options, terminal)
  const progress = showingProgress(terminal)
  const home = homeOf(options, terminal)
  const done = await writeBackup({
    home,
    databaseUrl: databaseUrlOf(terminal.env),
    file: resolve(options.out),
    whom,
    onProgress: progress.show,
  }).finally(progress.end)
  const { databases, files } = done
  if (!done.noted) terminal.note(unnoted(terminal, home))
  showDone(terminal, options.json, done, [
    tick(
      terminal,
      terminal.say({
        th: `${done.file} ${megabytes(done.bytes)}: ฐานข้อมูล ${databases.join(', ')} และ ${files} แฟ้ม`,
        en: `${done.file}, ${megabytes(done.bytes)}: databases ${databases.join(', ')}, and ${counted(files, 'file')}`,
      }),
    ),
    `  SHA-256 ${done.sha256}`,
    nextStep(terminal, `sapan backup verify ${done.file}`),
  ])
}

function unnoted({ say }: Terminal, home: string): string {
  return say({
    th: `แฟ้มสำรองครบถ้วน แต่บันทึกวันที่สำรองลง ${home}/last-backup.json ไม่ได้ sapan doctor จึงยังนับจากการสำรองครั้งก่อน ตรวจสิทธิ์และพื้นที่ของโฟลเดอร์`,
    en: `The backup is whole, but ${home}/last-backup.json could not be written: sapan doctor goes on counting from the one before. See to the folder's permissions and space`,
  })
}

async function verifyFile(terminal: Terminal, file: string, options: BackupOptions): Promise<void> {
  const [{ openBackup }, { openedWith }, { checkMigrations }] = await Promise.all([
    import('../backup/read.ts'),
    import('../backup/secrets.ts'),
    import('../backup/known-migrations.ts'),
  ])
  const { head, entries } = await openBackup(file, await openedWith(options, terminal))
  const progress = showingProgress(terminal)
  let bytes = 0
  try {
    for await (const { name, data } of entries) {
      bytes += data.length
      progress.show(name, bytes)
    }
  } finally {
    progress.end()
  }
  checkMigrations(head)
  const { made } = head
  const databases = head.databases.map(({ name }) => name)
  showDone(terminal, options.json, { file, made, home: head.home, databases, bytes }, [
    tick(
      terminal,
      terminal.say({
        th: `ครบถ้วน ทำเมื่อ ${showTime(terminal, made)} จาก ${head.home}: ${databases.join(', ')} (${megabytes(bytes)})`,
        en: `whole; made ${showTime(terminal, made)} of ${head.home}: ${databases.join(', ')} (${megabytes(bytes)})`,
      }),
    ),
  ])
}

async function makeKey(terminal: Terminal, options: BackupOptions): Promise<void> {
  const [{ makeIdentity }, { writeOnceHere }] = await Promise.all([
    import('../backup/sealing.ts'),
    import('../backup/key-file.ts'),
  ])
  const { identity, recipient } = await makeIdentity()
  if (!(await writeOnceHere(options.out, `# recipient: ${recipient}\n${identity}\n`))) {
    throw new Problem(problems['output-unwritable'], {
      detail: { th: `มี ${options.out} อยู่แล้ว`, en: `${options.out} is there already` },
    })
  }
  showDone(terminal, options.json, { file: options.out, recipient }, [
    tick(
      terminal,
      terminal.say({
        th: `กุญแจลับอยู่ใน ${options.out} เก็บไว้นอกเครื่องที่สำรอง`,
        en: `the secret key is in ${options.out}; keep it away from the machine that is backed up`,
      }),
    ),
    `  ${recipient}`,
    nextStep(terminal, `sapan backup -o gateway.age --recipient ${recipient}`),
  ])
}
