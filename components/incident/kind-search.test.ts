import { expect, it } from 'vitest';
import { incidentKinds } from '@/server/domain/incident-kind.ts';
import { searchKinds } from './kind-search.ts';

it('finds by the initials of the whole name, and by part of them', () => {
  expect(searchKinds('lmtx')[0]?.zh).toBe('路面塌陷');
  expect(searchKinds('xctd')[0]?.zh).toBe('下穿通道积水');
  expect(searchKinds('ranqi')[0]?.zh).toBe('燃气泄漏');
  expect(searchKinds('电梯')[0]?.zh).toBe('电梯困人');
});

it('knows initials and full spelling of every kind', () => {
  for (const kind of incidentKinds) {
    const [initials = '', full = ''] = kind.pinyin.split(' ');
    expect(initials, kind.zh).toHaveLength([...kind.zh].length);
    expect(full.startsWith(initials[0] ?? '-'), kind.zh).toBe(true);
    expect(searchKinds(initials)[0]?.code).toBe(kind.code);
  }
});
