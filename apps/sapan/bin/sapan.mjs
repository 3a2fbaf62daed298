#!/usr/bin/env node
// Plain JavaScript that any Node since 20 understands: it hands over to the pinned Node when it must.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'
import { nodeFlags } from './node-flags.mjs'

const major = Number(process.versions.node.split('.')[0])

if (major >= 26) {
  module.enableCompileCache?.()
  for (const flag of nodeFlags) v8.setFlagsFromString(flag)
  await import('../src/main.ts')
} else {
  handOver()
}

/** Runs this file again with the Node that npm put beside the packages. */
function handOver() {
  const pinned = nearestPinnedNode(new URL('.', import.meta.url))
  if (pinned === undefined) {
    console.error(
      `✗ Sapan needs Node 26; this is ${process.version} and no pinned Node lies in node_modules.\n` +
        '  Next: run npm ci in the folder of Sapan, or install Node 26.',
    )
    process.exit(2)
  }
  const child = spawn(pinned, [...nodeFlags, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // Ctrl-C already reaches the child, which is in the terminal's group; other signals are passed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

/** @param {URL} folder */
function nearestPinnedNode(folder) {
  for (let at = folder; ; at = new URL('..', at)) {
    const candidate = fileURLToPath(new URL('node_modules/.bin/node', at))
    if (existsSync(candidate)) return candidate
    if (at.pathname === '/') return undefined
  }
}
