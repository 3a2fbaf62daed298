import packed from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** The Chromium of npm, or another one that `SAPAN_CHROMIUM` names. Nothing is downloaded. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.SAPAN_CHROMIUM
  if (own !== undefined) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] })
  // In one process, as its own arguments have it, it ends with the first page that is closed.
  const args = packed.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote')
  return chromium.launch({ executablePath: await packed.executablePath(), args })
}
