import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import type { Metar, Taf } from './message.ts';
import { readReport } from './read-report.ts';

function observed(text: string): Metar {
  const report = readReport(`METAR ZZZZ 250100Z ${text}`);
  if (isRefusal(report) || report.type === 'TAF') throw new Error('no observation');
  return report;
}
function forecast(text: string): Taf {
  const report = readReport(`TAF ZZZZ 250300Z ${text}`);
  if (isRefusal(report) || report.type !== 'TAF') throw new Error('no forecast');
  return report;
}

describe('what countries write in their own way', () => {
  it('reads letters that stand for a value nobody has', () => {
    const report = observed('MMMMMKT 9999 MM/MM Q////');
    expect(report.conditions.wind).toMatchObject({ directionDeg: null, speedMps: null });
    expect(report.temperatureCel).toBeNull();
    expect(report.unread).toEqual([]);
  });

  it('reads KTS as knots and CORR as a correction, FINO as nothing said', () => {
    expect(observed('09010KTS 10SM').conditions.wind).toMatchObject({ speedMps: 5.144, unit: 'KT' });
    expect(observed('CORR 09010KT').correction).toBe(1);
    expect(observed('FINO').nil).toBe(true);
  });

  it('reads metres with a sign or a unit', () => {
    expect(observed('09010KT M0050').conditions.visibility).toMatchObject({ metres: 50, bound: 'less' });
    expect(observed('09010KT P2000').conditions.visibility).toMatchObject({ metres: 2000, bound: 'more' });
    expect(observed('09010KT 5000M').conditions.visibility).toMatchObject({ metres: 5000, bound: null });
  });

  it('takes figures for the temperature where slashes stand before them', () => {
    const report = observed('24012KT 9999 ///// 18/11 Q1018');
    expect([report.temperatureCel, report.dewPointCel, report.unread]).toEqual([18, 11, []]);
    expect(observed('24012KT 9999 18/11 ///// Q1018').temperatureCel).toBe(18);
  });

  it('keeps runway states of before R', () => {
    expect(observed('17004MPS 9999 02/01 Q1009 14290060 88CLRD70 NOSIG')).toMatchObject({
      runwayStates: ['14290060', '88CLRD70'],
      unread: [],
    });
  });

  it('reads a pressure with tenths, or with inches behind it', () => {
    expect(observed('20012KT Q1018.2').pressures).toEqual([{ raw: 'Q1018.2', hPa: 1018.2 }]);
    expect(observed('20012KT Q1007/2974').pressures).toEqual([{ raw: 'Q1007/2974', hPa: 1007 }]);
    expect(observed('20012KT Q1003/29.63').pressures).toEqual([{ raw: 'Q1003/29.63', hPa: 1003 }]);
  });

  it('gives colours behind NOSIG to what is, those of a trend to its words', () => {
    expect(observed('26014KT 9999 07/03 Q1002 NOSIG BLACKBLU')).toMatchObject({ colour: 'BLACKBLU', unread: [] });
    const trend = observed('26014KT 9999 07/03 Q1002 BLU TEMPO 4000 SHRA GRN');
    expect(trend).toMatchObject({ colour: 'BLU', unread: [] });
    expect(trend.trends[0]?.raw).toBe('TEMPO 4000 SHRA GRN');
  });

  it('reads a type of cloud behind one that was not seen, and shear on all runways', () => {
    const report = observed('13010KT 9999 BKN050///CB 05/01 Q0998 WS ALL RWYS');
    expect(report.conditions.clouds).toEqual([{ raw: 'BKN050///CB', amount: 'BKN', baseM: 1524, type: 'CB' }]);
    expect(report.conditions.windShear).toEqual(['WS ALL RWYS']);
  });

  it('reads a landing forecast that begins with FM', () => {
    const report = observed('34015KT 9999 22/18 Q1008 FM0130 22025G40KT 5000 TSRA');
    expect(report.conditions.wind?.directionDeg).toBe(340);
    expect(report.conditions.weather).toEqual([]);
    expect(report.trends).toMatchObject([{ type: 'FM', times: [{ kind: 'FM', hour: 1, minute: 30 }] }]);
    expect(report.trends[0]?.wind?.directionDeg).toBe(220);
  });

  it('finds the day of an extreme that names its hour alone', () => {
    expect(forecast('250624 34005MPS 9999 SCT040 TX12/07Z TN05/22Z').temperatures).toMatchObject([
      { celsius: 12, at: { day: 25, hour: 7 } },
      { celsius: 5, at: { day: 25, hour: 22 } },
    ]);
    expect(forecast('2512/2618 34005MPS CAVOK TNM05/03Z').temperatures).toMatchObject([{ at: { day: 26, hour: 3 } }]);
  });

  it('leaves what is no group unread', () => {
    expect(observed('09010MPH 9999').unread).toEqual(['09010MPH']);
    expect(observed('90010KT 9999').conditions.wind).toBeNull();
  });
});
