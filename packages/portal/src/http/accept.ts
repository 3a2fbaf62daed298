/** In which form the result of a check is answered. */
export type AnswerKind = 'page' | 'json' | 'pdf'

const kinds: Readonly<Record<string, AnswerKind>> = {
  'text/html': 'page',
  'application/xhtml+xml': 'page',
  'application/json': 'json',
  'application/pdf': 'pdf',
}

/** The form that `Accept` wants most (RFC 9110 §12.5.1); the page where it does not say. */
export function acceptedKind(accept: string | undefined): AnswerKind {
  const wanted = (accept ?? '').split(',').flatMap((each): { kind: AnswerKind; weight: number }[] => {
    const [type = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase())
    const kind = kinds[type]
    const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1)
    return kind === undefined || !(weight > 0) ? [] : [{ kind, weight }]
  })
  return wanted.sort((a, b) => b.weight - a.weight)[0]?.kind ?? 'page'
}
