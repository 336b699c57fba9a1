// The first digit of a CEP names a region (Correios, "Tudo sobre CEP").
const STATES_BY_DIGIT: Readonly<Record<string, string>> = {
  '0': 'SP',
  '1': 'SP',
  '2': 'RJ ES',
  '3': 'MG',
  '4': 'BA SE',
  '5': 'PE AL PB RN',
  '6': 'CE PI MA PA AP AM RR AC',
  '7': 'DF GO TO MT MS RO',
  '8': 'PR SC',
  '9': 'RS',
}

/** Whether a CEP lies in the region of a state (UF). */
export const postalRegionFits = (postalCode: string, state: string): boolean => {
  const states = STATES_BY_DIGIT[postalCode.trim().charAt(0)]
  return states === undefined || states.split(' ').includes(state)
}
