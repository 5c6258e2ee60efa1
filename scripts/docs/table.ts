const cell = (value: string | number | null): string =>
  String(value ?? '—')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ') || '—';

/** A Markdown table. */
export const table = (heads: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

export const page = (title: string, intro: string, ...parts: readonly string[]): string =>
  `${['<!-- Printed by `npm run docs` from the code; do not edit. -->', `# ${title}`, intro, ...parts].join('\n\n')}\n`;

export const code = (word: string): string => `\`${word}\``;
