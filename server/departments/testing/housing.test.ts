import { expect, it } from 'vitest';
import { housing } from './housing.ts';
import { readMessage } from './read-message.ts';

const gauge = {
  kind: 'reading',
  subject: { scheme: 'nj-housing', key: 'house-0001' },
  observedAt: '2026-07-01T08:00:00+08:00',
  property: 'tilt',
  value: 0.4,
  unit: 'deg',
};

it('housing: reads what its gauges send', () => {
  const { records, refusals } = readMessage(housing, 'housing-safety', [gauge]);
  expect(refusals).toEqual([]);
  expect(records).toMatchObject([{ kind: 'reading', property: 'tilt', value: 0.4, quality: { state: 'good' } }]);
});

it('housing: -999 is no value', () => {
  const { records } = readMessage(housing, 'housing-safety', [{ ...gauge, value: -999 }]);
  expect(records).toMatchObject([{ value: null, rawValue: -999, quality: { state: 'missing' } }]);
});

it('housing: takes nothing but readings', () => {
  const call = { kind: 'call', subject: gauge.subject, observedAt: gauge.observedAt, number: '1' };
  expect(readMessage(housing, 'housing-safety', [call]).refusals).toMatchObject([{ refused: 'unsupported' }]);
});
