import { describe, expect, it } from 'vitest';
import { blocksCars, limitOf, roadRule } from './road-tags.ts';

const rule = (tags: Record<string, string>) => roadRule(new Map(Object.entries(tags)));

describe('how a way may be driven', () => {
  it.each<[string, Record<string, string>, [boolean, boolean] | null]>([
    ['a street both ways', { highway: 'residential' }, [true, true]],
    ['a one-way', { highway: 'residential', oneway: 'yes' }, [true, false]],
    ['a one-way against its drawing', { highway: 'residential', oneway: '-1' }, [false, true]],
    ['a motorway by default', { highway: 'motorway' }, [true, false]],
    ['a motorway that says no', { highway: 'motorway', oneway: 'no' }, [true, true]],
    ['a ramp that says nothing', { highway: 'motorway_link' }, [true, true]],
    ['a roundabout', { highway: 'tertiary', junction: 'roundabout' }, [true, false]],
    [
      'what counts for cars before what counts for all',
      { highway: 'service', oneway: 'yes', 'oneway:motor_vehicle': 'no' },
      [true, true],
    ],
    ['lanes that turn by the hour', { highway: 'primary', oneway: 'reversible' }, null],
    ['a footway', { highway: 'footway' }, null],
    ['a square', { highway: 'pedestrian', area: 'yes' }, null],
    ['what is being built', { highway: 'construction', construction: 'primary' }, null],
    ['closed to cars', { highway: 'residential', motor_vehicle: 'no' }, null],
    ['closed, but not to cars', { highway: 'residential', access: 'no', motorcar: 'yes' }, [true, true]],
  ])('%s', (_name, tags, expected) => {
    const found = rule(tags);
    expect(found && [found.forward, found.backward]).toEqual(expected);
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['private ground', { highway: 'service', access: 'private' }, true],
    ['a bus road', { highway: 'busway' }, true],
    ['a pedestrian street', { highway: 'pedestrian' }, true],
    ['a pedestrian street where cars may go', { highway: 'pedestrian', motor_vehicle: 'yes' }, false],
    ['closed to all but blue lights', { highway: 'service', access: 'no', emergency: 'yes' }, true],
    ['to the doors of a street', { highway: 'residential', access: 'destination' }, false],
  ])('%s is for vehicles on duty alone: %#', (_name, tags, only) => {
    expect(rule(tags)?.emergencyOnly).toBe(only);
  });

  it('tells bridges and tunnels, not passages through houses', () => {
    expect(rule({ highway: 'primary', bridge: 'yes' })?.structure).toBe('bridge');
    expect(rule({ highway: 'primary', bridge: 'viaduct' })?.structure).toBe('bridge');
    expect(rule({ highway: 'primary', tunnel: 'yes' })?.structure).toBe('tunnel');
    expect(rule({ highway: 'primary', tunnel: 'building_passage' })?.structure).toBeNull();
    expect(rule({ highway: 'primary', bridge: 'no' })?.structure).toBeNull();
  });
});

describe('speed limits', () => {
  it.each<[string | undefined, number | null]>([
    ['50', 50],
    ['50 km/h', 50],
    ['30 mph', 48],
    ['30mph', 48],
    ['35 mph;25 mph', 40],
    ['walk', 6],
    ['none', null],
    ['signals', null],
    ['CN:urban', null],
    ['0', null],
    ['999', 250],
    ['', null],
    [undefined, null],
  ])('%s', (text, kmh) => {
    expect(limitOf(text)).toBe(kmh);
  });

  it('differ by direction where they are signed so', () => {
    expect(rule({ highway: 'primary', maxspeed: '60', 'maxspeed:backward': '40' })?.limitKmh).toEqual([60, 40]);
  });
});

describe('barriers', () => {
  const blocks = (tags: Record<string, string>) => blocksCars(new Map(Object.entries(tags)));
  it('bollards stop cars, gates without a word do not', () => {
    expect(blocks({ barrier: 'bollard' })).toBe(true);
    expect(blocks({ barrier: 'bollard', motor_vehicle: 'yes' })).toBe(false);
    expect(blocks({ barrier: 'bollard', emergency: 'yes' })).toBe(false);
    expect(blocks({ barrier: 'gate' })).toBe(false);
    expect(blocks({ barrier: 'gate', access: 'no' })).toBe(true);
    expect(blocks({ highway: 'traffic_signals' })).toBe(false);
  });
});
