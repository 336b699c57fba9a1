/** What a column can hold, and where that goes in a registration. */
export const PATHS = {
  name: ['name'],
  code: ['code'],
  taxId: ['taxId'],
  street: ['address', 'street'],
  number: ['address', 'number'],
  complement: ['address', 'complement'],
  district: ['address', 'district'],
  city: ['address', 'city'],
  cityCode: ['address', 'cityCode'],
  state: ['address', 'state'],
  postalCode: ['address', 'postalCode'],
  latitude: ['location', 'latitude'],
  longitude: ['location', 'longitude'],
  contactName: ['contact', 'name'],
  contactEmail: ['contact', 'email'],
  contactPhone: ['contact', 'phone'],
} as const satisfies Record<string, readonly [string] | readonly [string, string]>

export type Field = keyof typeof PATHS

const isField = (name: string): name is Field => Object.hasOwn(PATHS, name)

/** Every name of a column, as the documents write it. */
export const FIELDS: readonly Field[] = Object.keys(PATHS).filter(isField)

const REQUIRED: readonly Field[] = [
  'name',
  'taxId',
  'street',
  'number',
  'district',
  'city',
  'cityCode',
  'state',
  'postalCode',
]

/** Columns of a reject file; where one is imported again they are passed over. */
export const REJECT_COLUMNS = ['rejectedLine', 'rejectedReason'] as const

// Besides the names above: how spreadsheets and ERPs in Brazil and elsewhere call them.
const OTHER_NAMES: Readonly<Record<Field, string>> = {
  name: 'nome, nome do centro, nome do cd, nome centro, nome cd, centro, centro de distribuicao, nome do centro de distribuicao, center, center name, distribution center',
  code: 'codigo, cod, codigo do centro, codigo do cd, codigo centro, codigo cd, cod centro, cod cd, center code, id do cd',
  taxId: 'cnpj, numero do cnpj, n cnpj, no cnpj, nr cnpj, num cnpj, cnpj do centro, cnpj do cd, cnpj number',
  street:
    'rua, logradouro, endereco, address, street address, street name, rua avenida, nome do logradouro, end',
  number: 'numero, num, no, n, nr, nro, street number, numero do endereco, house number',
  complement: 'complemento, compl, complement, address line 2',
  district: 'bairro, distrito, neighborhood, neighbourhood',
  city: 'cidade, municipio, municipality, nome da cidade, nome do municipio, city name, nome municipio, nome cidade',
  cityCode:
    'ibge, codigo ibge, cod ibge, codigo do ibge, ibge code, codigo do municipio, codigo municipio, cod municipio, codigo da cidade, codigo cidade, cod cidade, codigo ibge do municipio, codigo do municipio ibge, codigo municipio ibge, codigo ibge municipio, codigo ibge da cidade, municipality code',
  state: 'uf, estado, sigla uf, sigla da uf, sigla do estado, unidade federativa',
  postalCode: 'cep, zip, zip code, postcode, codigo postal, postal',
  latitude: 'lat',
  longitude: 'lon, lng, long',
  contactName:
    'contato, contact, nome do contato, nome contato, contact person, responsavel, nome do responsavel',
  contactEmail:
    'email, e mail, email do contato, email contato, contato email, e mail do contato, mail, correio eletronico',
  contactPhone:
    'telefone, phone, fone, tel, telefone do contato, telefone contato, contato telefone, celular, phone number',
}

/** A name as it is compared: without case, accents, spaces and punctuation. */
export const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')

const KNOWN = new Map<string, Field | 'passedOver'>([
  ...FIELDS.flatMap((field) =>
    [field, PATHS[field].join(' '), ...OTHER_NAMES[field].split(', ')].map(
      (name) => [plain(name), field] as const,
    ),
  ),
  ...REJECT_COLUMNS.map((name) => [plain(name), 'passedOver'] as const),
])

/** A column of a file: its name there, and what it holds; `undefined` where nobody knows. */
export type Column = { header: string; field: Field | 'passedOver' | undefined }

/** What the cells of a head mean. */
export const toColumns = (head: readonly string[]): Column[] =>
  head.map((header) => ({ header: header.trim(), field: KNOWN.get(plain(header)) }))

/** How many cells of a head are known: the separator that gives most of them is the right one. */
export const knownIn = (head: readonly string[]): number =>
  toColumns(head).filter(({ field }) => field !== undefined).length

/** Fields that a file must have a column for, and this one has not. */
export const missingIn = (columns: readonly Column[]): Field[] =>
  REQUIRED.filter((field) => !columns.some((column) => column.field === field))

/** The first column whose content another one has already; undefined where there is none. */
export const repeatedIn = (columns: readonly Column[]): Column | undefined =>
  columns.find(
    ({ field }, index) =>
      field !== undefined &&
      field !== 'passedOver' &&
      columns.findIndex((column) => column.field === field) < index,
  )

/** How a file calls what a JSON pointer into a registration names; the name of the documents where it does not. */
export const createNameOf =
  (columns: readonly Column[]) =>
  (pointer: string): string => {
    const field = FIELDS.find((name) => `/${PATHS[name].join('/')}` === pointer)
    if (field === undefined) return pointer.replace(/^\//, '').replaceAll('/', '.')
    return columns.find((column) => column.field === field)?.header ?? field
  }
