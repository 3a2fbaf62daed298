/**
 * oidc-provider writes to the terminal that it does not know this Node, which is newer than the ones that it names, and that
 * the stand-in provider keeps nothing; neither is the operator's to mend. All else goes on.
 */
export function quietProviderWarnings(): void {
  const warn = console.warn
  console.warn = (...words: unknown[]) => {
    if (!/oidc-provider (WARNING|NOTICE): (Unsupported runtime|a quick start)/.test(String(words[0])))
      warn(...words)
  }
}
