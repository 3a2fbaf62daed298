import type { Command } from 'commander'
import type { HomeOptions } from '../../clients/home.ts'
import { addExample } from '../../terminal/example.ts'
import { showList } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'

export function configureTemplates(document: Command, terminal: Terminal): void {
  const { say } = terminal
  const command = document
    .command('templates')
    .description(say({ th: 'แบบเอกสารที่มี', en: 'the kinds of document that there are' }))
    .action((options: HomeOptions) => listTemplates(terminal, options))
  addExample(command, terminal, 'sapan document templates', 'sapan document templates --json')
}

async function listTemplates(terminal: Terminal, options: HomeOptions): Promise<void> {
  const { templates } = await import('../../documents/templates.ts')
  const { language, say } = terminal
  const all = [...templates().values()].map(({ template }) => template)
  const value = all.map(({ name, version, title, about, schema, sample }) => ({
    name,
    version,
    title,
    about,
    schema,
    sample,
  }))
  showList(terminal, options.json, value, {
    heading: [
      say({ th: 'แบบ', en: 'template' }),
      say({ th: 'ชื่อ', en: 'title' }),
      say({ th: 'ใช้เมื่อ', en: 'for' }),
    ],
    rows: all.map(({ name, title, about }) => [name, title[language], about[language]]),
    empty: { th: 'ยังไม่มีแบบเอกสาร', en: 'There is no template yet.' },
    next: `sapan document build ${all[0]?.name ?? ''} --sample --out sample.pdf`,
  })
}
