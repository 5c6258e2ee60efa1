import { damageText } from '../../testing/damage-text.ts';
import type { Below } from '../../testing/seeded.ts';
import { checked } from './build.ts';

const pieces = [
  '!',
  '$',
  '\\',
  '*',
  ',',
  '\r\n',
  '\xff',
  '\x00',
  '!AIVDM,2,1,3,A,',
  '*00',
  'w',
  '0',
  'g:1-2-3',
  ',,,',
  '9',
];

/** Three of four damaged lines get a right checksum afterwards, so that the damage reaches the fields. */
export function mutate(line: string, below: Below): string {
  const text = damageText(line, below, {
    pieces,
    longestLoss: 4,
    more: [
      (whole) => whole + whole.slice(0, below(whole.length + 1)),
      (whole, at) => whole.slice(0, at) + String.fromCharCode(0x30 + below(72)) + whole.slice(at + 1),
    ],
  });
  const begin = text.indexOf('!');
  const star = text.lastIndexOf('*');
  return below(4) === 0 || begin === -1 || star < begin
    ? text
    : `${text.slice(0, begin)}!${checked(text.slice(begin + 1, star))}`;
}
