import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

describe('a declared encoding', () => {
  it.each(['constructor', 'toString', 'hasOwnProperty', 'klingon'])('%s is refused', (name) => {
    const bytes = Buffer.from(`<?xml version="1.0" encoding="${name}"?><a/>`);
    expect(decodeText(bytes)).toMatchObject({ refused: 'encoding', offset: expect.any(Number) });
  });
});
