// What the service says against a field, in its own words, and the same in Portuguese. A test holds this against every
// field of a registration that can be invalid.
const PT_BR: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^Is required$/, () => 'é obrigatório'],
  [/^This field is not known$/, () => 'este campo não é conhecido'],
  [/^Must not contain control characters$/, () => 'não pode ter caracteres de controle'],
  [
    /^Must not contain characters that were lost \(U\+FFFD\): send the text as UTF-8$/,
    () => 'tem caracteres que se perderam (U+FFFD): envie o texto em UTF-8',
  ],
  [/^Must have (\d+) to (\d+) characters$/, (min, max) => `deve ter de ${min} a ${max} caracteres`],
  [
    /^Must be a valid CNPJ: 14 characters with correct check digits$/,
    () => 'deve ser um CNPJ válido: 14 caracteres, com os dígitos verificadores certos',
  ],
  [
    /^Must be a CEP of 8 digits, with or without dash$/,
    () => 'deve ser um CEP de 8 dígitos, com ou sem hífen',
  ],
  [
    /^Must be the 7-digit IBGE code of a municipality$/,
    () => 'deve ser o código IBGE de um município, com 7 dígitos',
  ],
  [/^Must be one of the 27 states \(UF\), for example SP$/, () => 'deve ser uma das 27 UFs, por exemplo SP'],
  [
    /^The code (\d+) is (.+), ([A-Z]{2}), not in (.*)$/,
    (code, name, state, given) => `o código ${code} é ${name}, ${state}, e não fica em ${given}`,
  ],
  [/^The code (\d+) is (.+), ([A-Z]{2})$/, (code, name, state) => `o código ${code} é ${name}, ${state}`],
  [
    /^Must be 1 to 32 of A-Z a-z 0-9 \. _ -$/,
    () => 'deve ter de 1 a 32 caracteres: letras sem acento, dígitos, ponto, hífen ou sublinhado',
  ],
  [
    /^Must be E\.164, for example (.+)$/,
    (example) => `deve ser um telefone com código do país, por exemplo ${example}`,
  ],
  [/^Must have at least one of name, email, phone$/, () => 'deve ter ao menos um entre name, email e phone'],
  [/^Invalid email address$/, () => 'deve ser um e-mail válido'],
  [/^Too big: expected string to have <=(\d+) characters$/, (max) => `deve ter no máximo ${max} caracteres`],
  [/^Too big: expected number to be <=(-?\d+)$/, (max) => `deve ser no máximo ${max}`],
  [/^Too small: expected number to be >=(-?\d+)$/, (min) => `deve ser no mínimo ${min}`],
  [/^Invalid input: expected string\b/, () => 'deve ser um texto'],
  [/^Invalid input: expected number\b/, () => 'deve ser um número'],
  [/^Invalid input: expected object\b/, () => 'deve ser um objeto'],
]

/** What is wrong with a field, in Portuguese; what has no words here stays as the service says it. */
export const toPortuguese = (detail: string): string => {
  for (const [pattern, words] of PT_BR) {
    const found = pattern.exec(detail)
    if (found) return words(...found.slice(1))
  }
  return detail
}
