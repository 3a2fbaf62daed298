import { execFile } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Connection, Request } from 'tedious'
import { ToolMissing } from '../check.ts'
import { toolsFolder } from '../documents/peers/tools.ts'
import { freePort } from '../ports.ts'
import { tool } from '../tool.ts'

const root = join(toolsFolder, 'connect', 'babelfish')
const env = { ...process.env, LD_LIBRARY_PATH: join(root, 'lib') }

const asAnother = ['unshare', '--user', '--map-user=1000', '--map-group=1000']

/** Babelfish with a database of its own in a folder; `sa` with the password `Secret-1` may do everything, and so may who says so. */
export class BabelfishServer {
  readonly #folder: string
  readonly #ports: { readonly tds: number; readonly own: number }

  private constructor(folder: string, ports: { readonly tds: number; readonly own: number }) {
    this.#folder = folder
    this.#ports = ports
  }

  /** Throws `ToolMissing` where it was not laid. */
  static async start(folder: string): Promise<BabelfishServer> {
    if (!existsSync(join(root, 'ready')))
      throw new ToolMissing('Babelfish is missing (conformance/connect/install-babelfish.sh)')
    const server = new BabelfishServer(folder, { tds: await freePort(), own: await freePort() })
    await server.#prepare()
    await server.#run('pg_ctl', '-D', server.#data, '-w', '-l', join(folder, 'log'), 'start')
    try {
      await server.#initialize()
    } catch (error) {
      await server.stop()
      throw error
    }
    return server
  }

  get port(): number {
    return this.#ports.tds
  }

  /** The PEM of the certificate that it shows, which it signed itself for 127.0.0.1. */
  get certificate(): string {
    return join(this.#data, 'server.crt')
  }

  get #data(): string {
    return join(this.#folder, 'data')
  }

  /** Runs one batch of T-SQL as its administrator; gives the cells. */
  tell(sql: string, database = 'registry'): Promise<unknown[][]> {
    const connection = new Connection({
      server: '127.0.0.1',
      authentication: { type: 'default', options: { userName: 'sa', password: 'Secret-1' } },
      options: {
        port: this.port,
        database,
        encrypt: true,
        trustServerCertificate: false,
        cryptoCredentialsDetails: { ca: readFileSync(this.certificate, 'utf8') },
      },
    })
    return new Promise((resolve, reject) => {
      connection.connect((refused) => {
        if (refused) return reject(refused)
        const rows: unknown[][] = []
        const request = new Request(sql, (error) => {
          connection.close()
          if (error) reject(error)
          else resolve(rows)
        })
        request.on('row', (cells: readonly { readonly value: unknown }[]) =>
          rows.push(cells.map(({ value }) => value)),
        )
        connection.execSqlBatch(request)
      })
    })
  }

  /** Runs SQL on the PostgreSQL that it is, in the database where the others lie. */
  async within(sql: string, database = 'country'): Promise<void> {
    const at = `host=127.0.0.1 port=${this.#ports.own} user=babel dbname=${database}`
    await this.#run('psql', '-v', 'ON_ERROR_STOP=1', '-q', '-d', at, '-c', sql)
  }

  async stop(): Promise<void> {
    // Where it was stopped already, it says so.
    await this.#run('pg_ctl', '-D', this.#data, '-m', 'immediate', 'stop').catch(() => {})
  }

  async #prepare(): Promise<void> {
    await this.#run('initdb', '-D', this.#data, '-U', 'babel', '-A', 'trust', '-E', 'UTF8', '--locale=C')
    const files = ['-keyout', join(this.#data, 'server.key'), '-out', this.certificate]
    const names = ['-subj', '/CN=here', '-addext', 'subjectAltName=IP:127.0.0.1']
    tool('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names, ...files])
    // By password over TDS, so that a wrong one is refused.
    writeFileSync(
      join(this.#data, 'pg_hba.conf'),
      'host all babel 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 md5\n',
    )
    appendFileSync(
      join(this.#data, 'postgresql.conf'),
      `listen_addresses = '127.0.0.1'\nport = ${this.#ports.own}\nunix_socket_directories = ''\nssl = on\nfsync = off\n` +
        `password_encryption = 'md5'\nshared_preload_libraries = 'babelfishpg_tds'\nbabelfishpg_tds.port = ${this.#ports.tds}\nbabelfishpg_tds.listen_addresses = '127.0.0.1'\n`,
    )
  }

  async #initialize(): Promise<void> {
    await this.within(
      "create role sa with superuser createdb createrole login password 'Secret-1'",
      'postgres',
    )
    await this.within('create database country owner sa', 'postgres')
    await this.within('create extension babelfishpg_tds cascade')
    await this.within('grant all on schema sys to sa')
    await this.within("alter system set babelfishpg_tsql.database_name = 'country'")
    await this.within("alter system set babelfishpg_tsql.migration_mode = 'multi-db'")
    await this.within('select pg_reload_conf()')
    await this.within("call sys.initialize_babelfish('sa')")
  }

  /** PostgreSQL does not run as root: then it runs as a user that is root only outside. */
  async #run(program: string, ...args: readonly string[]): Promise<void> {
    const command = [join(root, 'bin', program), ...args]
    const isRoot = process.getuid?.() === 0
    const [first = '', ...rest] = isRoot ? [...asAnother, ...command] : command
    await promisify(execFile)(first, rest, { env })
  }
}
