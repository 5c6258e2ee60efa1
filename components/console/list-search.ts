/** Full spelling and initials of Chinese words; what is not Chinese stays as it is. */
export type Spell = (text: string) => string;

/** The dictionary is large: it comes when somebody opens a list, and is kept. */
let loading: Promise<Spell> | null = null;
export function loadSpelling(): Promise<Spell> {
  loading ??= import('pinyin-pro').then(({ pinyin }) => {
    const known = new Map<string, string>();
    return (text) => {
      const held = known.get(text);
      if (held !== undefined) return held;
      const full = pinyin(text, { toneType: 'none', type: 'array' });
      const spelled = `${full.join('')} ${full.map((syllable) => syllable[0] ?? '').join('')}`.toLowerCase();
      known.set(text, spelled);
      return spelled;
    };
  });
  return loading;
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Every word that is asked for has to be found: in the name, in what else is said of it, or in the name's spelling. */
export function searchFor(query: string, spell: Spell | null): (of: { title: string; also: string }) => boolean {
  const asked = fold(query).split(/\s+/).filter(Boolean);
  if (asked.length === 0) return () => true;
  return ({ title, also }) => {
    const searched = `${fold(title)} ${fold(also)} ${spell ? spell(title) : ''}`;
    return asked.every((word) => searched.includes(word));
  };
}
