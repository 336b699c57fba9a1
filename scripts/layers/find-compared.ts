// `now < at`, `at >= now()`, `now - at > x`; a clock has `now` in its type, which is no comparison.
const COMPARED = /\bnow(?:\(\))?\s*[<>]=?\s|\s[<>]=?\s(?:\w+\.)*now\b|\bnow(?:\(\))?\s-\s[^,;]*?\s[<>]=?\s/

const ALLOWED = new Set(['packages/core/src/model/believed.ts', 'packages/core/src/model/due.ts'])

/**
 * Finds lines of the core that compare a time with now by hand. A stored time is believed within its own maximum only, which
 * the functions of model/believed.ts and model/due.ts see to; `texts` by path.
 */
export const findCompared = (texts: ReadonlyMap<string, string>): string[] =>
  [...texts].flatMap(([path, text]) =>
    ALLOWED.has(path) || !path.startsWith('packages/core/src/') || path.includes('test')
      ? []
      : text
          .split('\n')
          .flatMap((line, index) =>
            COMPARED.test(line)
              ? [
                  `${path}:${index + 1} compares a time with now by hand: model/believed.ts has functions for it`,
                ]
              : [],
          ),
  )
