// Names that people and older lists still use, where they differ by more than the spelling. The table of municipalities has the
// names of IBGE's Divisão Territorial Brasileira; laws of the states renamed these, and IBGE lists them as "alterações
// toponímicas". Some are how everybody calls the place.
const FORMER: ReadonlyMap<string, readonly string[]> = new Map([
  ['3515004', ['Embu']], // Embu das Artes, SP
  ['2607604', ['Itamaracá']], // Ilha de Itamaracá, PE
  ['2602902', ['Cabo']], // Cabo de Santo Agostinho, PE
  ['2607901', ['Jaboatão']], // Jaboatão dos Guararapes, PE
  ['2401305', ['Augusto Severo']], // Campo Grande, RN
  ['2410306', ['Presidente Juscelino']], // Serra Caiada, RN
  ['2405306', ['Boa Saúde']], // Januário Cicco, RN
  ['2412559', ['São Miguel de Touros']], // São Miguel do Gostoso, RN
  ['2516409', ['Campo de Santana']], // Tacima, PB
  ['2513968', ['São Domingos de Pombal']], // São Domingos, PB
  ['2513653', ['Santarém']], // Joca Claudino, PB
  ['2515401', ['Seridó']], // São Vicente do Seridó, PB
  ['1708254', ['Fortaleza do Tabocão']], // Tabocão, TO
  ['1720499', ['São Valério da Natividade']], // São Valério, TO
  ['1400605', ['São Luiz']], // São Luiz do Anauá, RR
  ['4212809', ['Piçarras']], // Balneário Piçarras, SC
  ['3131802', ['Itabirinha de Mantena']], // Itabirinha, MG
  ['3153806', ['Queluzita']], // Queluzito, MG
  ['3127602', ['Gouvêa']], // Gouveia, MG
  ['2903300', ['Governador Lomanto Júnior']], // Barro Preto, BA
  ['4128625', ['Vila Alta']], // Alto Paraíso, PR
  ['3516101', ['Florínia']], // Florínea, SP
  ['3545100', ['Salmorão']], // Salmourão, SP
  ['3300233', ['Búzios']], // Armação dos Búzios, RJ
  ['3301009', ['Campos']], // Campos dos Goytacazes, RJ
  ['5107008', ['Poxoréo']], // Poxoréu, MT
  ['4317103', ['Livramento']], // Sant'Ana do Livramento, RS
  ['5300108', ['Distrito Federal']], // Brasília, DF
])

const NONE: readonly string[] = []

/** Names that the municipality of an IBGE code had, or has beside its official one. */
export const formerNamesOf = (code: string): readonly string[] => FORMER.get(code) ?? NONE
