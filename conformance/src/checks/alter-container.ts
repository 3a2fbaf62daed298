import { tool } from '../tool.ts'

const alter = `
import sys, zipfile
to, name = sys.argv[1:]
with zipfile.ZipFile("out.asice") as old, zipfile.ZipFile(to, "w") as new:
    for entry in old.infolist():
        content = old.read(entry)
        new.writestr(entry, content + b" " if entry.filename == name else content)
`

/** Writes `out.asice` again as `to`, with a space more in one of its files. */
export function alterContainer(cwd: string, to: string, file: string): void {
  tool('python3', ['-c', alter, to, file], { cwd })
}
