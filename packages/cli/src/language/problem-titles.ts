type Titles = Readonly<Record<string, string>>

const EN: Titles = {
  'invalid-request': 'The data is not valid',
  'distribution-center-exists': 'There is a center with this CNPJ and other data',
  'idempotency-key-reused': 'This Idempotency-Key was used with other data',
}

const PT_BR: Titles = {
  'invalid-request': 'Os dados não são válidos',
  unauthenticated: 'É preciso entrar primeiro',
  forbidden: 'Sem permissão',
  'not-found': 'Não encontrado',
  'distribution-center-exists': 'Já existe um centro com este CNPJ e outros dados',
  'already-delivered': 'Isto já foi entregue',
  'already-in-redrive': 'Outro reenvio já cuida desta entrega',
  'redrive-ended': 'Este reenvio já terminou',
  'version-mismatch': 'O centro está em outra versão',
  'content-too-large': 'Os dados são grandes demais',
  'misdirected-request': 'O serviço não atende por este nome',
  'idempotency-key-reused': 'Esta Idempotency-Key já foi usada com outros dados',
  'too-many-requests': 'Pedidos demais',
  'internal-error': 'Algo deu errado do nosso lado',
  unavailable: 'Indisponível no momento',
}

/** Titles of problems that people of a language meet, by slug; the API's own are English. */
export const problemTitles = (language: 'en' | 'pt-BR'): Titles => (language === 'en' ? EN : PT_BR)
