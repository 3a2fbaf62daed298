import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NotPossibleHere } from '../benchmark.ts'
import { freePort } from '../ports.ts'
import type { Processes } from '../processes.ts'

export interface NginxRelay {
  /** Where the load goes in. */
  readonly port: number
  readonly version: string
  readonly pids: readonly number[]
}

/** The nginx to measure against: `SAPAN_NGINX`, or `nginx` in the path. */
export function findNginx(): { command: string; version: string } {
  const command = process.env.SAPAN_NGINX ?? 'nginx'
  const shown = spawnSync(command, ['-v'], { encoding: 'utf8' })
  const version = /nginx\/([\d.]+)/.exec(shown.stderr ?? '')?.[1]
  if (version === undefined)
    throw new NotPossibleHere(
      'nginx is the peer of this benchmark and is not here. Install it (Debian, Ubuntu: apt-get install nginx-light; ' +
        'macOS: brew install nginx), or name it with SAPAN_NGINX=/path/to/nginx.',
    )
  return { command, version }
}

/**
 * Two nginx processes, one worker each: plain HTTP in, mutual TLS 1.3 between them, plain HTTP to the provider, connections
 * kept alive on every hop, no logs. What is left is the least that any two gateways do.
 */
export async function startNginxRelay(
  processes: Processes,
  folder: string,
  providerPort: number,
): Promise<NginxRelay> {
  const { command, version } = findNginx()
  makeCertificates(folder)
  const [inPort, peerPort] = [await freePort(), await freePort()]
  const pids = [
    start('nginx-provider', providerSide(folder, peerPort, providerPort)),
    start('nginx-consumer', consumerSide(folder, inPort, peerPort)),
  ]
  return { port: inPort, version, pids }

  function start(name: string, http: string): number {
    const home = join(folder, name)
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'nginx.conf'), configuration(home, http))
    const args = ['-p', home, '-c', 'nginx.conf', '-e', join(home, 'error.log')]
    return processes.start({ name, command, args }).pid ?? 0
  }
}

function configuration(home: string, http: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const user = process.getuid?.() === 0 ? 'user root;\n' : ''
  return `${user}daemon off;
worker_processes 1;
pid ${home}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
${temporary.map((name) => `  ${name}_temp_path ${home}/${name};`).join('\n')}
  keepalive_requests 100000000;
  keepalive_timeout 600s;
  client_body_buffer_size 64k;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
${http}
}
`
}

function consumerSide(folder: string, port: number, peerPort: number): string {
  return `  upstream peer { server 127.0.0.1:${peerPort}; keepalive 256; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass https://peer;
      proxy_ssl_protocols TLSv1.3;
      proxy_ssl_certificate ${folder}/consumer.pem;
      proxy_ssl_certificate_key ${folder}/consumer.key;
      proxy_ssl_trusted_certificate ${folder}/root.pem;
      proxy_ssl_verify on;
      proxy_ssl_name provider.bench;
    }
  }`
}

function providerSide(folder: string, port: number, providerPort: number): string {
  return `  upstream register { server 127.0.0.1:${providerPort}; keepalive 256; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_protocols TLSv1.3;
    ssl_certificate ${folder}/provider.pem;
    ssl_certificate_key ${folder}/provider.key;
    ssl_client_certificate ${folder}/root.pem;
    ssl_verify_client on;
    location / { proxy_pass http://register; }
  }`
}

function makeCertificates(folder: string): void {
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  }
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '2',
    '-subj',
    '/CN=bench root',
  )
  for (const name of ['consumer', 'provider']) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}.bench`)
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=DNS:${name}.bench\n`)
    const sign = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '2']
    openssl('x509', '-req', '-in', `${name}.csr`, ...sign, '-extfile', `${name}.ext`, '-out', `${name}.pem`)
    chmodSync(join(folder, `${name}.key`), 0o600)
  }
}
