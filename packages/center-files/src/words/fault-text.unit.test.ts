import { EN } from './en.ts'
import { fileFaultText, rowFaultText } from './fault-text.ts'
import { PT_BR } from './pt-br.ts'

const sentences = ({ file, row }: typeof EN): string[] =>
  [...Object.values(file), ...Object.values(row)].map((words) =>
    String(
      Reflect.apply(words, undefined, [
        {
          format: 'pdf',
          line: 1,
          sample: '2',
          missing: ['3'],
          unknown: ['4'],
          column: '5',
          value: '6',
          detail: '7',
          max: 8,
          position: 9,
          found: 10,
          expected: 11,
        },
        ['12'],
      ]),
    ),
  )

test('every fault has a sentence in both languages, and none of it is the same', () => {
  expect(Object.keys(PT_BR.file)).toEqual(Object.keys(EN.file))
  const [english, portuguese] = [sentences(EN), sentences(PT_BR)]
  expect([...english, ...portuguese].join(' ')).not.toContain('undefined')
  expect(english.filter((sentence) => portuguese.includes(sentence))).toEqual([])
  expect(portuguese.join(' ')).not.toMatch(/\b(?:the|is|not|with|file)\b/i)
})

test('a fault says what to do', () => {
  expect(fileFaultText({ kind: 'columns', missing: [], unknown: ['margem'] }, 'pt-BR')).toMatch(
    /^Colunas desconhecidas: margem\. Conhecidas: name, code, taxId/,
  )
  expect(fileFaultText({ kind: 'foreign-format', format: 'spreadsheet' }, 'en')).toContain(
    'save it as "CSV UTF-8',
  )
  expect(rowFaultText({ kind: 'extra-cells', found: 3, expected: 2 }, 'en')).toBe(
    'has 3 fields where the head has 2',
  )
})
