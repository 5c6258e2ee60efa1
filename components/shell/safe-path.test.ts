import { expect, it } from 'vitest';
import { safePath, signInFrom } from './safe-path.ts';

it('leads nowhere but within the site', () => {
  expect(['/feeds', '/review/1?x=2', '/?open=incident/1'].map(safePath)).toEqual([
    '/feeds',
    '/review/1?x=2',
    '/?open=incident/1',
  ]);
  const bad = [
    null,
    '',
    'https://a.example',
    '//a.example',
    '/\\a.example',
    '\\\\a',
    'javascript:alert(1)',
    '/a\\b',
    '/ a',
    '/\ta',
  ];
  expect(bad.map(safePath)).toEqual(bad.map(() => '/'));
});

it('leads back to what was open', () => {
  expect(signInFrom({ pathname: '/', search: '' })).toBe('/sign-in');
  const to = new URL(signInFrom({ pathname: '/', search: '?open=incident/1' }), 'http://a').searchParams.get('to');
  expect(safePath(to)).toBe('/?open=incident/1');
});
