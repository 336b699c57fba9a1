import type { ForeignFormat } from '../fault.ts'
import type { FaultWords } from './fault-words.ts'

const AS_CSV = 'salve como "CSV UTF-8 (delimitado por vírgulas)" e importe esse arquivo'

const FORMATS: Readonly<Record<ForeignFormat, string>> = {
  spreadsheet: 'uma planilha (xlsx ou ods), e não CSV: abra,',
  'old-spreadsheet': 'uma planilha (xls), e não CSV: abra,',
  html: 'uma página da web, e não CSV: abra em uma planilha,',
  xml: 'XML, e não CSV: abra em uma planilha,',
  pdf: 'um PDF, e não CSV: pegue a planilha de origem,',
  rtf: 'um documento de texto, e não CSV: abra em uma planilha,',
  archive: 'um arquivo compactado, e não CSV: descompacte;',
}

/** What is wrong with a file or a row, in Brazilian Portuguese. */
export const PT_BR: FaultWords = {
  file: {
    empty: () => 'O arquivo não tem linhas',
    'foreign-format': ({ format }) => `O arquivo é ${FORMATS[format]} ${AS_CSV}`,
    binary: () => `O arquivo não é texto: abra em uma planilha, ${AS_CSV}`,
    'unclear-encoding': () =>
      `O arquivo não está em UTF-8, e os acentos não podem ser lidos com certeza: abra onde eles aparecem certos, ${AS_CSV}`,
    'mixed-encodings': () =>
      `Uma parte do arquivo está em UTF-8 e outra não: corrija os acentos em uma planilha, ${AS_CSV}`,
    'not-utf8': () => 'O arquivo não está em UTF-8: salve como UTF-8',
    'utf-16': () => 'O arquivo está em UTF-16 ("Unicode"), e não em UTF-8: salve como UTF-8',
    'utf-32': () => 'O arquivo está em UTF-32, e não em UTF-8: salve como UTF-8',
    garbled: ({ line, sample }) =>
      `Linha ${line}: "${sample}" é UTF-8 que um programa abriu em outra codificação e salvou. Pegue o arquivo original, abra como UTF-8, ${AS_CSV}`,
    'lost-characters': ({ line, sample }) =>
      `Linha ${line}: "${sample}" perdeu os acentos. Pegue o arquivo original e salve como UTF-8 (PowerShell: Export-Csv -Encoding UTF8)`,
    'text-after-end': ({ line }) =>
      `Linha ${line}: um Ctrl-Z termina o arquivo aqui, mas há mais texto depois. Remova-o`,
    quote: ({ line }) =>
      `Linha ${line}: aspas que não envolvem a célula toda. Corrija a linha e rode de novo`,
    'long-row': ({ line }) => `Linha ${line}: passa de 64 KiB. Procure aspas que não fecham`,
    columns: ({ missing, unknown }, known) =>
      [
        missing.length > 0 ? `Faltam colunas: ${missing.join(', ')}` : '',
        unknown.length > 0 ? `Colunas desconhecidas: ${unknown.join(', ')}` : '',
        `Conhecidas: ${known.join(', ')}`,
      ]
        .filter((part) => part !== '')
        .join('. '),
    twice: ({ column }) => `A coluna ${column} aparece duas vezes`,
    'nameless-column': ({ position, line }) =>
      `A coluna ${position} não tem nome, e a linha ${line} tem algo nela`,
    'lost-digits': ({ line, column, value }) =>
      `Linha ${line}: ${column} é ${value}: a planilha abreviou o número, e os dígitos se perderam. Formate a coluna como texto, digite os números de novo, ${AS_CSV}`,
    json: ({ line, detail }) => `Linha ${line}: não é JSON: ${detail}`,
    'many-rows': ({ max }) => `O arquivo tem mais de ${max} linhas: divida-o`,
    'many-bytes': ({ max }) => `O arquivo passa de ${Math.round(max / 1024 ** 2)} MiB: divida-o`,
  },
  row: {
    'extra-cells': ({ found, expected }) => `tem ${found} campos, e o cabeçalho tem ${expected}`,
    number: ({ column }) => `${column} não é um número`,
    'no-value': ({ column, value }) => `${column}: ${value} não é um valor`,
    date: ({ column, value }) => `${column}: ${value} é um texto que a planilha transformou em data`,
    json: ({ detail }) => `não é JSON: ${detail}`,
    'long-row': () => 'passa de 64 KiB',
  },
}
