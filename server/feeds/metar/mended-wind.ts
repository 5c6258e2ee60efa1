const knots = /(?:K|T|TK|LT|JT|KTT|KGT|KTM)$/;

/**
 * A wind as fingers write it, where nothing but a wind can stand: letters for zeros, VRB and KT misspelt, a gust said twice or in one digit.
 * What is no such slip comes back as it is.
 */
export function mendedWind(token: string): { readonly token: string; readonly guessed: boolean } {
  if (token === 'CALM') return { token: '00000KT', guessed: false };
  const begun = token
    .replace(/^V(?:AB|BR|RV|RBR)(?=\d)/, 'VRB')
    .replace(/^[\dO]{5,6}(?=[A-Z]|$)/, (digits) => digits.replaceAll('O', '0'))
    .replace(/^(\d{3})G(\d{2})G(?=\d{2})/, '$1$2G')
    .replace(/(?<=\d)GT?(?=\d)/, 'G')
    .replace(/(?<=G)(?=\d(?:KT|MPS)$)/, '0')
    .replace(/GM{1,2}(?=KT$)/, '');
  const spelt = /(?:KTS?|MPS|KMH|KPH)$/.test(begun) ? begun : begun.replace(/MPSM?$/, 'MPS').replace(knots, 'KT');
  return { token: spelt, guessed: spelt !== token };
}
